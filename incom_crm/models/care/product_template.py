from odoo import models


class ProductTemplate(models.Model):
    """A product in another category is an occasion for those who bought it, or none any more."""

    _inherit = "product.template"

    def write(self, vals):
        result = super().write(vals)
        if "categ_id" in vals and "product" in self.env["incom.care.trigger"]._active_kinds():
            # sudo: only ids leave this method, for the queue; the orders may be of any salesperson
            buyers = (
                self.env["sale.order.line"]
                .sudo()
                ._read_group(
                    [("product_id.product_tmpl_id", "in", self.ids), ("state", "=", "sale")],
                    ["order_partner_id"],
                )
            )
            self.env["incom.customer.queue"]._touch(partner.id for (partner,) in buyers)
        return result
