from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Who gave the rest up, when and why: written by the two methods below alone.
GIVEN_UP = frozenset(
    {"incom_rest_closed_on", "incom_rest_closed_by_id", "incom_rest_closed_reason"}
)


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

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_given_up(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_given_up(vals)
        return super().write(vals)

    def _check_given_up(self, vals):
        if not self.env.su and not GIVEN_UP.isdisjoint(vals):
            raise AccessError(
                self.env._("What is left of an order is given up by its button alone.")
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
        # sudo: nobody writes these but the superior who was checked
        self.sudo().write(
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
        # sudo: nobody writes these but the superior who was checked
        self.sudo().write(
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
