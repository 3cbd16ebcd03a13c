from odoo.tests import tagged

from odoo.addons.incom_crm.tests.bridge import BridgeCommon


@tagged("post_install", "-at_install")
class TestLetterIsolation(BridgeCommon):
    def test_letters(self):
        hidden, own = self.env["snailmail.letter"].create(
            [
                {"partner_id": partner.id, "model": "res.partner", "res_id": partner.id}
                for partner in (self.customer, self.own)
            ]
        )
        self.assertSeen(hidden, own=own)
