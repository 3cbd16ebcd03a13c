from odoo import api, models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.depends_context("uid")
    def _compute_duplicate_bank_partner_ids(self):
        """Core finds them by a query of its own, and a form with a hidden one does not open."""
        # sudo: core's query does not ask whom it shows them to
        accounts = self.sudo()
        result = super(ResPartnerBank, accounts)._compute_duplicate_bank_partner_ids()
        isolation = self.env(su=False)["incom.isolation"]
        for account in accounts:
            # the contact's own list of duplicates is read from here as superuser
            visible = isolation._visible(account.duplicate_bank_partner_ids)
            account.duplicate_bank_partner_ids = visible
            account.with_env(self.env).duplicate_bank_partner_ids = visible.with_env(self.env)
        return result
