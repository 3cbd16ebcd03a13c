from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import preview
from .care_criteria import FACTS


class CarePolicy(models.Model):
    """How long a customer may go without care: an allowed silence for those who match.

    Of the policies that match, the shortest silence holds.
    """

    _name = "incom.care.policy"
    _inherit = ["incom.care.criteria"]
    _description = "Care Policy"

    _customer_facts = FACTS | {"silence_days"}
    _fits_field = "fits_care_policy_id"
    _due_field = "due_care_policy_id"

    silence_days = fields.Integer("Allowed Silence (days)", required=True, default=30)

    _silence_positive = models.Constraint(
        "CHECK(silence_days BETWEEN 1 AND 3650)",
        "The allowed silence is between one day and ten years.",
    )

    @api.depends("silence_days", *FACTS)
    @api.depends_context("uid", "company")
    def _compute_due_count(self):
        for policy in self:
            policy.due_count = policy._count_customers(policy._due_domain())

    def _due_domain(self):
        self.ensure_one()
        return Domain("id", "in", preview.due_by_policy(self.env, self._preview_row()))

    def _preview_values(self):
        return {**super()._preview_values(), "silence_days": SQL("%s::int", self.silence_days)}
