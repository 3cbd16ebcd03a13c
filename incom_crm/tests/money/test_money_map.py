from collections import defaultdict
from fractions import Fraction

from odoo.fields import Domain
from odoo.tests import tagged

from .common import MoneyCommon
from .oracle import OrderOracle
from .world import OrderWorld

SEED = 20261124
LEAST_LINES, LEAST_ORDERS = 500, 60
CENT = Fraction(1, 100)


@tagged("post_install", "-at_install")
class TestMoneyMap(MoneyCommon):
    """Random orders of two companies and currencies: each unit of money is in exactly one box."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = OrderWorld(cls(), SEED)
        cls.orders = cls.world.make_orders()
        cls.oracles = {order: OrderOracle(order, cls.today) for order in cls.orders}

    def test_world_is_rich_enough(self):
        lines = self.orders.order_line.filtered(lambda line: not line.display_type)
        self.assertGreaterEqual(len(self.orders), LEAST_ORDERS)
        self.assertGreaterEqual(len(lines), LEAST_LINES)
        moves = self.orders.invoice_ids
        self.assertLessEqual({"out_invoice", "out_refund"}, set(moves.mapped("move_type")))
        self.assertLessEqual({"draft", "posted"}, set(moves.mapped("state")))
        self.assertTrue(any(line.is_downpayment for line in lines))
        self.assertTrue(any(line.product_uom_qty < 0 for line in lines))
        self.assertEqual(len(self.orders.company_id), 2)
        self.assertEqual(len(self.orders.currency_id), 2)

    def test_what_is_left_of_orders(self):
        """M3 and M4 of every order, down payments and all, as the records say."""
        found = defaultdict(dict)
        domain = Domain("box", "in", ("m3", "m4"))
        for order, box, amount in self.money._read_group(
            domain, ["order_id", "box"], ["amount:sum"]
        ):
            found[order][box] = round(amount, 2)
        expected = {
            order: {box: float(amount) for box, amount in oracle.with_advances().items() if amount}
            for order, oracle in self.oracles.items()
        }
        expected = {order: boxes for order, boxes in expected.items() if boxes}
        differing = {
            order.name: (found.get(order), expected.get(order))
            for order in self.orders
            if {b: a for b, a in found.get(order, {}).items() if a} != expected.get(order, {})
        }
        self.assertFalse(differing)
        self.assertGreater(len(expected), LEAST_ORDERS / 2)

    def test_invoiced_and_left_make_the_order(self):
        """Posted invoices + M3 + M4 = the order's total, where nothing is over-delivered or re-priced."""
        plain = [o for o in self.oracles.values() if o.order.state == "sale" and o.is_plain()]
        self.assertGreater(len(plain), 5)
        for oracle in plain:
            order = oracle.order
            total = Fraction(repr(order.amount_total)) / Fraction(repr(order.currency_rate))
            left = sum(oracle.rest().values())
            # taxes and prices are rounded per line
            slack = CENT * len(order.order_line) * 2
            self.assertLessEqual(abs(oracle.billed() + left - total), slack, order.name)

    def test_owed_is_the_balance(self):
        """M5 + M6 + credits = the balance of the receivable accounts, to the cent, per company."""
        domain = [("box", "in", ("m5", "m6", "credit"))]
        found = self.amounts(domain, "company_id")
        for company in (self.company, self.other_company):
            lines = self.env["account.move.line"].search(
                [
                    ("company_id", "=", company.id),
                    ("account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                ]
            )
            self.assertEqual(
                company.currency_id.round(found[company]),
                company.currency_id.round(sum(lines.mapped("balance"))),
            )

    def test_overdue_and_credits(self):
        expected = defaultdict(float)
        for line in self.env["account.move.line"].search(
            [("account_type", "=", "asset_receivable"), ("parent_state", "=", "posted")]
        ):
            due = line.date_maturity or line.date
            if line.amount_residual < 0:
                expected["credit"] += line.amount_residual
            elif line.amount_residual:
                expected["m6" if due < self.today else "m5"] += line.amount_residual
        found = self.amounts([("box", "in", ("m5", "m6", "credit"))])
        self.assertEqual(
            {box: round(amount, 2) for box, amount in found.items()},
            {box: round(amount, 2) for box, amount in expected.items()},
        )
        self.assertEqual(set(expected), {"m5", "m6", "credit"})

    def test_ageing(self):
        for line in self.money.search([("box", "=", "m6")]):
            age = (self.today - line.date).days
            bands = [(30, "1_30"), (60, "31_60"), (90, "61_90")]
            band = next((name for limit, name in bands if age <= limit), "90")
            self.assertEqual((line.ageing, line.age_days), (band, age))

    def test_collected(self):
        """What payments brought, by day."""
        payments = self.env["account.payment"].search(
            [("payment_type", "=", "inbound"), ("partner_type", "=", "customer")]
        )
        expected = defaultdict(float)
        for payment in payments.filtered(lambda p: p.move_id.state == "posted"):
            expected[payment.date] += payment.amount_company_currency_signed
        found = defaultdict(float)
        for line in self.money.search([("box", "=", "m7")]):
            found[line.date] += line.amount
        self.assertEqual(
            {day: round(amount, 2) for day, amount in found.items() if round(amount, 2)},
            {day: round(amount, 2) for day, amount in expected.items() if round(amount, 2)},
        )
        self.assertTrue(expected)

    def test_a_row_keeps_its_id(self):
        """A list read twice finds the same rows, and each opens its document."""
        lines = self.money.search([], limit=200)
        self.assertEqual(lines, self.money.search([("id", "in", lines.ids)], limit=200))
        self.assertEqual(len(set(self.money.search([]).ids)), self.money.search_count([]))
        for line in lines[:10]:
            action = line.action_open_document()
            self.assertTrue(self.env[action["res_model"]].browse(action["res_id"]).exists())
