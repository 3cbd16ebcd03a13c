"""What is to be expected of a customer: expressions on a row of ``incom_customer_profile``.

Chance and value rest on the computed cycle, the silence in open days and the company's curve of the day.
A row looks into the relation ``co`` (closed days and curve of each company) by its company.
"""

from odoo.tools import SQL

from . import chance, reference
from .calendar import all_companies, closed_ordinals, open_no
from .status import Row, purchase_status


class Outlook:
    """The expressions of one query, all on the same row and day.

    :param alias: of the profile in the query
    :param SQL today: the day of the row's company
    """

    def __init__(self, env, alias: str, today: SQL):
        self._row = Row(alias)
        self._params = env["incom.crm.parameter"]._values()
        self._companies = _companies(env)
        self._today = today
        self._is_stopped = SQL("%s = 'stopped'", purchase_status(alias, today))

    def order_chance(self) -> SQL:
        """The chance of an order within the days of a due list."""
        return self._by_company(self._chance("due_list_days"))

    def return_chance(self) -> SQL:
        """The chance of an order within the days in which a customer may come back."""
        return self._by_company(self._chance("chance_days"))

    def yearly_value(self) -> SQL:
        orders = chance.yearly_orders(self._row.purchase_cycle_computed_days, self._params)
        return SQL("(%s * %s)", self._row.median_order_value, orders)

    def expected_this_week(self) -> SQL:
        return SQL("(%s * %s)", self.order_chance(), self._row.median_order_value)

    def worth_at_risk(self) -> SQL:
        return SQL("((1 - %s) * %s)", self.return_chance(), self.yearly_value())

    def priority(self) -> SQL:
        """The key of every list of what to do; 0 for who has stopped: they have a list of their own."""
        terms = (
            self.worth_at_risk(),
            self.expected_this_week(),
            self._row.overdue_amount,
            self._row.unsigned_amount,
            self._row.weighted_opportunity_amount,
        )
        total = SQL(" + ").join(SQL("coalesce(%s, 0)", term) for term in terms)
        return SQL("(CASE WHEN %s THEN 0 ELSE %s END)", self._is_stopped, total)

    def _chance(self, days) -> SQL:
        silence = SQL("%s - %s", open_no(self._today), open_no(self._row.last_purchase_date))
        return chance.chance(
            silence,
            self._row.purchase_cycle_computed_days,
            self._row.purchase_gap_count,
            self._params[days],
            chance.Curve(SQL("co.ratios"), SQL("co.shares")),
        )

    def _by_company(self, expression) -> SQL:
        return SQL(
            "(SELECT %s FROM (%s) AS co WHERE co.company_id = %s)",
            expression,
            self._companies,
            self._row.company_id,
        )


def _companies(env) -> SQL:
    """The relation ``company_id, closed, ratios, shares``."""
    rows = []
    for company in all_companies(env):
        data = reference.newest("chance_curve", SQL("%s", company.id), SQL("'infinity'::date"))
        curve = chance.stored_curve(data)
        closed = closed_ordinals(company)
        rows.append(SQL("(%s, %s::int[], %s, %s)", company.id, closed, curve.ratios, curve.shares))
    return SQL(
        "SELECT * FROM (VALUES %s) AS known (company_id, closed, ratios, shares)",
        SQL(", ").join(rows),
    )
