from odoo import fields, models


class SaleReport(models.Model):
    """The report says whose customer it is, so that its rule needs no join."""

    _inherit = "sale.report"

    customer_owner_id = fields.Many2one(
        "res.users", "Customer's Salesperson", readonly=True, groups="base.group_user"
    )

    def _select_additional_fields(self):
        return {**super()._select_additional_fields(), "customer_owner_id": "s.customer_owner_id"}

    def _group_by_sale(self):
        return f"{super()._group_by_sale()}, s.customer_owner_id"
