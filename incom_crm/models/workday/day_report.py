from datetime import date as Date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...engine.calendar import company_today
from ..care.res_partner_diary import EARLIEST, _is_nothing
from .figures import COUNTED, NIGHTLY_DAYS

# What the author writes himself; the rest is the system's.
WRITTEN = frozenset({"note", "needs_help", "help_text"})
LONGEST_NOTE = 2000


class DayReport(models.Model):
    """What somebody left behind on a day: worked out by the system, one line added by hand."""

    _name = "incom.day.report"
    _inherit = ["mail.thread"]
    _description = "Day Report"
    _order = "date desc, user_id, id"
    # whoever reads it comments on it
    _mail_post_access = "read"

    user_id = fields.Many2one(
        "res.users", "Person", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Date("Day", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    calls = fields.Integer(readonly=True)
    calls_answered = fields.Integer("Answered", readonly=True)
    visits = fields.Integer(readonly=True, help="Held meetings with customers among them.")
    messages = fields.Integer(
        "Messages Sent",
        readonly=True,
        help="Mails, text messages, Zalo, Facebook, letters and faxes.",
    )
    customers_cared = fields.Integer(
        "Customers Cared For",
        readonly=True,
        help="Different customers who were talked with or about whom something was written down.",
    )
    works_done = fields.Integer("Work Done", readonly=True, help="Activities marked as done.")
    meetings_held = fields.Integer(readonly=True)
    promises = fields.Integer(readonly=True, help="Promises given to customers on this day.")
    quotations = fields.Integer(readonly=True, help="Quotations made on this day.")
    quotation_amount = fields.Monetary("Quoted", readonly=True, help="Without taxes.")
    orders = fields.Integer(readonly=True, help="Orders confirmed on this day.")
    order_amount = fields.Monetary("Ordered", readonly=True, help="Without taxes.")
    note = fields.Text(help="One line for the superior.")
    needs_help = fields.Boolean()
    help_text = fields.Char("Needs Help With")
    closed = fields.Boolean("Day Ended", readonly=True)
    closed_on = fields.Datetime("Ended On", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    _one_a_day = models.UniqueIndex(
        "(user_id, date, company_id)", "There is one report for a person and a day."
    )
    _day_idx = models.Index("(company_id, date)")

    @api.depends("user_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for report in self:
            day = report.date and format_date(self.env, report.date)
            report.display_name = f"{report.user_id.name or ''} {day or ''}".strip()

    @api.depends_context("uid")
    def _compute_is_mine(self):
        for report in self:
            report.is_mine = report.user_id == self.env.user

    # -- what the author writes --------------------------------------------------------------------

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if not WRITTEN.issuperset(vals):
            raise AccessError(self.env._("The system works the figures of a day out by itself."))
        self._check_author()
        asking = (
            self.browse()
            if not vals.get("needs_help")
            else self.filtered(lambda report: not report.needs_help)
        )
        result = super().write(self._checked_words(vals))
        for report in asking:
            report._call_superior()
        return result

    def _check_author(self):
        if self.user_id - self.env.user:
            raise AccessError(
                self.env._("Only the one whose day it was writes in the report: comment below it.")
            )

    def _checked_words(self, vals):
        """Values with text that is text, of a length somebody reads."""
        checked = dict(vals)
        for name in ("note", "help_text"):
            if name in vals:
                checked[name] = self._checked_line(vals[name])
        if vals.get("needs_help") is False:
            checked.setdefault("help_text", False)
        return checked

    @api.model
    def _checked_line(self, text):
        if _is_nothing(text):
            return False
        if not isinstance(text, str):
            raise UserError(self.env._("A report is written in words."))
        if len(text) > LONGEST_NOTE:
            raise UserError(
                self.env._(
                    "The text has %(length)s characters, at most %(longest)s fit: put it in short.",
                    length=len(text),
                    longest=LONGEST_NOTE,
                )
            )
        if "\0" in text or text != text.encode(errors="ignore").decode():
            raise UserError(self.env._("The text has characters that are no text: type it again."))
        return str(text).strip() or False

    def _call_superior(self):
        """Tell the nearest superior that help is asked for; without one the flag alone stays."""
        superior = self.user_id._crm_superior_at_work()
        if superior:
            self.message_post(
                body=self.env._("I need help: %(what)s", what=self.help_text)
                if self.help_text
                else self.env._("I need help."),
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=superior.partner_id.ids,
            )

    def message_post(self, **kwargs):
        """What a superior writes reaches the author."""
        if kwargs.get("message_type") == "comment":
            # sudo: the author follows his own days
            self.sudo().message_subscribe(self.user_id.partner_id.ids)
        return super().message_post(**kwargs)

    # -- one day -----------------------------------------------------------------------------------

    @api.model
    def get_day(self, user_id=False, day=False):
        """A day's report, worked out as of now.

        :param user_id: oneself by default, else somebody whose customers one sees
        :param day: local day, today by default
        :return: ``{"id", "user", "date", "figures", "note", "needs_help", "help_text", "closed", "is_mine"}``
        :raise AccessError: for somebody else's people
        """
        report = self._on(self._checked_person(user_id), self._checked_day(day))
        return {
            "id": report.id,
            "user": {"id": report.user_id.id, "name": report.user_id.name},
            "date": fields.Date.to_string(report.date),
            "figures": {name: report[name] for name in COUNTED},
            "note": report.note or "",
            "needs_help": report.needs_help,
            "help_text": report.help_text or "",
            "closed": report.closed,
            "is_mine": report.is_mine,
        }

    @api.model
    def close_day(self, note="", needs_help=False):
        """End today: write the line for the superior and work the figures out.

        :param str note: what the figures do not tell
        :param needs_help: True, or what help is needed with
        :return: as ``get_day``
        """
        if not (_is_nothing(needs_help) or needs_help is True or isinstance(needs_help, str)):
            raise UserError(self.env._("Say in words what you need help with."))
        report = self._on(self.env.user, company_today(self.env.company))
        words = needs_help.strip() if isinstance(needs_help, str) else ""
        values = {"note": note, "needs_help": bool(words or needs_help is True)}
        if words or not needs_help:
            values["help_text"] = words
        report.write(values)
        report.action_close()
        return self.get_day()

    def action_close(self):
        """End one's day; for days further back it is too late."""
        self._check_author()
        days = self.env["incom.crm.parameter"]._get("late_entry_days")
        for report in self:
            if (company_today(report.company_id) - report.date).days > days:
                raise UserError(
                    self.env._("A day is ended within %(days)s days after it.", days=days)
                )
        # sudo: whether the day is ended is written by nobody but this button
        self.sudo().write({"closed": True, "closed_on": fields.Datetime.now()})
        self._work_out()
        return True

    def action_reopen(self):
        """Take the end of one's day back."""
        self._check_author()
        # sudo: as above
        self.sudo().write({"closed": False, "closed_on": False})
        return True

    @api.model
    def _on(self, user, day):
        """The report of a person and a day in the current company, made where there is none yet.

        Of the days the nightly job still works at it is fresh; older ones stay as they were.
        """
        self.browse().check_access("read")
        domain = [
            ("user_id", "=", user.id),
            ("date", "=", day),
            ("company_id", "=", self.env.company.id),
        ]
        is_recent = (company_today(self.env.company) - day).days < NIGHTLY_DAYS
        if is_recent or not self.search_count(domain, limit=1):
            self._refresh(day, day, user_ids=user.ids, even_if_nothing=True)
        return self.search(domain)

    def _work_out(self):
        """Bring the figures of these reports up to date."""
        for report in self:
            reports = self.with_company(report.company_id)
            reports._refresh(report.date, report.date, user_ids=report.user_id.ids)

    @api.model
    def _checked_person(self, user_id):
        """A person whose day the current user may see."""
        if _is_nothing(user_id):
            return self.env.user
        is_id = isinstance(user_id, int) and not isinstance(user_id, bool)
        isolation, user = self.env["incom.isolation"], self.env.user
        # sudo: whether there is such a colleague
        person = self.env["res.users"].sudo().browse(user_id if is_id else ()).exists()
        if person and not person.share:
            if isolation._sees_all(user) or person.id in isolation._user_ids(user):
                return person.sudo(False)
        raise AccessError(self.env._("You see the days of those who work below you."))

    @api.model
    def _checked_day(self, day):
        today = company_today(self.env.company)
        if _is_nothing(day):
            return today
        try:
            date = fields.Date.to_date(day) if isinstance(day, (str, Date)) else None
        except ValueError:
            date = None
        if not date or date < EARLIEST.date():
            raise UserError(self.env._("%(date)s is no day of work.", date=str(day)))
        if date > today:
            raise UserError(self.env._("That day is still to come."))
        return date
