from odoo import models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "incom.customer.document"]

    _salesperson_field = "invoice_user_id"

    _invoice_user_idx = models.Index("(invoice_user_id)")
