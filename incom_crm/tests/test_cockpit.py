import json

from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestCockpit(IncomCrmCommon):
    """The pages of the cockpit."""

    def test_pages_are_plain_data(self):
        """What a page holds crosses the wire as it is, for every role."""
        for user, roles in (
            (self.sale_a1, ["salesperson"]),
            (self.leader_a, ["salesperson", "leader"]),
            (self.director, ["salesperson", "leader", "director"]),
        ):
            for role in roles:
                with self.subTest(user=user.login, role=role):
                    page = self.env["incom.cockpit"].with_user(user).get_page(role)
                    self.assertEqual([choice["key"] for choice in page["roles"]], roles)
                    self.assertTrue(json.dumps(page))
