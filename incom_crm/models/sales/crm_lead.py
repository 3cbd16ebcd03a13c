from odoo import models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "incom.customer.source"]

    _customer_facts = frozenset(
        {
            "active",
            "automated_probability",
            "company_id",
            "expected_revenue",
            "partner_id",
            "probability",
            "stage_id",
            "type",
        }
    )

    def write(self, vals):
        # sudo: whether the lead had a customer is asked for, whoever writes
        nobodys = (
            self.sudo().filtered(lambda lead: not lead.partner_id) if vals.get("partner_id") else ()
        )
        result = super().write(vals)
        if nobodys:
            diary = self.env["incom.interaction"]
            diary._record_safely(diary._record_leads, nobodys.ids)
        return result
