from odoo import models


class CrmTeamMember(models.Model):
    """Care policies may ask for the sales team of the customer's owner."""

    _name = "crm.team.member"
    _inherit = ["crm.team.member", "incom.customer.setting"]

    _customer_facts = frozenset({"active", "crm_team_id", "user_id"})

    def _touch_everybody(self):
        # sudo: whether anything asks for a team; the administrator of teams may not read policies
        asked = any(
            self.env[model].sudo().search_count([("team_id", "!=", False)], limit=1)
            for model in ("incom.care.policy", "incom.care.trigger")
        )
        return super(CrmTeamMember, self if asked else self.browse())._touch_everybody()
