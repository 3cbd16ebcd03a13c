from datetime import date
from fractions import Fraction

from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL

from ..engine import refresh
from . import oracle
from .histories import random_customers
from .history_loader import HistoryLoader
from .history_world import NOW, WORLD, today
from .oracle.care import Care
from .oracle.numbers import half_up
from .oracle.purchases import Purchases

COUNT = 700
MONTHS = (
    *(date(2026, 3, 31), date(2026, 2, 1), date(2026, 1, 15), date(2025, 12, 2)),
    *(date(2025, 3, 1), date(2024, 2, 29)),
)
METRICS = ("revenue", "new_customers", "customers_cared")


@tagged("post_install", "-at_install")
class TestAttainment(TransactionCase):
    """What targets count against the definitions in plain Python, on random histories: two companies, two
    time zones, currencies, credit notes, cancelled and future orders.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = random_customers(COUNT)
        cls.loader = HistoryLoader(cls.env)
        cls.loader.load(cls.customers)
        # as for any contact of Odoo's own making
        cls.env.cr.execute(
            SQL(
                """UPDATE res_partner contact SET owner_id = customer.user_id
                     FROM res_partner customer WHERE customer.id = contact.commercial_partner_id"""
            )
        )
        cls.today = {key: today(company) for key, company in WORLD.companies.items()}
        with freeze_time(NOW):
            refresh.refresh(cls.env)

    def _expected(self, key, month):
        """By the oracle: ``{(owner, metric): number}`` of a company."""
        company = WORLD.companies[key]
        found = {}
        for customer in self.customers:
            if key not in oracle.companies(customer, WORLD) or not customer.owner:
                continue
            numbers = self._numbers(customer, company, month)
            for metric, number in zip(METRICS, numbers, strict=True):
                if number is not None:
                    place = (customer.owner, metric)
                    found[place] = found.get(place, Fraction(0)) + number
        return {place: half_up(number, company.decimals) for place, number in found.items()}

    def _numbers(self, customer, company, month):
        """Revenue, and whether it is new and cared for, of one customer; None where there is nothing."""
        key = company.key

        def in_month(day):
            return (day.year, day.month) == (month.year, month.month)

        purchases = Purchases(customer, company, self.today[key], WORLD)
        bought = [value for day, value in purchases.events.items() if in_month(day)]
        care = Care(customer, company, self.today[key], WORLD.parameters)
        is_cared = any(in_month(care.day(one)) for one in care.cared)
        is_new = bool(purchases.first) and in_month(purchases.first)
        return sum(bought) if bought else None, 1 if is_new else None, 1 if is_cared else None

    def _found(self, key, month):
        company = self.env["res.company"].browse(self.loader.companies[key])
        names = {number: name for name, number in self.loader.users.items()}
        with freeze_time(NOW):
            actuals = self.env["incom.target"]._actuals(company, month, list(names), METRICS)
        return {(names[user_id], metric): number for (user_id, metric), number in actuals.items()}

    def test_agrees_with_the_definitions(self):
        counted = dict.fromkeys(METRICS, 0)
        for key in WORLD.companies:
            for month in MONTHS:
                with self.subTest(company=key, month=month):
                    expected = self._expected(key, month)
                    found = self._found(key, month)
                    self.assertEqual(found.keys(), expected.keys())
                    for place, number in expected.items():
                        self.assertAlmostEqual(found[place], float(number), 6, place)
                        counted[place[1]] += 1
        self.assertTrue(all(number >= 20 for number in counted.values()), counted)

    def test_number_is_what_it_opens(self):
        """The records behind a number, month by month."""
        targets = self.env["incom.target"]
        company = self.env["res.company"].browse(self.loader.companies["vn"])
        user_id = self.loader.users["an"]
        with freeze_time(NOW):
            for month in MONTHS[:3]:
                target = targets.create(
                    {
                        "user_id": user_id,
                        "company_id": company.id,
                        "month": month,
                        "metric": "customers_cared",
                        "value": 10,
                    }
                )
                action = target.action_open_actual()
                opened = self.env[action["res_model"]].search_count(action["domain"])
                self.assertEqual(opened, target.actual)
                self.assertTrue(opened)
