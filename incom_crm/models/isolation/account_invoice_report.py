from odoo import fields, models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    """The report says whose customer it is, so that its rule needs no join."""

    _inherit = "account.invoice.report"

    customer_owner_id = fields.Many2one(
        "res.users", "Customer's Salesperson", readonly=True, groups="base.group_user"
    )

    def _select(self) -> SQL:
        return SQL("%s, move.customer_owner_id AS customer_owner_id", super()._select())
