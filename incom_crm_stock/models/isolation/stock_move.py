from odoo import api, models
from odoo.tools import SQL


class StockMove(models.Model):
    """Goods a move carries: of the line it delivers, else of the orders its references name."""

    _name = "stock.move"
    _inherit = ["stock.move", "incom.goods"]

    @api.depends("sale_line_id.order_id", "reference_ids.sale_ids")
    def _compute_customer_order_id(self):
        return super()._compute_customer_order_id()

    def _named_orders(self):
        return self.sale_line_id.order_id or self.reference_ids.sale_ids

    def _fill_customer_order_id(self):
        self.env.cr.execute(
            SQL(
                """UPDATE stock_move move SET customer_order_id = line.order_id
                     FROM sale_order_line line
                    WHERE line.id = move.sale_line_id"""
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE stock_move move SET customer_order_id = named.order_id
                     FROM (SELECT move_id, min(sale_id) AS order_id
                             FROM stock_reference_move_rel
                             JOIN stock_reference_sale_rel USING (reference_id)
                            GROUP BY move_id) named
                    WHERE named.move_id = move.id AND move.customer_order_id IS NULL"""
            )
        )
