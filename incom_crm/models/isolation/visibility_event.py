from odoo import api, models


class VisibilityEvent(models.Model):
    """Under a plan the stamp is the plan's own."""

    _inherit = "incom.visibility.event"

    @api.model
    def _stamp(self, viewer_id):
        isolation = self.env["incom.isolation"]
        if plan := isolation._plan():
            return plan.stamp, isolation._today()
        return super()._stamp(viewer_id)
