from datetime import date
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import period, purchases
from ..customer.customer_profile import CARE


class Asked(NamedTuple):
    """A search for a period: see ``_asked``."""

    first: date
    last: date
    user_id: int | None


class CustomerProfile(models.Model):
    """Customers by what happened in any period: the newest day tells, else diary and orders are looked at."""

    _inherit = "incom.customer.profile"

    cared_in = fields.Char(
        "Cared for in",
        store=False,
        search="_search_cared_in",
        help="Search: a colleague was in touch from one day to another, as 2026-11-01/2026-11-30; with the"
        " number of a user behind another slash: he was.",
        groups=CARE,
    )
    bought_in = fields.Char(
        "Bought in",
        store=False,
        search="_search_bought_in",
        help="Search: there was a purchase from one day to another, as 2026-11-01/2026-11-30.",
    )

    def _search_cared_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._check_field_access(self._fields["cared_in"], "read")
        return self._search_periods(value, self._cared_in, may_name_author=True)

    def _search_bought_in(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._search_periods(value, self._bought_in, may_name_author=False)

    def _search_periods(self, values, condition, may_name_author):
        return Domain.OR(
            self._happened(condition, self._asked(value, may_name_author)) for value in values
        )

    def _happened(self, condition, asked):
        return Domain.custom(to_sql=lambda model, alias, query: condition(alias, asked))

    def _asked(self, text, may_name_author):
        """The period of a search, and whose care is asked for.

        :raise UserError: for what is no period
        """
        try:
            first, last, *author = text.split("/")
            [user_id] = map(int, author) if author and may_name_author else [None, *author]
            days = [self.env["incom.cockpit"]._checked_day(day) for day in (first, last)]
            asked = Asked(*days, user_id)
        except (AttributeError, ValueError, UserError):
            raise UserError(self.env._("%(text)s is no period.", text=text)) from None
        if asked.first > asked.last:
            raise UserError(self.env._("A period ends on its first day or later."))
        return asked

    def _cared_in(self, alias, asked):
        first, last = SQL("%s::date", asked.first), SQL("%s::date", asked.last)
        if asked.user_id is None and self._is_to_date(asked):
            return period.cared_between(alias, first, last)
        diary = self.env["incom.interaction"]._fields
        author = SQL.identifier("diary", "user_id", to_flush=diary["user_id"])
        by_author = SQL("TRUE") if asked.user_id is None else SQL("%s = %s", author, asked.user_id)
        on_record = period.care_on_record(alias, self._spans(asked), by_author)
        cared = period.cared_between(alias, first, last, on_record)
        # the newest contact may be another's
        return cared if asked.user_id is None else SQL("(%s AND %s)", cared, on_record)

    def _bought_in(self, alias, asked):
        first, last = SQL("%s::date", asked.first), SQL("%s::date", asked.last)
        if self._is_to_date(asked):
            return period.bought_between(alias, first, last)
        on_record = period.purchase_on_record(alias, self._spans(asked), self._undone_orders())
        return period.bought_between(alias, first, last, on_record)

    def _is_to_date(self, asked):
        """Whether nothing can have happened after the period: it ends today, in every company."""
        return asked.last >= max(self._today_by_company().values())

    def _spans(self, asked):
        """The period up to today as rows of ``company_id, begins, ends``, in UTC."""
        return self._utc_spans(
            {
                company_id: (asked.first, min(asked.last, today))
                for company_id, today in self._today_by_company().items()
            }
        )

    def _undone_orders(self):
        """The sales that were credited or returned so far that they are no purchase."""
        days = {
            company_id: (today, today) for company_id, today in self._today_by_company().items()
        }
        companies = SQL(
            """SELECT day.company_id, day.today, today_utc.ends
                 FROM (VALUES %s) AS day (company_id, today)
                 JOIN (VALUES %s) AS today_utc (company_id, begins, ends)
                   ON today_utc.company_id = day.company_id""",
            SQL(", ").join(SQL("(%s, %s::date)", key, today) for key, (today, __) in days.items()),
            self._utc_spans(days),
        )
        params = self.env["incom.crm.parameter"]._values()
        return purchases.undone_orders(params, companies, self._returned_orders())
