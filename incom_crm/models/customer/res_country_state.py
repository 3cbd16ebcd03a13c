from odoo import fields, models


class ResCountryState(models.Model):
    _inherit = "res.country.state"

    region_id = fields.Many2one(
        "incom.region",
        "Sales Region",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if "region_id" in vals:
            self.env["incom.customer.queue"]._touch_everybody()
        return result
