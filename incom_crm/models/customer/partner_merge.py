from odoo import api, models
from odoo.tools import SQL


class MergePartner(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_reference_fields(self, src_partners, dst_partner):
        """Diary and shares name their records: those of a merged contact lead to the one that stays."""
        result = super()._update_reference_fields(src_partners, dst_partner)
        for table in ("incom_interaction", "incom_customer_share"):
            self.env.execute_query(
                SQL(
                    """UPDATE %s SET res_id = %s
                        WHERE res_model = 'res.partner' AND res_id = ANY(%s) RETURNING id""",
                    SQL.identifier(table),
                    dst_partner.id,
                    src_partners.ids,
                )
            )
        return result

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """The facts of the merged customers move: the one that stays is worked out again."""
        partners = self.env["res.partner"].browse(partner_ids)
        partners._touch_customers()
        # sudo: derived rows, worked out again; two of one company would stand in the way
        self.env["incom.customer.profile"].sudo().search(
            [("partner_id", "in", partner_ids)]
        ).unlink()
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        partners.exists()._touch_customers()
        return result
