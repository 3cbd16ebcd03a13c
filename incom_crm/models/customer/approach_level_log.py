from odoo import fields, models


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
