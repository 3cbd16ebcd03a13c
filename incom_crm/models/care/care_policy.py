from odoo import fields, models


class CarePolicy(models.Model):
    """How long a customer may go without care: an allowed silence for those who match.

    An empty criterion matches everybody; of the policies that match, the shortest silence holds.
    """

    _name = "incom.care.policy"
    _inherit = ["incom.customer.setting"]
    _description = "Care Policy"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    silence_days = fields.Integer("Allowed Silence (days)", required=True, default=30)
    company_id = fields.Many2one("res.company")
    level_id = fields.Many2one("incom.approach.level", "Approach Level", ondelete="cascade")
    customer_class = fields.Selection([("a", "A"), ("b", "B"), ("c", "C")], "Class")
    industry_id = fields.Many2one("res.partner.industry", ondelete="cascade")
    tag_id = fields.Many2one("res.partner.category", ondelete="cascade")
    region_id = fields.Many2one("incom.region", ondelete="cascade")
    team_id = fields.Many2one(
        "crm.team", "Sales Team", ondelete="cascade", help="The team of the customer's salesperson."
    )

    _silence_positive = models.Constraint(
        "CHECK(silence_days BETWEEN 1 AND 3650)",
        "The allowed silence is between one day and ten years.",
    )
