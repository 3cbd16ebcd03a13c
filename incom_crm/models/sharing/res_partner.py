from odoo import models


class ResPartner(models.Model):
    """When a customer changes hands, what its former salesperson shared by hand ends, and what was
    opened for the new one's work is no longer needed.
    """

    _inherit = "res.partner"

    def write(self, vals):
        isolation = self.env["incom.isolation"]
        if "user_id" in vals:
            # a contact's own salesperson opens nothing, its company's does
            customers = self.filtered(lambda partner: partner.commercial_partner_id == partner)
            isolation._check_stays(customers, "user_id", vals["user_id"])
        if not {"parent_id", "is_company"}.isdisjoint(vals):
            # a contact made a company of its own, or another's, would leave the customer with it
            isolation._check_stays(self.commercial_partner_id, "user_id")
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: whose customers they were
        before = self.sudo().grouped("user_id")
        result = super().write(vals)
        shares = self.env["incom.customer.share"]
        for person, customers in before.items():
            if person and person.id != vals["user_id"]:
                shares |= shares._given_by(person, customers)
        # sudo: the system ends them
        shares = shares.sudo()
        shares |= shares.search(
            [
                ("partner_id", "in", self.ids),
                ("user_id", "=", vals["user_id"]),
                ("automatic", "=", True),
            ]
        )
        shares.action_end()
        return result
