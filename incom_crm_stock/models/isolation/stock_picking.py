from odoo import api, models
from odoo.tools import SQL


class StockPicking(models.Model):
    """A transfer is for the order of its moves, picking and packing before the delivery too."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "incom.goods"]

    @api.depends("sale_id", "move_ids.customer_order_id")
    def _compute_customer_order_id(self):
        return super()._compute_customer_order_id()

    def _named_orders(self):
        return self.sale_id or self.move_ids.customer_order_id

    def _fill_customer_order_id(self):
        self.env.cr.execute(
            SQL("UPDATE stock_picking SET customer_order_id = sale_id WHERE sale_id IS NOT NULL")
        )
        self.env.cr.execute(
            SQL(
                """UPDATE stock_picking picking SET customer_order_id = named.order_id
                     FROM (SELECT move.picking_id, min(named.sale_id) AS order_id
                             FROM stock_move move
                             JOIN stock_reference_move_rel tie ON tie.move_id = move.id
                             JOIN stock_reference_sale_rel named USING (reference_id)
                            GROUP BY move.picking_id) named
                    WHERE named.picking_id = picking.id
                      AND picking.customer_order_id IS NULL"""
            )
        )
