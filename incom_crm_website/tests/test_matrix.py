from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedVisitors(test_models.TestIsolatedModels):
    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        known = {"access_token": str(cls.contact.id), "partner_id": cls.contact.id}
        by_lead = {"access_token": "a" * 32, "lead_ids": cls.lead.ids}
        cls.hide(*cls.env["website.visitor"].create([known, by_lead]))
