from odoo import api, fields, models
from odoo.tools import SQL


class SaleOrderLine(models.Model):
    """What one unit of a line costs where nothing was ordered and goods were delivered all the same."""

    _inherit = "sale.order.line"

    incom_unit_total = fields.Monetary(
        "Price of One, with Tax",
        compute="_compute_incom_unit_total",
        store=True,
        groups="base.group_user",
        help="After discount. Only of lines whose ordered quantity is zero; elsewhere it follows from the total.",
    )

    def _auto_init(self):
        """Install on an order book of years: only the few lines without a quantity are worked out."""
        if not self._column_exists():
            self.env.cr.execute(
                SQL("ALTER TABLE sale_order_line ADD COLUMN incom_unit_total numeric")
            )
            result = super()._auto_init()
            lines = self.with_context(active_test=False).search([("product_uom_qty", "=", 0)])
            self.env.add_to_compute(self._fields["incom_unit_total"], lines)
            return result
        return super()._auto_init()

    def _column_exists(self):
        self.env.cr.execute(
            SQL(
                """SELECT FROM information_schema.columns
                    WHERE table_name = 'sale_order_line' AND column_name = 'incom_unit_total'"""
            )
        )
        return bool(self.env.cr.rowcount)

    @api.depends("product_uom_qty", "price_unit", "discount", "tax_ids")
    def _compute_incom_unit_total(self):
        for line in self:
            if line.product_uom_qty or line.display_type:
                line.incom_unit_total = False
                continue
            taxes = line.tax_ids.compute_all(
                line.price_unit * (1 - line.discount / 100),
                line.currency_id,
                1,
                line.product_id,
                line.order_id.partner_shipping_id,
            )
            line.incom_unit_total = taxes["total_included"]
