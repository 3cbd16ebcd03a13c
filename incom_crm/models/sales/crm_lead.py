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
