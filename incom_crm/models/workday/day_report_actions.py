from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine.calendar import company_today
from .figures import FIGURES


class DayReport(models.Model):
    """What opens from a day report, and how reports are opened."""

    _inherit = "incom.day.report"

    def action_open_figure(self):
        """Open what a figure counted; context key ``figure`` names it."""
        self.ensure_one()
        self.check_access("read")
        name = self.env.context.get("figure")
        if name not in FIGURES:
            raise UserError(self.env._("There is no figure named %(figure)s.", figure=str(name)))
        reports = self.with_company(self.company_id)
        model, domain = reports._figure_domain(name, self.user_id.ids, self.date, self.date)
        label = self._fields[name]._description_string(self.env)
        return {
            "type": "ir.actions.act_window",
            "name": f"{label}: {self.display_name}",
            "res_model": model,
            "domain": list(domain),
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }

    def action_month_diary(self):
        """The diary of the person in the month of the report."""
        self.ensure_one()
        first = self.date.replace(day=1)
        last = min(first + relativedelta(months=1, days=-1), company_today(self.company_id))
        return self.with_company(self.company_id).get_diary_action(self.user_id.id, first, last)

    def action_praise(self):
        """Say that it was a good day; the author hears of it in his language."""
        for report in self:
            if report.is_mine:
                raise UserError(self.env._("Praise comes from others."))
            # sudo: in which language the author reads
            lang = report.user_id.sudo().lang
            day = format_date(self.env, report.date, lang_code=lang)
            report.message_post(
                body=report.with_context(lang=lang).env._("Well done on %(day)s.", day=day),
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        return True

    @api.model
    def get_diary_action(self, user_id, first, last):
        """The diary of a person by day: what was written, and what came of it.

        :param first, last: local days, both included
        :return: an action on ``incom.interaction``
        """
        person = self._checked_person(user_id)
        first, last = self._checked_day(first), self._checked_day(last)
        domain = [("user_id", "=", person.id), *self._moments("date", first, last)]
        action = self.env["ir.actions.act_window"]._for_xml_id("incom_crm.month_diary_action")
        return {
            **action,
            "name": self.env._("Diary of %(user)s", user=person.name),
            "domain": domain,
            "context": {"group_by": ["date:day"]},
        }

    @api.model
    def action_my_day(self):
        """Open one's own report of today."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Day"),
            "res_model": self._name,
            "res_id": self._on(self.env.user, company_today(self.env.company)).id,
            "views": [(False, "form")],
        }

    @api.model
    def action_team_days(self):
        """The reports of all whom the current user sees, today's and yesterday's as of now."""
        self.browse().check_access("read")
        isolation, user = self.env["incom.isolation"], self.env.user
        people = None if isolation._sees_all(user) else isolation._user_ids(user)
        today = company_today(self.env.company)
        self._refresh(today - timedelta(days=1), today, user_ids=people)
        return self.env["ir.actions.act_window"]._for_xml_id("incom_crm.day_report_action")
