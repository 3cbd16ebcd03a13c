from odoo import models


class CrmTeam(models.Model):
    """The new salesperson's team is asked for once per batch of a handover, not per document."""

    _inherit = "crm.team"

    def _get_default_team_id(self, user_id=False, domain=False):
        known = self.env.context.get("incom_handover_teams")
        if known is None:
            return super()._get_default_team_id(user_id=user_id, domain=domain)
        key = (user_id, str(domain), self.env.context.get("default_team_id"))
        if key not in known:
            known[key] = super()._get_default_team_id(user_id=user_id, domain=domain).id
        return self.browse(known[key])
