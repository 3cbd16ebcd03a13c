from odoo import models


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
