from odoo import api, fields, models
from odoo.tools import SQL, sql


class StockMove(models.Model):
    """A move says which order it is for, so that its rule needs no chain of joins."""

    _inherit = "stock.move"

    customer_order_id = fields.Many2one(
        "sale.order",
        "For the Order",
        compute="_compute_customer_order_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
        help="The order the goods are for, also on the steps before the delivery itself.",
    )

    @api.depends("sale_line_id.order_id", "reference_ids.sale_ids")
    def _compute_customer_order_id(self):
        for move in self:
            # sudo: which order it is for, whoever looks at the move
            goods = move.sudo()
            orders = goods.sale_line_id.order_id or goods.reference_ids.sale_ids
            move.customer_order_id = min(orders.ids, default=False)

    def _auto_init(self):
        """Fill the column by two statements where there is a history; the ORM would take hours."""
        if not sql.column_exists(self.env.cr, self._table, "customer_order_id"):
            sql.create_column(self.env.cr, self._table, "customer_order_id", "int4")
            self._fill_customer_order_id()
        return super()._auto_init()

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
