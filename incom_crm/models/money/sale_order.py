from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class SaleOrder(models.Model):
    """What is left of an order that will never be delivered or billed is given up by a superior."""

    _inherit = "sale.order"

    incom_rest_closed_on = fields.Date(
        "Rest Given Up on", copy=False, readonly=True, groups="base.group_user"
    )
    incom_rest_closed_by_id = fields.Many2one(
        "res.users", "Rest Given Up by", copy=False, readonly=True, groups="base.group_user"
    )
    incom_rest_closed_reason = fields.Char(
        "Why the Rest Was Given Up", copy=False, readonly=True, groups="base.group_user"
    )

    def incom_close_rest(self, reason):
        """Count what is left of these orders no longer as money to come.

        :param str reason: in words, kept in the chatter
        :raise AccessError: for who does not stand above the salesperson
        :raise UserError: without a reason, and for what is not confirmed
        """
        reason = reason.strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("Say why the rest of the order will never come."))
        self.check_access("write")
        self._check_may_close_rest()
        self.write(
            {
                "incom_rest_closed_on": fields.Date.context_today(self),
                "incom_rest_closed_by_id": self.env.uid,
                "incom_rest_closed_reason": reason,
            }
        )
        for order in self:
            order.message_post(body=self.env._("Rest given up: %(reason)s", reason=reason))

    def incom_reopen_rest(self):
        """Count what is left of these orders again.

        :raise AccessError: for who does not stand above the salesperson
        """
        self.check_access("write")
        self._check_may_close_rest()
        self.write(
            {
                "incom_rest_closed_on": False,
                "incom_rest_closed_by_id": False,
                "incom_rest_closed_reason": False,
            }
        )
        for order in self:
            order.message_post(body=self.env._("What is left of the order counts again."))

    def _check_may_close_rest(self):
        pins = self.env["incom.customer.pin"]
        if any(not pins._stands_above(order.user_id) for order in self):
            raise AccessError(
                self.env._("Only a superior of the salesperson gives up what is left of an order.")
            )
        if any(order.state != "sale" for order in self):
            raise UserError(self.env._("Only a confirmed order has a rest."))
