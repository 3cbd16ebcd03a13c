from odoo import models

SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "incom.customer.source"]

    _customer_facts = frozenset(
        {
            "company_id",
            "currency_id",
            "date",
            "invoice_date",
            "invoice_date_due",
            "invoice_line_ids",
            "invoice_payment_term_id",
            "line_ids",
            "partner_id",
            "state",
        }
    )

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue; entries of payments touch through their lines
        moves = self.sudo()
        entries = moves.filtered(lambda move: move.move_type not in SALE_TYPES)
        receivables = entries.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        # a credit note takes a purchase from the order's customer, whoever is billed
        orders = moves.line_ids.sale_line_ids.order_id
        return [
            *(moves - entries).partner_id.ids,
            *receivables.partner_id.ids,
            *orders.partner_id.ids,
        ]
