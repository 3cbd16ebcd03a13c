from odoo import models


class StockMove(models.Model):
    """Goods that come back may take a purchase away."""

    _name = "stock.move"
    _inherit = ["stock.move", "incom.customer.source"]

    _customer_facts = frozenset({"date", "sale_line_id", "state", "to_refund"})

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue; storekeepers may not read orders
        return self.sudo().sale_line_id.order_id.partner_id.ids
