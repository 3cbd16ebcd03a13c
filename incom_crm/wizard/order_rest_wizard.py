from odoo import fields, models


class OrderRestWizard(models.TransientModel):
    """Asks why what is left of an order is given up."""

    _name = "incom.order.rest.wizard"
    _description = "Give Up What Is Left of an Order"

    order_ids = fields.Many2many(
        "sale.order", default=lambda self: self.env.context.get("active_ids", [])
    )
    reason = fields.Char(required=True)

    def action_close(self):
        self.order_ids.incom_close_rest(self.reason)
        return {"type": "ir.actions.act_window_close"}
