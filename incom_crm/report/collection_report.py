from odoo import fields, models
from odoo.tools import SQL

from ..engine import attainment


class CollectionReport(models.Model):
    """Money that came in from customers, one row per receivable credit."""

    _name = "incom.collection.report"
    _description = "Collection"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "account.move": ["origin_payment_id", "reversed_entry_id", "statement_line_id"],
        "account.move.line": [
            "account_id",
            "balance",
            "date",
            "move_id",
            "parent_state",
            "partner_id",
        ],
        "account.account": ["account_type"],
        "res.partner": ["commercial_partner_id", "user_id"],
    }

    date = fields.Date(readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    reference = fields.Char(readonly=True, help="Number of the entry it was booked with.")
    amount = fields.Monetary("Collected", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT money.id, money.date, money.partner_id, money.user_id, money.company_id,
                      entry.name AS reference, money.amount
                 FROM (%s) AS money JOIN account_move entry ON entry.id = money.move_id""",
            attainment.collected(),
        )
