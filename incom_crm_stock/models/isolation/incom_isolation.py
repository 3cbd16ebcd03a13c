from odoo import api, models
from odoo.fields import Domain

from odoo.addons.incom_crm.models.isolation.isolation import (
    ACCOUNTANT,
    PURCHASE,
    STOCK,
    Isolated,
)

# Whose work is with goods sees all of them, as before.
ROLES = (
    *(ACCOUNTANT + STOCK + PURCHASE),
    *("mrp.group_mrp_user", "point_of_sale.group_pos_user"),
)

ISOLATED = {
    "stock.picking": Isolated("_goods_domain", roles=ROLES, back_office=True),
    "stock.move": Isolated("_goods_domain", roles=ROLES, back_office=True),
    "stock.move.line": Isolated("_goods_line_domain", roles=ROLES, back_office=True),
    "stock.reference": Isolated("_goods_reference_domain", roles=ROLES, back_office=True),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}

    def _goods_domain(self, viewer, mode):
        """Transfers and moves: with the order they are for; without one, with whom they go to.

        What names no order and nobody, such as a move between two shelves, is for everybody.
        """
        of_order = Domain("customer_order_id", "any", self._order_domain(viewer, mode))
        of_nobody = Domain("customer_order_id", "=", False)
        return of_order | (of_nobody & self._by_optional_partner_domain(viewer, mode))

    def _goods_line_domain(self, viewer, mode):
        """Lines, also those that were packed without a move."""
        goods = self._goods_domain(viewer, mode)
        of_no_move = Domain("move_id", "=", False)
        of_transfer = Domain("picking_id", "=", False) | Domain("picking_id", "any", goods)
        return Domain("move_id", "any", goods) | (of_no_move & of_transfer)

    def _goods_reference_domain(self, viewer, mode):
        """References tie moves to orders: who could change a foreign one would open its moves."""
        orders = self._order_domain(viewer, mode)
        return Domain("sale_ids", "=", False) | Domain("sale_ids", "any", orders)
