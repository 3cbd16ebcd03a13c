from odoo import models


class AccountPartialReconcile(models.Model):
    """A payment matched or unmatched changes what a customer owes."""

    _name = "account.partial.reconcile"
    _inherit = ["account.partial.reconcile", "incom.customer.source"]

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue
        partials = self.sudo()
        return (partials.debit_move_id | partials.credit_move_id).partner_id.ids
