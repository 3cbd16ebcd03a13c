import logging

from odoo import api, models, tools
from odoo.tools import format_amount, format_date

from ...engine.calendar import closed_days, company_tz, working_weekdays

_logger = logging.getLogger(__name__)

# What a mail leads with, of the tiles that the reader's page has.
NUMBERS = (
    *("neglected", "missed", "needs_care", "late", "due", "stopped"),
    *("overdue_work", "promises_due", "meetings_today", "results_missing"),
    *("help", "directives"),
)
# Columns of the people below, few enough for a phone.
COLUMNS = ("neglected", "missed", "needs_care", "late")
# Customers shown; the whole list is behind the link.
CUSTOMERS = 7
# A mail that is later than this many hours is none for the morning: the next one comes tomorrow.
LATEST = 5


class MorningMail(models.AbstractModel):
    """The day in one mail, for each who sells: at his hour, in his language, once a day."""

    _name = "incom.morning.mail"
    _description = "Morning Mail"

    @api.model
    def _cron_send(self):
        """Queue the mails of those whose hour has come; each is committed by itself."""
        due = self._due_users()
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for user in due:
            self._send_safely(user)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _due_users(self):
        users = self.env["res.users"].search(
            [("share", "=", False), ("crm_morning_mail", "=", True), ("email", "!=", False)]
        )
        days = {company: self._is_working_day(company) for company in users.company_id}
        return users.filtered(
            lambda user: (
                user.has_group("sales_team.group_sale_salesman")
                and self._is_hour(user)
                and (days[user.company_id] or not user.crm_morning_mail_workdays)
            )
        )

    @api.model
    def _is_hour(self, user):
        now = user._crm_now()
        hours_late = now.hour - user.crm_morning_mail_hour
        return 0 <= hours_late < LATEST and user.crm_morning_mail_date != now.date()

    @api.model
    def _is_working_day(self, company):
        """Whether people of a company work today."""
        today = self.env["incom.customer.profile"]._today_by_company()[company.id]
        return today.isoweekday() in working_weekdays(company) and today not in closed_days(company)

    @api.model
    def _send_safely(self, user):
        """Queue the mail of one user; what is wrong with it keeps nobody else's back."""
        try:
            with self.env.cr.savepoint():
                user.crm_morning_mail_date = user._crm_now().date()
                self._send(user)
        except Exception:
            _logger.exception("No morning mail for %s.", user.login)

    @api.model
    def _send(self, user):
        """Queue the mail of a user, who sees in it what he sees on the screen.

        :return: the mail; none where there is nothing to say
        """
        context = {
            "lang": user.lang,
            "tz": user.tz or company_tz(user.company_id),
            "allowed_company_ids": user.company_id.ids,
        }
        reader = self.with_env(self.env(user=user, su=False, context=context))
        values = reader._values()
        # sudo: the queue of mails is the system's
        mails = self.env["mail.mail"].sudo()
        if not values["numbers"] and not values["customers"]:
            return mails
        return mails.create(self._prepare_mail(user, reader, values))

    @api.model
    def _prepare_mail(self, user, reader, values):
        # sudo: a template reads what was worked out as the reader
        qweb = self.env["ir.qweb"].sudo().with_context(lang=user.lang)
        body = qweb._render("incom_crm.morning_mail", values, minimal_qcontext=True)
        return {
            "subject": reader.env._(
                "Your day, %(day)s", day=format_date(reader.env, values["today"])
            ),
            "body_html": body,
            "email_from": user.company_id.email_formatted or self.env.user.email_formatted,
            "email_to": user.email_formatted,
            "author_id": self.env.user.partner_id.id,
            "auto_delete": True,
            "headers": {
                "List-Unsubscribe": f"<{values['stop_url']}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "X-Auto-Response-Suppress": "OOF",
            },
        }

    # -- what is in it, read as the reader ----------------------------------------------------------

    @api.model
    def _values(self):
        """What the template shows: the numbers of the reader's own page of the cockpit."""
        page, user = self._page(), self.env.user
        tiles, home = page["tiles"], self.get_base_url()
        worklist = page.get("worklist", {"rows": [], "total": 0})
        more = worklist["total"] - CUSTOMERS
        return {
            "greeting": self.env._("Good morning %(name)s,", name=user.name),
            "today": page["today"],
            "numbers": [
                {"label": tiles[key]["label"], "count": tiles[key]["count"]}
                for key in NUMBERS
                if key in tiles and tiles[key]["count"]
            ],
            "customers": [self._customer(row) for row in worklist["rows"][:CUSTOMERS]],
            "more": self.env._("and %(count)s more", count=more) if more > 0 else "",
            "people": self._people(page),
            "columns": self._columns(page),
            "url": f"{home}/odoo/customer-care",
            "stop_url": self._stop_url(user),
        }

    def _customer(self, row):
        """A row of the work list for the mail."""
        currency = self.env.company.currency_id
        overdue = row["overdue"] and format_amount(self.env, row["overdue"], currency)
        debt = self.env._("%(amount)s overdue", amount=overdue) if overdue else ""
        return {
            **row,
            "url": f"{self.get_base_url()}/odoo/res.partner/{row['partner_id']}",
            # where debt is the reason, once is enough
            "debt": debt if debt != row["reason"] else "",
        }

    def _page(self):
        """The parts the mail needs of the page that shows the reader the most."""
        cockpit = self.env["incom.cockpit"]
        role = cockpit._roles(cockpit._people())[-1]
        scope = cockpit._scope(role, "month", False)
        counts, parts = cockpit._counts(scope), cockpit._parts(role)
        wanted = ("tiles", "worklist", "grid")
        page = {name: parts[name](scope, counts) for name in wanted if name in parts}
        return {**page, "today": scope.today}

    def _columns(self, page):
        """Labels of the columns of the people below."""
        columns = {column["key"]: column for column in page.get("grid", {}).get("columns", ())}
        return [columns[key]["label"] for key in COLUMNS if key in columns]

    def _people(self, page):
        """One row per person below, with the numbers of all below that person."""
        rows = page.get("grid", {}).get("rows", ())
        return [
            {
                "name": row["user"]["name"],
                "cells": [row["cells"][key]["count"] for key in COLUMNS if key in row["cells"]],
            }
            for row in rows
        ]

    # -- no more mails ------------------------------------------------------------------------------

    @api.model
    def _stop_url(self, user):
        return f"{self.get_base_url()}/incom_crm/morning_mail/{user.id}/stop/{self._token(user)}"

    @api.model
    def _token(self, user):
        """What only who got the mail knows."""
        return tools.hmac(self.env(su=True), "incom_crm-morning-mail", user.id)
