import random
from collections import defaultdict
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon

NOW = "2026-06-17 05:00:00"
COUNT = 60
RATE = 0.5


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAttainmentCollections(IncomCrmCommon):
    """Money that came in, among what only looks like it: random entries of two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(7)
        cls.other_company = cls.env["res.company"].create(
            {"name": "Second", "currency_id": cls.company.currency_id.id, "incom_tz": "Asia/Tokyo"}
        )
        cls.env["account.chart.template"].try_loading("generic_coa", company=cls.other_company)
        cls.env.user.company_ids += cls.other_company
        cls.companies = (cls.company, cls.other_company)
        cls.foreign = cls.env["res.currency"].create(
            {"name": "XTS", "symbol": "x", "rounding": 0.01}
        )
        for company in cls.companies:
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": cls.foreign.id,
                    "company_id": company.id,
                    "name": "2026-01-01",
                    "rate": RATE,
                }
            )
        cls.people = (cls.sale_a1, cls.sale_a2, cls.sale_b1)
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": f"Customer {number}", "is_company": True, "user_id": person.id}
                for number, person in enumerate(cls.people)
            ]
        )
        cls.contacts = cls.env["res.partner"].create(
            [
                {"name": "Contact", "parent_id": customer.id, "user_id": False}
                for customer in cls.customers
            ]
        )

    def journal(self, company, kind):
        return self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", kind)], limit=1
        )

    def pay(self, partner, company, day, amount, currency=None, direction="inbound"):
        payment = self.env["account.payment"].create(
            {
                "payment_type": direction,
                "partner_type": "customer",
                "partner_id": partner.id,
                "amount": amount,
                "date": day,
                "currency_id": (currency or company.currency_id).id,
                "journal_id": self.journal(company, "bank").id,
                "company_id": company.id,
            }
        )
        payment.action_post()
        return payment

    def receive(self, partner, company, day, amount):
        """A line of a bank statement that is put on the customer's account."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal(company, "bank").id,
                "date": day,
                "payment_ref": "Transfer",
                "partner_id": partner.id,
                "amount": amount,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = partner.with_company(company).property_account_receivable_id
        return line

    def book(self, partner, company, day, amount):
        """An entry by hand, as a write-off or a settlement is."""
        receivable = partner.with_company(company).property_account_receivable_id
        expense = self.env["account.account"].search(
            [("company_ids", "in", company.id), ("account_type", "=", "expense")], limit=1
        )
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "journal_id": self.journal(company, "general").id,
                "line_ids": [
                    Command.create(
                        {"account_id": receivable.id, "partner_id": partner.id, "credit": amount}
                    ),
                    Command.create({"account_id": expense.id, "debit": amount}),
                ],
            }
        )
        move.action_post()
        return move

    def bill(self, partner, company, day, amount, move_type="out_refund"):
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": day,
                "date": day,
                "journal_id": self.journal(company, "sale").id,
                "invoice_line_ids": [
                    Command.create({"name": "Bag", "price_unit": amount, "tax_ids": []})
                ],
            }
        )
        move.action_post()
        return move

    def happen(self, kind, partner, company, day, amount):
        """Let something happen; gives what came in: ``{day: amount}`` in company currency."""
        if kind == "payment":
            self.pay(partner, company, day, amount)
            return {day: amount}
        if kind == "foreign":
            self.pay(partner, company, day, amount, self.foreign)
            return {day: amount / RATE}
        if kind == "statement":
            self.receive(partner, company, day, amount)
            return {day: amount}
        if kind == "reversed":
            later = day.replace(day=min(day.day + 3, 28))
            entry = self.pay(partner, company, day, amount).move_id
            entry._reverse_moves([{"date": later}], cancel=True)
            return {day: amount, later: -amount} if later != day else {}
        if kind == "paid_back":
            self.pay(partner, company, day, amount, direction="outbound")
        elif kind == "draft":
            self.pay(partner, company, day, amount).action_draft()
        elif kind == "by_hand":
            self.book(partner, company, day, amount)
        elif kind == "outgoing":
            self.receive(partner, company, day, -amount)
        else:
            self.bill(partner, company, day, amount, kind)
        return {}

    def test_agrees_with_what_was_made_to_happen(self):
        expected, happened = defaultdict(float), set()
        kinds = (
            *("payment", "payment", "foreign", "statement", "reversed", "paid_back", "draft"),
            *("by_hand", "outgoing", "out_refund", "out_invoice"),
        )
        for number in range(COUNT):
            kind = kinds[number % len(kinds)]
            place = self.random.randrange(len(self.people))
            partner = self.random.choice((self.customers, self.contacts))[place]
            company = self.random.choice(self.companies)
            day = date(2026, self.random.choice((4, 5, 6)), self.random.randint(1, 17))
            amount = self.random.randint(1, 900)
            for at, came_in in self.happen(kind, partner, company, day, amount).items():
                expected[self.people[place].id, company, at.replace(day=1)] += came_in
                happened.add(kind)
        self.assertGreaterEqual(happened, {"payment", "foreign", "statement", "reversed"})
        for company in self.companies:
            for month in (date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)):
                found = self.env["incom.target"]._actuals(
                    company, month, [person.id for person in self.people], ["collections"]
                )
                for person in self.people:
                    with self.subTest(company=company.name, month=month, person=person.login):
                        self.assertAlmostEqual(
                            found.get((person.id, "collections"), 0),
                            expected[person.id, company, month],
                            2,
                        )

    def test_number_is_the_sum_of_what_it_opens(self):
        """As each who may: the salesperson, who reads no payments, among them."""
        for day in (3, 9):
            self.pay(self.customers[0], self.company, date(2026, 6, day), 100 * day)
        self.pay(self.customers[1], self.company, date(2026, 6, 3), 7)
        self.env["incom.isolation"]._switch(True)
        target = self.env["incom.target"].create(
            {
                "user_id": self.sale_a1.id,
                "metric": "collections",
                "value": 1_000,
                "month": date(2026, 6, 1),
            }
        )
        self.env.flush_all()
        for user in (self.sale_a1, self.leader_a, self.director):
            self.env.invalidate_all()
            mine = target.with_user(user)
            action = mine.action_open_actual()
            rows = self.env[action["res_model"]].with_user(user).search(action["domain"])
            with self.subTest(user=user.login):
                self.assertEqual(mine.actual, 1_200)
                self.assertEqual(sum(rows.mapped("amount")), 1_200)
