import csv
import lzma
from datetime import date
from unittest import TestCase

from benchmarks import populations, retail, sales

from .common import DatabaseCase

TODAY = date(2026, 5, 20)
LINES = [
    ("A", "2011-12-01 08:00", "Mug", 2, "1.25"),
    ("A", "2011-12-01 08:00", "Cup", 3, "2.00"),
    ("A", "2011-12-01 08:00", "Mug", -1, "1.25"),
    ("A", "2011-12-09 12:50", "Cup", 1, "2.10"),
    ("B", "2011-12-05 16:00", "Cup", -4, "2.00"),
]


class TestSales(DatabaseCase):
    """Lines become what Odoo would have made of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Trader", "incom_tz": "Europe/London"})
        cls.env = cls.env(context={"allowed_company_ids": cls.company.ids})
        sales.create_lines(cls.env.cr)
        for line in LINES:
            cls.env.cr.execute(
                "INSERT INTO bench_line VALUES (%s, %s, %s, %s, %s, 'United Kingdom')", line
            )
        cls.counts = sales.load(cls.env, cls.company, TODAY)
        cls.customers = cls.env["res.partner"].search(
            [("sale_order_ids.company_id", "=", cls.company.id)], order="ref"
        )

    def test_counts(self):
        self.assertEqual(self.counts, (2, 4, 5))

    def test_customers(self):
        self.assertEqual(self.customers.mapped("ref"), ["A", "B"])
        self.assertEqual(self.customers.mapped("customer_rank"), [1, 1])
        self.assertEqual(self.customers.commercial_partner_id, self.customers)
        self.assertEqual(set(self.customers.mapped("country_id.code")), {"GB"})
        self.assertEqual(len(self.customers.user_id), 2, "owners are spread")

    def test_one_order_per_moment_and_returns_apart(self):
        orders = self.customers[0].sale_order_ids.sorted("date_order, amount_untaxed")
        self.assertEqual(orders.mapped("amount_untaxed"), [-1.25, 8.5, 2.1])
        self.assertEqual(set(orders.mapped("state")), {"sale"})
        self.assertEqual(orders[1].order_line.mapped("price_subtotal"), [2.5, 6.0])

    def test_last_day_is_today_and_times_are_local(self):
        last = max(self.customers.sale_order_ids.mapped("date_order"))
        self.assertEqual(str(last), "2026-05-20 11:50:00", "12:50 in British summer time")

    def test_engine(self):
        self.env["incom.customer.profile"]._refresh(self.customers.ids)
        buyer, returner = self.env["incom.customer.profile"].search(
            [("partner_id", "in", self.customers.ids), ("company_id", "=", self.company.id)],
            order="partner_id",
        )
        self.assertEqual(buyer.purchase_count, 2)
        self.assertEqual(buyer.last_purchase_date, TODAY)
        self.assertEqual(returner.purchase_status, "never", "a return is no purchase")


class TestFile(TestCase):
    """The real sales are as their notice says."""

    def test_file(self):
        with lzma.open(retail.FILE, "rt", encoding="utf-8") as file:
            lines = list(csv.DictReader(file))
        self.assertEqual(len(lines), 406829)
        self.assertEqual(len({line["customer"] for line in lines}), 4372)
        self.assertEqual(sum(line["quantity"].startswith("-") for line in lines), 8905)
        days = [line["datetime"][:10] for line in lines]
        self.assertEqual((min(days), max(days)), ("2010-12-01", "2011-12-09"))


class TestPopulations(DatabaseCase):
    """Simulated customers are the same for the same seed."""

    def test_seed(self):
        for simulate in populations.POPULATIONS.values():
            first = simulate(customers=50, seed=1)
            self.assertEqual(first, simulate(customers=50, seed=1))
            self.assertNotEqual(first, simulate(customers=50, seed=2))
            self.assertTrue(all(days == sorted(set(days)) for days in first.values()))

    def test_load(self):
        company = self.env["res.company"].create({"name": "Grocer", "incom_tz": "UTC"})
        env = self.env(context={"allowed_company_ids": company.ids})
        bought = populations.grocery(customers=20, days=200)
        customers, orders, _lines = populations.load(env, bought, TODAY)
        self.assertEqual(customers, len(bought))
        self.assertEqual(orders, sum(map(len, bought.values())))
