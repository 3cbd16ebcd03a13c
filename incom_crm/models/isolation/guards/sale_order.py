from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _compute_user_id(self):
        """Core hands a new order to the customer's salesperson: the maker could not even save it.

        For a customer shared with him, or out of his hands for another reason, the order is his.
        """
        new = self.filtered(lambda order: not (order._origin.id and order.user_id))
        result = super()._compute_user_id()
        self.env["incom.isolation"]._keep_within_reach(new, "user_id")
        return result
