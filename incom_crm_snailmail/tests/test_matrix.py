from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedLetters(test_models.TestIsolatedModels):
    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        letter = {"model": "account.move", "res_id": cls.invoice.id, "partner_id": cls.contact.id}
        cls.hide(cls.env["snailmail.letter"].create(letter))
