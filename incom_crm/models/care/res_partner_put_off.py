from datetime import date as Date

from odoo import fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Putting care off from a list, in one call."""

    _inherit = "res.partner"

    def incom_put_off(self, until, reason):
        """Ask for no care until a day; a decision by hand, seen by the superior, as any other.

        :param until: the day on which care is due again, in the company's time zone
        :param str reason: why, in words
        :return: id of the decision
        :raise UserError: for what makes no decision, in one sentence
        :raise AccessError: for who may not write on the customer, or has to ask the superior
        """
        if len(self) != 1:
            raise UserError(self.env._("Care is put off for one customer at a time."))
        customer = self.commercial_partner_id
        customer.check_access("write")
        pin = self.env["incom.customer.pin"].create(
            {
                "partner_id": customer.id,
                "kind": "snooze",
                "until": self._checked_put_off_day(until),
                "reason": self._checked_put_off_reason(reason),
            }
        )
        return pin.id

    def _checked_put_off_day(self, until):
        try:
            day = fields.Date.to_date(until) if isinstance(until, (str, Date)) else None
        except ValueError:
            day = None
        if not day:
            raise UserError(self.env._("Say until which day care is put off."))
        return day

    def _checked_put_off_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Say in a few words why care is put off."))
        if "\0" in reason:
            raise UserError(
                self.env._("The reason has characters that are no text: type it again.")
            )
        return reason.strip()
