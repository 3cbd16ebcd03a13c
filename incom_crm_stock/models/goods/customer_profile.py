from odoo import api, models
from odoo.tools import SQL

# What moves are about the customer: goods that went there, and goods that came from there.
WENT = SQL("(source.usage <> 'customer' AND target.usage = 'customer')")
CAME_BACK = SQL("(source.usage = 'customer' AND target.usage <> 'customer')")


class CustomerProfile(models.Model):
    """Goods as the warehouse knows them: what customers took, and what they gave back."""

    _inherit = "incom.customer.profile"

    @api.model
    def _goods_taken(self):
        """Done deliveries of which something is left after the returns made of them.

        A delivery without an order is its receiver's.
        """
        moves = self.env["stock.move"]._fields

        def move(name):
            return SQL.identifier("move", name, to_flush=moves[name])

        return SQL(
            """SELECT coalesce(o.partner_id, picking.partner_id, move.partner_id) AS contact_id,
                      move.company_id, %(date)s AS at
                 FROM stock_move move
                 JOIN stock_location source ON source.id = move.location_id
                 JOIN stock_location target ON target.id = move.location_dest_id
                 JOIN uom_uom unit ON unit.id = move.product_uom
                 LEFT JOIN sale_order_line line ON line.id = %(line)s
                 LEFT JOIN sale_order o ON o.id = line.order_id
                 LEFT JOIN stock_picking picking ON picking.id = move.picking_id
                WHERE %(state)s = 'done' AND %(went)s
                  AND %(quantity)s * unit.factor > (
                      SELECT coalesce(sum(back.quantity * back_unit.factor), 0)
                        FROM stock_move back JOIN uom_uom back_unit ON back_unit.id = back.product_uom
                       WHERE back.origin_returned_move_id = move.id AND back.state = 'done')""",
            date=move("date"),
            line=move("sale_line_id"),
            state=move("state"),
            quantity=move("quantity"),
            went=WENT,
        )

    @api.model
    def _returned_orders(self):
        """Goods that came back and are to be taken off the order, at the price they were sold for.

        Parts of a kit have no price of their own; the kit tells by its credit note.
        """
        return SQL(
            """SELECT line.order_id,
                      sum(back.quantity * unit.factor / sold.factor / line.product_uom_qty
                          * line.price_subtotal) AS returned
                 FROM stock_move back
                 JOIN stock_location source ON source.id = back.location_id
                 JOIN stock_location target ON target.id = back.location_dest_id
                 JOIN uom_uom unit ON unit.id = back.product_uom
                 JOIN sale_order_line line ON line.id = back.sale_line_id
                 JOIN uom_uom sold ON sold.id = line.product_uom_id
                 JOIN sale_order o ON o.id = line.order_id
                 JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
                 JOIN incom_t_company co ON co.company_id = o.company_id
                WHERE back.state = 'done' AND back.to_refund AND back.date < co.ends AND %s
                  AND back.product_id = line.product_id AND line.product_uom_qty > 0
                GROUP BY line.order_id""",
            CAME_BACK,
        )
