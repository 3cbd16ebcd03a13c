from datetime import date as Date
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import meetings
from ...engine.calendar import company_tz, utc_start
from .figures import COUNTED, FIGURES
from .res_partner import PROMISE


class DayReport(models.Model):
    """The figures of a day, of however many people at once."""

    _inherit = "incom.day.report"

    @api.model
    def _figures(self, user_ids, first, last):
        """The figures of people in the current company, between two local days.

        Counted in full, whatever the current user may read: callers check whose figures they ask for.

        :return: ``{user_id: {figure: number}}``; amounts without tax in the company's currency
        """
        figures = {user_id: dict.fromkeys(COUNTED, 0) for user_id in user_ids}
        for (user_id, _day), counted in self._counted(first, last, user_ids).items():
            figures[user_id].update(counted)
        return figures

    @api.model
    def _counted(self, first, last, user_ids=None, by_day=False):
        """Count, one statement per (model, moment).

        :param user_ids: None: everybody
        :param by_day: each local day on its own, else the days together (day None)
        :return: ``{(user_id, day): {figure: number}}`` where there is anything in the period
        """
        counted = {}
        for model, moment in dict.fromkeys((f.model, f.moment) for f in FIGURES.values()):
            names = [name for name, f in FIGURES.items() if (f.model, f.moment) == (model, moment)]
            for user_id, day, *numbers in self._count(names, first, last, user_ids, by_day):
                row = counted.setdefault((user_id, day), dict.fromkeys(COUNTED, 0))
                row.update(zip(self._columns(names), numbers, strict=True))
        return counted

    def _count(self, names, first, last, user_ids, by_day):
        """Rows of user, day and the numbers of some figures of one model and moment."""
        model, moment = FIGURES[names[0]].model, FIGURES[names[0]].moment
        # sudo: a person's figures are the same whoever reads them
        records = self.env[model].sudo().with_context(active_test=False)
        domain = self._within(model, moment, first, last)
        domain &= (
            Domain("user_id", "!=", False)
            if user_ids is None
            else Domain("user_id", "in", list(user_ids))
        )
        if len(names) == 1:
            domain &= self._figure_condition(names[0])
        query = records._search(domain)
        user = records._field_to_sql(query.table, "user_id", query)
        numbers = [self._number(records, name, query) for name in names]
        numbers += [self._amount(records, name, query) for name in names if FIGURES[name].amount]
        query.groupby = SQL("1, 2")
        return self.env.execute_query(
            query.select(
                user, self._day(records, moment, query) if by_day else SQL("NULL::date"), *numbers
            )
        )

    def _day(self, records, moment, query):
        """The local day of a record."""
        company_id = self.env.company.id
        if moment == "meeting_day":
            return meetings.first_day(query.table, meetings.company_of(query.table, company_id))
        return SQL(
            "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
            records._field_to_sql(query.table, moment, query),
            company_tz(self.env.company),
        )

    def _columns(self, names):
        return [*names, *(FIGURES[name].amount[1] for name in names if FIGURES[name].amount)]

    def _filter(self, records, name, query):
        domain = self._figure_condition(name).optimize_full(records)
        return domain._to_sql(records, query.table, query)

    def _number(self, records, name, query):
        each = FIGURES[name].each
        what = (
            SQL("DISTINCT %s", records._field_to_sql(query.table, each, query))
            if each
            else SQL("*")
        )
        return SQL("count(%s) FILTER (WHERE %s)", what, self._filter(records, name, query))

    def _amount(self, records, name, query):
        """Sum in the company's currency, at the rate of the document."""
        return SQL(
            "coalesce(round(sum(%s / coalesce(nullif(%s, 0), 1)) FILTER (WHERE %s), %s), 0)",
            records._field_to_sql(query.table, FIGURES[name].amount[0], query),
            records._field_to_sql(query.table, "currency_rate", query),
            self._filter(records, name, query),
            self.env.company.currency_id.decimal_places,
        )

    # -- the same, to be opened -------------------------------------------------------------------

    @api.model
    def _figure_domain(self, name, user_ids, first, last):
        """The records a figure counts: ``(model, Domain)``."""
        figure = FIGURES[name]
        domain = (
            Domain("user_id", "in", list(user_ids))
            & self._within(figure.model, figure.moment, first, last)
            & self._figure_condition(name)
        )
        return figure.model, domain

    def _figure_condition(self, name):
        domain = FIGURES[name].domain
        return getattr(self, domain)() if isinstance(domain, str) else domain

    @api.model
    def _within(self, model, moment, first: Date, last: Date):
        """From the beginning of one local day to the end of another, of the current company where the
        model has one: meetings and activities belong to people."""
        if moment == "meeting_day":
            return Domain(moment, ">=", first) & Domain(moment, "<=", last)
        domain = self._moments(moment, first, last)
        if "company_id" in self.env[model]._fields:
            domain &= Domain("company_id", "=", self.env.company.id)
        return domain

    @api.model
    def _moments(self, moment, first: Date, last: Date):
        """UTC times from the beginning of one local day to the end of another."""
        zone = ZoneInfo(company_tz(self.env.company))
        return Domain(moment, ">=", utc_start(first, zone)) & Domain(
            moment, "<", utc_start(last + timedelta(days=1), zone)
        )

    @api.model
    def _promise_domain(self):
        promise = self.env.ref(PROMISE, raise_if_not_found=False)
        return Domain("activity_type_id", "in", promise.ids if promise else [])

    @api.model
    def _quotation_domain(self):
        """Quotations made, whatever became of them; no carts of a web shop."""
        domain = Domain("state", "!=", "cancel")
        if "website_id" in self.env["sale.order"]._fields:
            domain &= Domain("website_id", "=", False) | Domain("state", "!=", "draft")
        return domain
