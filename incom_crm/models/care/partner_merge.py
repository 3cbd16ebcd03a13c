from odoo import api, models

from .care_alert import LIVE


class MergePartner(models.TransientModel):
    """Of the alerts of merged customers those of the one that stays remain."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: alerts are the system's
        self.env["incom.care.alert"].sudo().search(
            [("partner_id", "in", src_partners.ids), ("state", "in", LIVE)]
        )._close()
        return super()._update_foreign_keys(src_partners, dst_partner)
