from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    duplicate_elsewhere = fields.Boolean(
        "Exists With Somebody Else",
        compute="_compute_potential_lead_duplicates",
        compute_sudo=True,
        groups="base.group_user",
        help="Another salesperson has a lead with the same mail domain or phone number.",
    )

    @api.depends_context("uid")
    def _compute_potential_lead_duplicates(self):
        """Core searches as superuser, "so that it could be escalated"; here without saying whose it is."""
        result = super()._compute_potential_lead_duplicates()
        isolation = self.env(su=False)["incom.isolation"]
        for lead in self:
            hidden = isolation._hidden(lead.duplicate_lead_ids - lead)
            if hidden:
                lead.duplicate_lead_ids -= hidden
                lead.duplicate_lead_count = len(lead.duplicate_lead_ids - lead)
            lead.duplicate_elsewhere = isolation._tell_duplicate(lead, hidden)
        return result
