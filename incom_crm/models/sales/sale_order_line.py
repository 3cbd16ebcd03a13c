from odoo import models


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "incom.customer.source"]

    _customer_facts = frozenset(
        {
            "discount",
            "order_id",
            "price_unit",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "tax_ids",
        }
    )

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue
        return self.sudo().order_id.partner_id.ids
