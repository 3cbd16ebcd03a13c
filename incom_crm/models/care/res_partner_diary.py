from datetime import date as Date
from datetime import datetime

from odoo import fields, models
from odoo.exceptions import UserError

from .interaction import CHANNELS
from .mail_message import WRITTEN_BY_CALLER

OUTCOME_GRADES = {"answered": "two_way", "not_answered": "attempt"}
# A line is what a person types; a document belongs into an attachment.
LONGEST_TEXT = 10_000
# No company has a contact to write down from before; a slip of the keyboard has.
EARLIEST = datetime(1990, 1, 1)


def _is_nothing(value):
    """What a caller leaves out; the number 0 is something, and wrong."""
    return value is None or value is False or value == ""


class ResPartner(models.Model):
    """Writing down by hand what happened with a customer."""

    _inherit = "res.partner"

    def incom_log_interaction(
        self, body, channel="phone", outcome=False, date=False, contact_id=False
    ):
        """Write one line into the customer's diary, and the same as a note into the chatter.

        :param str body: what happened, plain text; may be empty only for a call that was not answered
        :param str channel: one of the diary's channels
        :param outcome: for a call ``answered`` or ``not_answered``
        :param date: UTC time of the contact, now by default; not in the future
        :param contact_id: the person, by default this contact where it is a person of the customer
        :return: id of the diary row
        :raise UserError: for what makes no entry, in one sentence
        :raise AccessError: for who may not write on the customer
        """
        if len(self) != 1:
            raise UserError(self.env._("An entry in the diary is about one customer."))
        customer = self.commercial_partner_id
        customer.check_access("write")
        entry = {
            **self._checked_channel(channel, outcome),
            "body": self._checked_text(body, outcome),
            "date": self._checked_date(date),
            "contact_id": self._checked_contact(contact_id),
        }
        note = customer.with_context(incom_diary=WRITTEN_BY_CALLER).message_post(
            body=entry["body"], message_type="comment", subtype_xmlid="mail.mt_note"
        )
        return self._write_log_entry(customer, note, entry)

    def _write_log_entry(self, customer, note, entry):
        """Append the row of an entry by hand and give its id."""
        # sudo: the diary is append-only, nobody has the right to create rows by other ways
        diary = self.env["incom.interaction"].sudo()
        row = diary.create(
            {
                **entry,
                "partner_id": customer.id,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "direction": "out",
                "res_model": "res.partner",
                "res_id": customer.id,
                "message_id": note.id,
                "late": self._is_late_entry(entry["date"]),
            }
        )
        return row.id

    def _checked_channel(self, channel, outcome):
        """Channel and grade; who was called answered or did not, elsewhere there is no such question."""
        if not isinstance(channel, str) or channel not in dict(CHANNELS):
            raise UserError(self.env._("There is no channel named %(channel)s.", channel=channel))
        if _is_nothing(outcome):
            return {"channel": channel, "grade": "content"}
        if not isinstance(outcome, str) or outcome not in OUTCOME_GRADES:
            raise UserError(
                self.env._("A call is answered or not: %(outcome)s is neither.", outcome=outcome)
            )
        if channel != "phone":
            raise UserError(self.env._("Only a call on the phone is answered or not."))
        return {"channel": channel, "grade": OUTCOME_GRADES[outcome]}

    def _checked_text(self, body, outcome):
        """What happened as plain text; of a call that was not answered there may be nothing to say."""
        text = self._checked_words(body)
        if not text and outcome != "not_answered":
            raise UserError(self.env._("Write down what happened before saving."))
        return text or self.env._("Called, no answer")

    def _checked_words(self, body):
        """Words as plain text, maybe none: markup of a caller is shown as it is, not obeyed."""
        if _is_nothing(body):
            return ""
        if not isinstance(body, str):
            raise UserError(self.env._("What happened is written down in words."))
        text = str(body).strip()
        if len(text) > LONGEST_TEXT:
            raise UserError(
                self.env._(
                    "The text has %(length)s characters, an entry has at most %(longest)s: "
                    "attach a longer one as a file.",
                    length=len(text),
                    longest=LONGEST_TEXT,
                )
            )
        if "\0" in text or text != text.encode(errors="ignore").decode():
            raise UserError(self.env._("The text has characters that are no text: type it again."))
        return text

    def _checked_date(self, date):
        """The UTC time of the contact."""
        if _is_nothing(date):
            return fields.Datetime.now()
        try:
            moment = fields.Datetime.to_datetime(date) if isinstance(date, (str, Date)) else None
        except ValueError:
            moment = None
        if not moment:
            raise UserError(self.env._("%(date)s is no date and time.", date=date))
        if moment > fields.Datetime.now():
            raise UserError(
                self.env._("What is still to come is no contact yet: plan an activity.")
            )
        if moment < EARLIEST:
            raise UserError(
                self.env._(
                    "An entry cannot be older than the year %(year)s: check the date.",
                    year=EARLIEST.year,
                )
            )
        return moment

    def _checked_contact(self, contact_id):
        """Id of the person, False where it was the customer itself."""
        contact = self
        if not _is_nothing(contact_id):
            is_id = isinstance(contact_id, int) and not isinstance(contact_id, bool)
            contact = self.browse(contact_id).exists() if is_id else self.browse()
        customer = self.commercial_partner_id
        if contact.commercial_partner_id != customer:
            raise UserError(self.env._("The contact is no person of this customer."))
        return contact.id if contact != customer else False

    def _is_late_entry(self, date):
        days = self.env["incom.crm.parameter"]._get("late_entry_days")
        return fields.Datetime.now() > fields.Datetime.add(date, days=days)
