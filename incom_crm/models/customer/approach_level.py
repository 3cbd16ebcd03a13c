from odoo import fields, models


class ApproachLevel(models.Model):
    """One of the eight approach levels; the rule behind each code is the engine's."""

    _name = "incom.approach.level"
    _inherit = ["incom.customer.setting"]
    _description = "Approach Level"
    _order = "sequence, id"

    _customer_facts = frozenset({"code", "stage"})

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        [
            ("potential", "Potential"),
            ("approaching", "Approaching"),
            ("starting", "Starting to buy"),
            ("regular", "Regular orders"),
            ("irregular", "Irregular orders"),
            ("good", "Good partner for over a year"),
            ("lapsed", "Former partner"),
            ("other", "Other"),
        ],
        string="Rule",
        required=True,
        help="The rule that puts customers on this level. Levels may be renamed and reordered; the rule stays.",
    )
    stage = fields.Selection(
        [
            ("before", "I. Before the first purchase"),
            ("buying", "II. Buying"),
            ("lapsed", "III. Stopped"),
        ],
        help="The stage of the relationship this level belongs to; the level for non-buyers has none.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    description = fields.Char(translate=True, help="The rule in words, shown to the salesperson.")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Each rule has exactly one approach level.")
