from odoo import api, models
from odoo.fields import Domain

from odoo.addons.incom_crm.models.isolation.isolation import ACCOUNTANT, Isolated

ROLES = (*ACCOUNTANT, "point_of_sale.group_pos_user")

ISOLATED = {
    "loyalty.card": Isolated("_card_domain", roles=ROLES, back_office=True),
    "loyalty.history": Isolated("_card_history_domain", roles=ROLES, back_office=True),
    "sale.order.coupon.points": Isolated("_order_line_domain", roles=ROLES, back_office=True),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}

    def _card_domain(self, viewer, mode):
        """Cards of the user's customers; a coupon that names nobody goes with its order."""
        orders = self._order_domain(viewer, mode)
        of_order = Domain("order_id", "=", False) | Domain("order_id", "any", orders)
        of_nobody = Domain("partner_id", "=", False) & of_order
        return of_nobody | self._by_partner_domain(viewer, mode)

    def _card_history_domain(self, viewer, mode):
        return Domain("card_id", "any", self._card_domain(viewer, mode))
