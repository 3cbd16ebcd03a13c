from odoo import api, models


class ResUsers(models.Model):
    """A colleague is no customer, and a customer without company belongs to the owner's."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users.partner_id._touch_customers()
        return users

    def write(self, vals):
        result = super().write(vals)
        if not {"active", "group_ids", "partner_id"}.isdisjoint(vals):
            self.partner_id._touch_customers()
        if "company_id" in vals:
            self.env["incom.customer.queue"]._touch_everybody()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        partners.exists()._touch_customers()
        return result
