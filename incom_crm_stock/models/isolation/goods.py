from odoo import fields, models
from odoo.tools import sql


class Goods(models.AbstractModel):
    """Mixin of moves and transfers: they say which order they are for, so that their rule needs no
    chain of joins.
    """

    _name = "incom.goods"
    _description = "Goods for an Order"

    customer_order_id = fields.Many2one(
        "sale.order",
        "For the Order",
        compute="_compute_customer_order_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
        help="The order the goods are for, also on the steps before the delivery itself.",
    )

    def _compute_customer_order_id(self):
        for goods in self:
            # sudo: which order it is for, whoever looks at the goods
            goods.customer_order_id = min(goods.sudo()._named_orders().ids, default=False)

    def _named_orders(self):
        """The orders that the goods lead to."""
        raise NotImplementedError

    def _auto_init(self):
        """Fill the column by statements where there is a history; the ORM would take hours."""
        if self._auto and not sql.column_exists(self.env.cr, self._table, "customer_order_id"):
            sql.create_column(self.env.cr, self._table, "customer_order_id", "int4")
            self._fill_customer_order_id()
        return super()._auto_init()

    def _fill_customer_order_id(self):
        """The same as ``_compute_customer_order_id``, for all rows at once."""
        raise NotImplementedError
