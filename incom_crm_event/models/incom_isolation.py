from odoo import api, models

from odoo.addons.incom_crm.models.isolation.isolation import Isolated

ISOLATED = {
    "event.registration": Isolated(
        "_by_optional_partner_domain", roles=("event.group_event_registration_desk",)
    ),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}
