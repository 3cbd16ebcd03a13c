from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestDocumentGuards(IncomCrmCommon):
    """What is told, opened or copied of a document beside the rules on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.make_customer(cls, "Secret", cls.sale_a1)
        cls.order = cls.make_order(cls, cls.secret, cls.at(cls, cls.today), user_id=cls.sale_a1.id)
        cls.env.invalidate_all()

    def test_refusal_has_no_names(self):
        """``?debug=1`` is everybody's to add."""
        users = self.env.registry["res.users"]
        has_group = users.has_group

        def in_debug_mode(user, group):
            return group == "base.group_no_one" or has_group(user, group)

        with patch.object(users, "has_group", in_debug_mode):
            for record in (self.secret, self.order):
                with self.assertRaises(AccessError) as refusal:
                    record.with_user(self.sale_b1).check_access("read")
                self.assertNotIn(record.display_name, str(refusal.exception))
                self.assertIn(str(record.id), str(refusal.exception))
                self.assertIn("Isolation:", str(refusal.exception))

    def test_payment_link(self):
        links = self.env["payment.link.wizard"]
        values = {"res_model": "sale.order", "res_id": self.order.id, "amount": 1}
        own = links.with_user(self.sale_a1).create(values)
        self.assertIn("access_token", own.link)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            links.with_user(self.sale_b1).create(values)
        with self.assertRaises(AccessError):
            links.with_user(self.sale_b1).with_context(
                active_model="sale.order", active_id=self.order.id
            ).default_get(["amount"])
        with self.assertRaises(AccessError):
            links.with_user(self.sale_b1).onchange(values, [], {"link": {}})
