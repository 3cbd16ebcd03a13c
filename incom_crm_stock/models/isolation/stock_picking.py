from odoo import api, fields, models
from odoo.tools import SQL, sql


class StockPicking(models.Model):
    """A transfer says which order it is for, picking and packing before the delivery too."""

    _inherit = "stock.picking"

    customer_order_id = fields.Many2one(
        "sale.order",
        "For the Order",
        compute="_compute_customer_order_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
        help="The order the goods are for, also on the steps before the delivery itself.",
    )

    @api.depends("sale_id", "move_ids.customer_order_id")
    def _compute_customer_order_id(self):
        for picking in self:
            # sudo: which order it is for, whoever looks at the transfer
            goods = picking.sudo()
            orders = goods.sale_id or goods.move_ids.customer_order_id
            picking.customer_order_id = min(orders.ids, default=False)

    def _auto_init(self):
        """Fill the column by two statements where there is a history; the ORM would take hours."""
        if not sql.column_exists(self.env.cr, self._table, "customer_order_id"):
            sql.create_column(self.env.cr, self._table, "customer_order_id", "int4")
            self._fill_customer_order_id()
        return super()._auto_init()

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
