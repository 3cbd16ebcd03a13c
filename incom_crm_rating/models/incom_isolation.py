from odoo import api, models
from odoo.fields import Domain

from odoo.addons.incom_crm.models.isolation.isolation import ACCOUNTANT, Isolated

ISOLATED = {
    "rating.rating": Isolated("_rating_domain", roles=ACCOUNTANT),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}

    def _rating_domain(self, viewer, mode):
        """Ratings of one's customers, of nobody known, and of the user's own work."""
        return self._by_optional_partner_domain(viewer, mode) | Domain(
            "rated_partner_id", "in", viewer.partner_ids
        )
