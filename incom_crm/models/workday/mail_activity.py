from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .res_partner import PROMISE


class MailActivity(models.Model):
    """A promise to a customer is kept, or put off with a reason that everybody can read."""

    _inherit = "mail.activity"

    def incom_promise_kept(self):
        """Mark a promise as kept: done, without words of its own."""
        self._checked_promise().action_done()
        return True

    def incom_promise_put_off(self, until, reason):
        """Give a promise a later day; the customer's chatter keeps the old day and the reason.

        :param until: local day, today or later
        :param str reason: why, in words
        :raise UserError: for what is no promise, no day or no reason
        """
        promise = self._checked_promise()
        contacts = self.env["res.partner"]
        day, reason = contacts._checked_deadline(until), contacts._checked_summary(reason)
        if day <= promise.date_deadline:
            raise UserError(self.env._("Choose a day after the one that was promised."))
        document = self.env[promise.res_model].browse(promise.res_id)
        document._message_log(
            body=self.env._(
                "%(promise)s: put off from %(old)s to %(new)s, because: %(reason)s",
                promise=promise.display_name,
                old=format_date(self.env, promise.date_deadline),
                new=format_date(self.env, day),
                reason=reason,
            )
        )
        promise.date_deadline = day
        return True

    def _checked_promise(self):
        """This one open promise, which the current user may change."""
        if len(self.exists()) != 1:
            raise UserError(self.env._("This promise is not there any more: reload the page."))
        self.check_access("write")
        if self.activity_type_id != self.env.ref(PROMISE, raise_if_not_found=False):
            raise UserError(self.env._("Only a promise is kept or put off."))
        if not self.active:
            raise UserError(self.env._("This promise has been kept already."))
        return self
