import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, freeze_time, tagged

from ..engine import refresh
from ..models.cockpit.period import Period
from .cockpit_world import SEED
from .common import IncomCrmCommon
from .histories import random_customers
from .history_loader import HistoryLoader
from .history_world import NOW, WORLD, today
from .oracle.calendar import calendar_of
from .oracle.purchases import Purchases

CUSTOMERS = 300
PERIODS = 40
CARE = ("content", "two_way")


@tagged("post_install", "-at_install")
class TestPeriodOracle(TransactionCase):
    """Who was cared for and who bought in any period, against the definitions in plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time(NOW)
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.customers = random_customers(CUSTOMERS)
        cls.loader = HistoryLoader(cls.env)
        cls.loader.load(cls.customers)
        refresh.refresh(cls.env)
        cls.number = {number: place for place, number in enumerate(cls.loader.ids)}
        cls.profiles = cls.env["incom.customer.profile"]

    def periods(self):
        chance = random.Random(SEED)
        for key, company in WORLD.companies.items():
            last = today(company)
            yield key, last.replace(day=1), last
            yield key, last, last
            yield key, date(2000, 1, 1), last
            for _number in range(PERIODS):
                first = last - timedelta(days=chance.randint(0, 800))
                yield key, first, first + timedelta(days=chance.choice((0, 1, 6, 30, 90, 400)))

    def found(self, key, field, text):
        domain = [("company_id", "=", self.loader.companies[key]), (field, "=", text)]
        return {self.number[one.partner_id.id] for one in self.profiles.search(domain)}

    def rows(self, key):
        domain = [("company_id", "=", self.loader.companies[key])]
        return {self.number[one.partner_id.id] for one in self.profiles.search(domain)}

    def contacts(self, place, key, author=None):
        """Local days on which a colleague was in touch, in the calendar of a company."""
        company = WORLD.companies[key]
        calendar = calendar_of(company)
        for contact in self.customers[place].interactions:
            if contact.user and contact.grade in CARE and author in (None, contact.user):
                day = calendar.local_day(contact.at)
                if day <= today(company):
                    yield day

    def test_bought_in(self):
        met = 0
        for key, first, last in self.periods():
            company = WORLD.companies[key]
            expected = {
                place
                for place in self.rows(key)
                if any(
                    first <= day <= last
                    for day in Purchases(
                        self.customers[place], company, today(company), WORLD
                    ).events
                )
            }
            with self.subTest(company=key, first=first, last=last):
                self.assertEqual(self.found(key, "bought_in", f"{first}/{last}"), expected)
            met += len(expected)
        self.assertGreater(met, PERIODS)

    def test_cared_in(self):
        self._test_cared(None, "")

    def test_cared_by_one(self):
        self._test_cared("an", f"/{self.loader.users['an']}")

    def _test_cared(self, author, suffix):
        met = 0
        for key, first, last in self.periods():
            expected = {
                place
                for place in self.rows(key)
                if any(first <= day <= last for day in self.contacts(place, key, author))
            }
            with self.subTest(company=key, first=first, last=last, author=author):
                text = f"{first}/{last}{suffix}"
                self.assertEqual(self.found(key, "cared_in", text), expected)
            met += len(expected)
        self.assertGreater(met, PERIODS)

    def test_this_month_is_a_special_case(self):
        for key, company in WORLD.companies.items():
            month = f"{today(company).replace(day=1)}/{today(company)}"
            of_company = [("company_id", "=", self.loader.companies[key])]
            for period, this_month, value in (
                ("cared_in", "care_this_month", "cared"),
                ("bought_in", "purchase_this_month", "bought"),
            ):
                one = self.profiles.search([*of_company, (period, "=", month)])
                other = self.profiles.search([*of_company, (this_month, "=", value)])
                rest = self.profiles.search([*of_company, (period, "!=", month)])
                self.assertEqual(one, other)
                self.assertEqual(one | rest, self.profiles.search(of_company))
                self.assertFalse(one & rest)


@tagged("post_install", "-at_install")
class TestPeriods(IncomCrmCommon):
    """Periods by name, what they are compared with, and what is no period."""

    def period(self, asked, day):
        with freeze_time(f"{day} 05:00:00"):
            return self.env["incom.cockpit"]._period(asked)

    def test_codes(self):
        for code, day, first, last in (
            ("today", "2026-03-11", "2026-03-11", "2026-03-11"),
            ("week", "2026-03-11", "2026-03-09", "2026-03-11"),
            ("week", "2026-03-09", "2026-03-09", "2026-03-09"),
            ("month", "2026-03-11", "2026-03-01", "2026-03-11"),
            ("quarter", "2026-02-28", "2026-01-01", "2026-02-28"),
            ("quarter", "2026-12-31", "2026-10-01", "2026-12-31"),
            ("year", "2026-03-11", "2026-01-01", "2026-03-11"),
            ("last_week", "2026-03-11", "2026-03-02", "2026-03-08"),
            ("last_month", "2026-03-11", "2026-02-01", "2026-02-28"),
            ("last_month", "2026-01-31", "2025-12-01", "2025-12-31"),
        ):
            with self.subTest(code=code, day=day):
                self.assertEqual(str(self.period(code, day)), f"{first}/{last}")

    def test_before(self):
        for code, day, before in (
            ("today", "2026-03-11", "2026-03-10/2026-03-10"),
            ("week", "2026-03-11", "2026-03-02/2026-03-04"),
            ("month", "2026-03-31", "2026-02-01/2026-02-28"),
            ("quarter", "2026-05-31", "2026-01-01/2026-02-28"),
            ("year", "2028-02-29", "2027-01-01/2027-02-28"),
            ("last_week", "2026-03-11", "2026-02-23/2026-03-01"),
            ("last_month", "2026-03-11", "2026-01-01/2026-01-31"),
        ):
            with self.subTest(code=code, day=day):
                self.assertEqual(str(self.period(code, day).before()), before)
        own = Period(date(2026, 3, 1), date(2026, 3, 10))
        self.assertEqual(str(own.before()), "2026-02-19/2026-02-28")

    def test_days_to_come_are_left_out(self):
        asked = {"from": "2026-03-01", "to": "2026-12-31"}
        self.assertEqual(str(self.period(asked, "2026-03-11")), "2026-03-01/2026-03-11")

    def test_what_is_no_period(self):
        profiles = self.env["incom.customer.profile"]
        for field in ("cared_in", "bought_in"):
            for text in (
                *("", "today", "2026-01-01", "2026-02-01/2026-01-01", "2026-01-01/2026-02-30"),
                *("2026-01-01/2026-01-31/x", "2026-01-01/2026-01-31/1/2", 7, True),
            ):
                with self.subTest(field=field, text=text), self.assertRaises(UserError):
                    profiles.search([(field, "=", text)])
        with self.assertRaises(UserError):
            profiles.search([("bought_in", "=", f"2026-01-01/2026-01-31/{self.env.uid}")])

    def test_care_is_not_for_accountants(self):
        self.make_customer()
        profiles = self.env["incom.customer.profile"].with_user(self.accountant)
        with self.assertRaises(AccessError):
            profiles.search([("cared_in", "=", "2026-01-01/2026-01-31")])
        self.assertIsNotNone(profiles.search([("bought_in", "=", "2026-01-01/2026-01-31")]))
