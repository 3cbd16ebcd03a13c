from odoo import models


class AccountMoveLine(models.Model):
    """An instalment's due date may be changed on its own."""

    _name = "account.move.line"
    _inherit = "account.move.line"

    def write(self, vals):
        if "date_maturity" in vals:
            # sudo: only ids leave this method, for the queue
            self.env["incom.customer.queue"]._touch(self.sudo().partner_id.ids)
        return super().write(vals)
