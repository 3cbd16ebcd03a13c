from odoo import Command
from odoo.tests import tagged

from odoo.addons.incom_crm.tests.bridge import BridgeCommon


@tagged("post_install", "-at_install")
class TestVisitorIsolation(BridgeCommon):
    def make_visitor(self, token, **values):
        """A visitor: a number of a contact, or 32 letters for somebody unknown."""
        return self.env["website.visitor"].create({"access_token": token, **values})

    def test_visitors(self):
        hidden, own = (
            self.make_visitor(str(partner.id), partner_id=partner.id)
            for partner in (self.customer, self.own)
        )
        self.assertSeen(hidden, self.make_visitor("f" * 32), own)

    def test_visitors_known_through_a_lead(self):
        """Name, mail and phone of a lead are shown with the visitor who left them."""
        hidden, own = (
            self.make_visitor(
                letter * 32,
                lead_ids=[Command.create({"name": "Question", "user_id": user.id})],
            )
            for letter, user in (("a", self.sale_a1), ("b", self.sale_a2))
        )
        self.assertSeen(hidden, own=own)
