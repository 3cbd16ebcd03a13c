from unittest.mock import patch

from odoo.tests import tagged

from ..models.isolation.guards import isolation as guard
from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestGuardsMany(IncomCrmCommon):
    """Many records are asked of the database, few are looked at: both hide the same."""

    def setUp(self):
        super().setUp()
        self.customers = self.env["res.partner"]
        for user in (self.sale_a1, self.sale_b1, self.leader_a, self.env["res.users"]):
            customer = self.make_customer(f"Of {user.login}", user_id=user.id)
            self.make_order(customer, self.today, user_id=user.id)
            self.env["crm.lead"].create(
                {"name": "Lead", "partner_id": customer.id, "user_id": user.id}
            )
            self.customers |= customer
        gone = self.make_customer("Gone")
        self.gone_id = gone.id
        gone.unlink()
        self.lent = self.customers[1]
        self.env["incom.customer.share"].create(
            {"res_id": self.lent.id, "user_id": self.sale_a1.id, "reason": "Together"}
        )

    def hidden(self, model, ids, user, many):
        self.env.invalidate_all()
        with patch.object(guard, "MANY", many):
            records = self.env[model].browse(ids).with_user(user)
            return self.env["incom.isolation"].with_user(user)._hidden(records).ids

    def test_both_ways_hide_the_same(self):
        users = self.env["res.users"].search([]).ids
        everything = {
            "res.partner": [*self.customers.ids, self.gone_id],
            "res.users": users,
            "crm.lead": self.env["crm.lead"].search([]).ids,
            "sale.order": self.env["sale.order"].search([]).ids,
            "sale.order.line": self.env["sale.order.line"].search([]).ids,
        }
        for user in (self.sale_a1, self.leader_a, self.office, self.accountant, self.director):
            for model, ids in everything.items():
                with self.subTest(user=user.login, model=model):
                    few = self.hidden(model, ids, user, many=len(ids))
                    self.assertEqual(sorted(self.hidden(model, ids, user, many=0)), sorted(few))
        hidden = self.hidden("res.partner", everything["res.partner"], self.sale_a1, many=0)
        self.assertEqual(sorted(hidden), sorted((self.customers[2] | self.customers[3]).ids))

    def test_one_that_was_lent_or_given_a_moment_ago(self):
        """What opens a record is looked at as it is now, not as it was when it was looked at last."""
        other = self.customers[2]
        isolation = self.env["incom.isolation"].with_user(self.sale_a1)
        self.assertTrue(isolation._hidden(other))
        other.user_id = self.sale_a1
        self.assertFalse(isolation._hidden(other))
        other.user_id = self.leader_a
        self.assertTrue(isolation._hidden(other))

    def test_chatter_of_many(self):
        for customer in self.customers:
            customer.message_post(body="Marker", author_id=self.sale_a1.partner_id.id)
            customer.message_subscribe(self.director.partner_id.ids)
        with patch.object(guard, "MANY", 1):
            messages = self.env["mail.message"].with_user(self.sale_a1)
            found = messages.search([("body", "ilike", "Marker")])
            self.assertEqual(set(found.mapped("res_id")), set(self.customers[:2].ids))
            followers = self.env["mail.followers"].with_user(self.sale_a1)
            followed = followers.search([("partner_id", "=", self.director.partner_id.id)])
            self.assertEqual(set(followed.mapped("res_id")), set(self.customers[:2].ids))
