from odoo import fields, models


class Region(models.Model):
    """A sales region: a set of states or provinces."""

    _name = "incom.region"
    _inherit = ["incom.policy.criterion"]
    _description = "Sales Region"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    state_ids = fields.One2many("res.country.state", "region_id", string="States")
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(name)", "A region with this name exists already.")
