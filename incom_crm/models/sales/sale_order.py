from odoo import models
from odoo.tools import SQL


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "incom.customer.source"]

    _customer_facts = frozenset(
        {
            "company_id",
            "currency_id",
            "date_order",
            "opportunity_id",
            "order_line",
            "partner_id",
            "pricelist_id",
            "state",
            "validity_date",
        }
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("signed_on"):
            diary = self.env["incom.interaction"]
            diary._record_safely(diary._record_signatures, SQL("o.id = ANY(%s)", self.ids))
        return result
