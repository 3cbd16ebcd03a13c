from odoo import models


class MergePartner(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """The facts of the merged customers move: the one that stays is worked out again."""
        partners = self.env["res.partner"].browse(partner_ids)
        partners._touch_customers()
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        partners.exists()._touch_customers()
        return result
