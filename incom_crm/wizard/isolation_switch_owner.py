from odoo import fields, models


class IsolationSwitchOwner(models.TransientModel):
    """Customers without salesperson for whom the same one is proposed."""

    _name = "incom.isolation.switch.owner"
    _description = "Proposed Owner in Who Sees What"
    _order = "wizard_id, customer_count desc, id"
    _rec_name = "user_id"

    wizard_id = fields.Many2one(
        "incom.isolation.switch", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Salesperson", required=True, readonly=True, ondelete="cascade"
    )
    customer_count = fields.Integer("Customers", readonly=True, aggregator=None)
    sample = fields.Char("Among them", readonly=True)
    assign = fields.Boolean("Give them to him", default=True)
