from odoo import Command
from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import matrix, test_models, world

from ..models.isolation.incom_isolation import ISOLATED

SURFACES = matrix.Surfaces()


class GoodsWorld(world.IsolationWorld):
    """The victim's order with goods on their way, in the world that is attacked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.env["product.product"].create(
            {"name": "Sack", "is_storable": True, "list_price": 10.0}
        )
        line = {"product_id": cls.goods.id, "product_uom_qty": 3, "name": f"For {world.SECRET}"}
        cls.goods_order = cls.env["sale.order"].create(
            {
                "partner_id": cls.contact.id,
                "user_id": cls.sale_a1.id,
                "team_id": cls.team.id,
                "order_line": [Command.create(line)],
            }
        )
        warehouse = cls.goods_order.warehouse_id
        cls.env["stock.quant"]._update_available_quantity(cls.goods, warehouse.lot_stock_id, 5)
        cls.goods_order.action_confirm()
        cls.delivery = cls.goods_order.picking_ids
        moves = cls.delivery.move_ids
        cls.hide(cls.delivery, moves, moves.move_line_ids, moves.reference_ids)


@tagged("post_install", "-at_install")
class TestIsolatedGoods(GoodsWorld, test_models.TestIsolatedModels):
    isolated = ISOLATED


@SURFACES.add(refused=world.COLLEAGUES)
def forecast_of_a_product(attacked, env):
    report = env["stock.forecasted_product_product"]
    return world.secrets_in(report.get_report_values(attacked.goods.ids)["docs"])


@SURFACES.add(refused=world.COLLEAGUES + world.OUTSIDERS)
def delivery_slip(attacked, env):
    slip = env["ir.actions.report"]
    html, _kind = slip._render_qweb_html("stock.report_deliveryslip", attacked.delivery.ids)
    return world.secrets_in(html.decode())


@SURFACES.add(refused=world.COLLEAGUES, allowed=())
def transfer_of_ones_own_to_a_hidden_contact(attacked, env):
    out = attacked.goods_order.warehouse_id.out_type_id
    transfer = env["stock.picking"].create(
        {
            "picking_type_id": out.id,
            "location_id": out.default_location_src_id.id,
            "location_dest_id": env.ref("stock.stock_location_customers").id,
            "partner_id": attacked.contact.id,
        }
    )
    return transfer.partner_id.sudo().name


@tagged("post_install", "-at_install")
class TestGoodsSurfaces(GoodsWorld, matrix.MatrixCase):
    surfaces = SURFACES
