from odoo import api, models

from odoo.addons.incom_crm.models.isolation.isolation import ACCOUNTANT, Isolated

ISOLATED = {
    "snailmail.letter": Isolated("_by_partner_domain", roles=ACCOUNTANT, back_office=True),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}
