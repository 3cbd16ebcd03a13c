from odoo import models


class ProductCategory(models.Model):
    """Care triggers may ask for what was bought of a category and of those below it."""

    _inherit = "product.category"

    def write(self, vals):
        result = super().write(vals)
        if "parent_id" in vals:
            self._touch_buyers()
        return result

    def unlink(self):
        result = super().unlink()
        self._touch_buyers()
        return result

    def _touch_buyers(self):
        if "product" in self.env["incom.care.trigger"]._active_kinds():
            self.env["incom.customer.queue"]._touch_everybody()
