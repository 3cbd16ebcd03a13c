from datetime import date as Date
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...engine.calendar import company_today
from ..care.res_partner_diary import _is_nothing

PROMISE = "incom_crm.mail_activity_type_promise"
DIRECTIVE = "incom_crm.mail_activity_type_directive"
HELP = "incom_crm.mail_activity_type_help"
# What may come next: the name callers use, and the type of the activity.
NEXT_STEPS = {
    "call": "mail.mail_activity_data_call",
    "meet": "mail.mail_activity_data_meeting",
    "quote": "incom_crm.mail_activity_type_quotation",
    "promise": PROMISE,
    "todo": "mail.mail_activity_data_todo",
}
# Kinds that say by themselves what is to be done.
WITHOUT_WORDS = frozenset({"call", "meet", "quote"})
LONGEST_SUMMARY = 250
# Nobody plans work further ahead; a slip of the keyboard does.
LATEST = timedelta(days=5 * 366)


class ResPartner(models.Model):
    """What comes next with a customer: next steps, promises, directives from above, calls for help."""

    _inherit = "res.partner"

    def incom_next_step(self, summary, date_deadline, activity_type="todo"):
        """Plan for oneself what comes next with the customer.

        :param str summary: what is to be done; may be empty for a call, a meeting and a quotation
        :param date_deadline: local day, today or later
        :param str activity_type: ``call``, ``meet``, ``quote``, ``promise`` or ``todo``
        :return: id of the activity
        :raise UserError: for what makes no next step, in one sentence
        :raise AccessError: for who may not write on the customer
        """
        customer = self._customer_to_work_on()
        if not isinstance(activity_type, str) or activity_type not in NEXT_STEPS:
            raise UserError(
                self.env._("There is no next step named %(kind)s.", kind=str(activity_type))
            )
        return customer._plan_work(
            NEXT_STEPS[activity_type],
            self.env.user,
            self._checked_summary(summary, may_be_empty=activity_type in WITHOUT_WORDS),
            self._checked_deadline(date_deadline),
        )

    def incom_promise(self, summary, date_deadline, user_id=False):
        """Write down what was promised to the customer.

        :param user_id: who keeps the promise: oneself by default, else somebody who works below
        :return: id of the activity; errors as in ``incom_next_step``
        """
        customer = self._customer_to_work_on()
        keeper = self.env.user
        if not _is_nothing(user_id) and user_id != keeper.id:
            keeper = customer._checked_subordinate(user_id)
        return customer._plan_work(
            PROMISE, keeper, self._checked_summary(summary), self._checked_deadline(date_deadline)
        )

    def incom_give_directive(self, user_id, summary, date_deadline):
        """Give somebody who works below a task on the customer.

        :param user_id: who is to do it; sees the customer
        :return: id of the activity; errors as in ``incom_next_step``
        """
        customer = self._customer_to_work_on()
        return customer._plan_work(
            DIRECTIVE,
            customer._checked_subordinate(user_id),
            self._checked_summary(summary),
            self._checked_deadline(date_deadline),
        )

    def incom_ask_help(self, text):
        """Ask the nearest superior for help with the customer, for today.

        :param str text: what is needed
        :return: id of the superior's activity; errors as in ``incom_next_step``
        """
        customer = self._customer_to_work_on()
        summary = self._checked_summary(text)
        superior = self.env.user._crm_superior_at_work()
        if not superior:
            raise UserError(
                self.env._("Nobody is entered as your superior. Ask an administrator to enter one.")
            )
        if not self.env["incom.isolation"]._opens(customer, superior):
            raise UserError(
                self.env._(
                    "%(user)s does not see this customer. Ask its salesperson's superior.",
                    user=superior.name,
                )
            )
        return customer._plan_work(HELP, superior, summary, company_today(self.env.company))

    def _customer_to_work_on(self):
        """The customer of this one contact, which the current user may write on."""
        if len(self) != 1:
            raise UserError(self.env._("What comes next is about one customer."))
        customer = self.commercial_partner_id
        customer.check_access("write")
        return customer

    def _plan_work(self, activity_type, user, summary, deadline):
        """Make an activity on this customer and give its id."""
        kind = self.env.ref(activity_type, raise_if_not_found=False) or self.env.ref(
            NEXT_STEPS["todo"]
        )
        activity = self.env["mail.activity"].create(
            {
                "activity_type_id": kind.id,
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
                "user_id": user.id,
                "summary": summary,
                "date_deadline": deadline,
            }
        )
        return activity.id

    def _checked_summary(self, summary, may_be_empty=False):
        """What is to be done, as one line of plain text."""
        if _is_nothing(summary):
            summary = ""
        if not isinstance(summary, str):
            raise UserError(self.env._("What is to be done is written down in words."))
        text = " ".join(str(summary).split())
        if not text and not may_be_empty:
            raise UserError(self.env._("Write down what is to be done."))
        if len(text) > LONGEST_SUMMARY:
            raise UserError(
                self.env._(
                    "The line has %(length)s characters, at most %(longest)s fit: put it in short.",
                    length=len(text),
                    longest=LONGEST_SUMMARY,
                )
            )
        if "\0" in text or text != text.encode(errors="ignore").decode():
            raise UserError(self.env._("The text has characters that are no text: type it again."))
        return text or False

    def _checked_deadline(self, deadline):
        """The local day until which it is to be done."""
        if _is_nothing(deadline):
            raise UserError(self.env._("Choose a day for what comes next."))
        try:
            day = fields.Date.to_date(deadline) if isinstance(deadline, (str, Date)) else None
        except ValueError:
            day = None
        if not day:
            raise UserError(self.env._("%(date)s is no date.", date=str(deadline)))
        today = company_today(self.env.company)
        if day < today:
            raise UserError(
                self.env._("What comes next cannot lie in the past: choose today or later.")
            )
        if day > today + LATEST:
            raise UserError(
                self.env._("%(date)s is too far ahead: check the year.", date=day.isoformat())
            )
        return day

    def _checked_subordinate(self, user_id):
        """Who works below the current user and sees this customer."""
        is_id = isinstance(user_id, int) and not isinstance(user_id, bool)
        # sudo: whether there is such a colleague, and who is above
        person = self.env["res.users"].sudo().browse(user_id if is_id else ()).exists()
        if not person or person.share or not person.active:
            raise UserError(self.env._("Choose a colleague who works here."))
        person = person.sudo(False)
        if self.env.user not in person._crm_superiors():
            raise AccessError(
                self.env._("You give work to those who work below you; choose one of them.")
            )
        if not self.env["incom.isolation"]._opens(self, person):
            raise UserError(
                self.env._(
                    "%(user)s does not see this customer. Share or hand it over first.",
                    user=person.name,
                )
            )
        return person
