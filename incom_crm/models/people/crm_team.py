from odoo import api, models


class CrmTeam(models.Model):
    """What has no salesperson yet is seen by the leader of its team."""

    _inherit = "crm.team"

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["incom.visibility.event"]._changing():
            return super().create(vals_list)

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        with self.env["incom.visibility.event"]._changing():
            return super().write(vals)
