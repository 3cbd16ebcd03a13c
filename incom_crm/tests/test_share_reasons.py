import random
from itertools import product

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_share import ShareCommon


@tagged("post_install", "-at_install")
class TestReasons(ShareCommon):
    """Why somebody sees a record, told from the rules themselves."""

    def reason(self, user, record):
        self.env.invalidate_all()
        return self.env["incom.isolation"].with_user(user)._reasons(record.with_user(user))[0]

    def test_readable_and_explained_are_the_same(self):
        draw = random.Random(19)
        sellers = self.leader_a | self.leader_b | self.sale_a1 | self.sale_a2 | self.sale_b1
        records = self._random_records(draw, [*sellers, self.env["res.users"]])
        for record in draw.sample(records, 8):
            self.env["incom.customer.share"].create(
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "user_id": draw.choice(sellers).id,
                    "reason": "Joint visit",
                }
            )
        for target, user in ((self.sale_a1, self.sale_b1), (self.leader_b, self.sale_a2)):
            self.env["incom.visibility.grant"].create(
                {"target_id": target.id, "user_id": user.id, "reason": "Holiday"}
            )
        self.env.invalidate_all()
        counts = {True: 0, False: 0}
        for user, record in product(sellers, records):
            isolation = self.env["incom.isolation"].with_user(user)
            readable = record.with_user(user).has_access("read")
            holding = isolation._holding(record, isolation._viewer(user, "read"))
            with self.subTest(user=user.login, record=record, holding=holding):
                self.assertEqual(readable, bool(holding))
                self.assertEqual(len(isolation._reasons(record.with_user(user))), len(holding))
            counts[readable] += 1
        self.assertGreater(min(counts.values()), 20)

    def _random_records(self, draw, owners):
        """Customers, leads, orders and invoices of anybody and nobody, with anybody's customers."""
        customers = [self.make_customer(f"Customer {n}", draw.choice(owners)) for n in range(8)]
        records = list(customers)
        for _number in range(8):
            customer, user = draw.choice(customers), draw.choice(owners)
            records.append(self.lead(partner=customer).sudo())
            records[-1].user_id = user
            order = self.make_order(customer, self.today, state="draft")
            order.user_id = user
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": customer.id,
                    "invoice_line_ids": [Command.create({"product_id": self.product.id})],
                }
            )
            invoice.invoice_user_id = user
            records += [order, invoice]
        return records

    def test_sentences(self):
        lead = self.lead(user=self.sale_a2)
        for user, record, words in (
            (self.sale_a1, self.customer, "Your own customer"),
            (self.leader_a, self.contact, "sale_a1.*works below you"),
            (self.director, self.customer, "director"),
            (self.env.ref("base.user_admin"), self.customer, "administrator"),
            (self.accountant, self.customer, "role"),
            (self.sale_a2, lead, "Your own document"),
            (self.sale_a1, lead, "Document of your own customer"),
            (self.leader_a, lead, "Document of sale_a2.*below you"),
            (self.sale_a1, self.sale_a2.partner_id, "colleague"),
            (self.sale_a1, self.company.partner_id, "own company"),
        ):
            with self.subTest(user=user.login, record=record):
                self.assertRegex(self.reason(user, record), words)

    def test_share_and_stand_in(self):
        self.share()
        self.assertRegex(
            self.reason(self.sale_b1, self.customer), "with you by sale_a1.* until .*: Joint visit"
        )
        self.assertRegex(self.reason(self.leader_b, self.customer), "by sale_a1.* with sale_b1")
        self.env["incom.visibility.grant"].create(
            {
                "target_id": self.leader_a.id,
                "user_id": self.sale_b2.id,
                "date_to": self.days_ago(-3),
                "reason": "Holiday",
            }
        )
        self.assertRegex(self.reason(self.sale_b2, self.customer), "stand in for leader_a.* until")
        self.share(self.customer, to=self.sale_b2)
        self.assertRegex(self.reason(self.sale_b2, self.customer), "stand in for leader_a")

    def test_unowned(self):
        nobodys = self.env["res.partner"].create({"name": "New", "is_company": True})
        self.assertRegex(self.reason(self.leader_a, nobodys), "Nobody looks after it")

    def test_switched_off(self):
        self.env["incom.isolation"]._switch(False)
        self.assertRegex(self.reason(self.sale_b1, self.customer), "switched off")

    def why(self, user, record):
        isolation = self.env["incom.isolation"].with_user(user)
        return isolation.why_visible(record._name, record.id)

    def test_what_the_form_tells(self):
        share = self.share()
        told = self.why(self.sale_a1, self.contact)
        self.assertTrue(told["may_share"])
        self.assertEqual([row["id"] for row in told["shares"]], share.ids)
        self.assertTrue(told["shares"][0]["may_end"])
        lent = self.why(self.sale_b1, self.customer)
        self.assertFalse(lent["may_share"])
        self.assertFalse(lent["shares"][0]["may_end"])

    def test_nothing_is_told_of_the_rest(self):
        for user, record in (
            (self.sale_b1, self.customer),
            (self.portal, self.portal.partner_id),
            (self.sale_a1, self.product),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.why(user, record)
