from odoo import api, fields, models


class ApproachLevelLog(models.Model):
    """Append-only log: when and why a customer moved from one effective approach level to another."""

    _name = "incom.approach.level.log"
    _description = "Approach Level Change"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "to_level_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    from_level_id = fields.Many2one("incom.approach.level", "From", ondelete="restrict")
    to_level_id = fields.Many2one("incom.approach.level", "To", required=True, ondelete="restrict")
    date = fields.Date(required=True)
    reason = fields.Json(readonly=True, help="The inputs of the rule on that day.")
    explanation = fields.Char("Why", compute="_compute_explanation")

    @api.depends("reason")
    @api.depends_context("lang")
    def _compute_explanation(self):
        """The inputs in the words in which the profile explains itself."""
        profile = self.env["incom.customer.profile"]
        for change in self:
            then = profile.new(change.reason or {})
            parts = (then._explain_pin(), then._explain_purchases())
            change.explanation = "; ".join(filter(None, parts))
