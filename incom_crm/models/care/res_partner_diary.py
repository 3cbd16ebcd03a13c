from odoo import fields, models
from odoo.exceptions import UserError

from .interaction import CHANNELS

OUTCOME_GRADES = {"answered": "two_way", "not_answered": "attempt"}


class ResPartner(models.Model):
    """Writing down by hand what happened with a customer."""

    _inherit = "res.partner"

    def incom_log_interaction(
        self, body, channel="phone", outcome=False, date=False, contact_id=False
    ):
        """Write one line into the customer's diary, and the same as a note into the chatter.

        :param str body: what happened; may be empty only for a call that was not answered
        :param str channel: one of the diary's channels
        :param outcome: for a call ``answered`` or ``not_answered``
        :param date: UTC time of the contact, now by default; not in the future
        :param contact_id: the person, by default this contact where it is a person of the customer
        :return: id of the diary row
        :raise UserError: for an empty text, an unknown channel, a stranger as contact, a time in the future
        :raise AccessError: for who may not write on the customer
        """
        self.ensure_one()
        body = (body or "").strip()
        date = fields.Datetime.to_datetime(date) or fields.Datetime.now()
        self._check_log_entry(body, channel, outcome, date)
        customer = self.commercial_partner_id
        customer.check_access("write")
        text = body or self.env._("Called, no answer")
        note = customer.with_context(incom_written_by_hand=True).message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_note"
        )
        contact = self.browse(contact_id) if contact_id else self
        if contact.commercial_partner_id != customer:
            raise UserError(self.env._("The contact is no person of this customer."))
        # sudo: the diary is append-only, nobody has the right to create rows by other ways
        row = (
            self.env["incom.interaction"]
            .sudo()
            .create(
                {
                    "partner_id": customer.id,
                    "contact_id": contact.id if contact != customer else False,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                    "date": date,
                    "channel": channel,
                    "direction": "out",
                    "grade": OUTCOME_GRADES.get(outcome, "content"),
                    "body": text,
                    "res_model": "res.partner",
                    "res_id": customer.id,
                    "message_id": note.id,
                    "late": self._is_late_entry(date),
                }
            )
        )
        self.env["incom.customer.queue"]._touch(customer.ids)
        return row.id

    def _check_log_entry(self, body, channel, outcome, date):
        if not body and outcome != "not_answered":
            raise UserError(self.env._("Write down what happened before saving."))
        if channel not in dict(CHANNELS):
            raise UserError(self.env._("There is no channel named %(channel)s.", channel=channel))
        if date > fields.Datetime.now():
            raise UserError(
                self.env._("What is still to come is no contact yet: plan an activity.")
            )

    def _is_late_entry(self, date):
        days = self.env["incom.crm.parameter"]._get("late_entry_days")
        return fields.Datetime.now() > fields.Datetime.add(date, days=days)
