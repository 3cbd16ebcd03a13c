from odoo import fields, models


class TargetWizardLine(models.TransientModel):
    _name = "incom.target.wizard.line"
    _description = "Target for My Team"

    wizard_id = fields.Many2one(
        "incom.target.wizard", required=True, index=True, ondelete="cascade"
    )
    metric = fields.Selection(
        lambda self: self.env["incom.target"]._selection_metric(), required=True
    )
    value = fields.Float("Target", digits=(16, 0), help="Leave it at 0 to set none.")

    _value_not_negative = models.Constraint("CHECK(value >= 0)", "A target is above zero.")
