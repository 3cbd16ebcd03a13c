from odoo import api, models
from odoo.fields import Domain

from odoo.addons.incom_crm.models.isolation.isolation import Isolated

ISOLATED = {
    "website.visitor": Isolated("_visitor_domain", roles=("website.group_website_designer",)),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}

    def _visitor_domain(self, viewer, mode):
        """Visitors unknown, or known as a customer or through a lead that the user sees."""
        of_lead = Domain("lead_ids", "=", False) | Domain(
            "lead_ids", "any", self._lead_domain(viewer, mode)
        )
        return self._by_optional_partner_domain(viewer, mode) & of_lead
