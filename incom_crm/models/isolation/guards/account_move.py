from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_invoice_default_sale_person(self):
        """Core hands a new invoice to the customer's salesperson: see ``sale.order``."""
        new = self.filtered(lambda move: not move.invoice_user_id)
        result = super()._compute_invoice_default_sale_person()
        self.env["incom.isolation"]._keep_within_reach(new, "invoice_user_id")
        return result
