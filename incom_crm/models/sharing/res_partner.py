from odoo import models


class ResPartner(models.Model):
    """What a customer's former salesperson shared by hand ends with his looking after it."""

    _inherit = "res.partner"

    def write(self, vals):
        before = {}
        if "user_id" in vals:
            # sudo: whose customers they were
            before = self.sudo().grouped("user_id")
        result = super().write(vals)
        for person, customers in before.items():
            if person and person.id != vals["user_id"]:
                self.env["incom.customer.share"]._given_by(person, customers).action_end()
        return result
