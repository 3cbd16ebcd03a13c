from odoo import api, models


class CrmTeam(models.Model):
    """What has no salesperson yet is seen by the leader of its team."""

    _inherit = "crm.team"

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        self.env["incom.visibility.event"]._changed()
        return teams

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self.env["incom.visibility.event"]._changed()
        return result
