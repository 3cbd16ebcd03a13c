from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """Who sees what: whether it is on, its rules, and the way back."""

    _inherit = "res.config.settings"

    incom_isolation_on = fields.Boolean(
        "Isolation", compute="_compute_incom_isolation", help="Everybody sees his own and below."
    )
    incom_people_parameter_ids = fields.Many2many(
        "incom.crm.parameter", string="Rules", compute="_compute_incom_isolation"
    )

    @api.depends_context("uid")
    def _compute_incom_isolation(self):
        self.incom_isolation_on = self.env["incom.isolation"]._is_on()
        self.incom_people_parameter_ids = self.env["incom.crm.parameter"].search(
            [("topic", "=", "people")]
        )

    def action_incom_isolation_off(self):
        """Back to how Odoo shows customers, in one click."""
        self.env["res.users"]._check_may_switch_isolation()
        self.env["incom.isolation"]._switch(False)
        return {"type": "ir.actions.client", "tag": "reload"}
