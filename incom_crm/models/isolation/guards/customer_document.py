from odoo import models


class CustomerDocument(models.AbstractModel):
    _inherit = "incom.customer.document"

    def write(self, vals):
        field = self._salesperson_field
        if field not in vals or not self.env["incom.isolation"]._is_on():
            return super().write(vals)
        # sudo: whose it was and whose it is, whoever hands over
        before = self.sudo().grouped(field)
        result = super().write(vals)
        successor = self.env["res.users"].browse(vals[field] or ()).sudo()
        for former, records in before.items():
            if former and former != successor:
                self.env["incom.isolation"]._take_leave(former, records, successor)
        return result
