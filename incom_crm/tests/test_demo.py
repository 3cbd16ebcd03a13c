"""The demo company: what a newcomer sees must show every state the CRM knows."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from odoo import fields
from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import SQL

from ..demo import tables
from ..demo.clock import Clock
from ..demo.company import set_up_company
from ..demo.stories import stories
from ..engine.calendar import company_today

TZ = "Asia/Ho_Chi_Minh"
ENOUGH = 3


class TestDemoTables(BaseCase):
    """The tables agree with each other and name nobody real."""

    def test_tables_agree(self):
        industries = {row["industry"] for row in tables.rows("industries")}
        for row in tables.rows("customers"):
            self.assertIn(row["industry"], industries)
        refs = {row["ref"] for row in tables.rows("customers")}
        self.assertEqual({row["customer"] for row in tables.rows("contacts")}, refs)
        codes = {row["code"] for row in tables.rows("products")}
        for row in tables.rows("industries"):
            self.assertLessEqual(set(row["products"].split("|")), codes)

    def test_every_story_is_told_of_enough_customers(self):
        told = Counter(row["story"] for row in tables.rows("customers"))
        self.assertEqual(told.keys(), stories().keys())
        self.assertGreaterEqual(min(told.values()), ENOUGH)

    def test_nobody_real_can_be_reached(self):
        people = (*tables.rows("customers"), *tables.rows("contacts"))
        for row in people:
            self.assertTrue(row["email"].endswith(".example"))
            # Numbers that begin with 030 have been given to no operator.
            self.assertTrue(row["phone"].startswith("+84 30"))
        for field in ("email", "phone"):
            self.assertEqual(max(Counter(row[field] for row in people).values()), 1)

    def test_tax_numbers_belong_to_nobody(self):
        weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
        numbers = [row["vat"] for row in tables.rows("customers") if row["vat"]]
        self.assertTrue(numbers)
        for number in numbers:
            digits = [int(digit) for digit in number]
            total = sum(w * d for w, d in zip(weights, digits[:-1], strict=True))
            self.assertNotEqual(digits[-1], 10 - total % 11, f"{number} is a valid tax number")


class TestDemoClock(BaseCase):
    """Monday 23 February 2026: the first day after nine days of Tết."""

    def setUp(self):
        super().setUp()
        self.now = datetime(2026, 2, 23, 2, 30)
        self.clock = Clock(date(2026, 2, 23), self.now, TZ)

    def test_closed_days_are_left_out(self):
        self.assertEqual(self.clock.open_day(0), date(2026, 2, 23))
        self.assertEqual(self.clock.open_day(1), date(2026, 2, 13))

    def test_orders_and_work_avoid_sundays(self):
        self.assertEqual(self.clock.open_day(6), date(2026, 2, 8))
        self.assertEqual(self.clock.selling_day(6), date(2026, 2, 7))
        self.assertEqual(self.clock.working_day(6), date(2026, 2, 7))

    def test_no_moment_lies_in_the_future(self):
        for seed in range(50):
            moment = self.clock.moment(self.clock.today, Random(seed))
            self.assertLessEqual(moment, self.now)
            self.assertEqual((moment + timedelta(hours=7)).date(), self.clock.today)


@tagged("post_install", "-at_install")
class TestDemoCompany(TransactionCase):
    """The whole set-up, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["incom.demo"]._install()
        cls.env = cls.env["res.company"].with_company(cls.company).env
        cls.today = company_today(cls.company)
        own = [("company_id", "=", cls.company.id)]
        cls.partners = cls.env["res.partner"].search([*own, ("ref", "like", "KH")])
        cls.profiles = cls.env["incom.customer.profile"].search(own)
        cls.by_partner = cls.profiles.grouped("partner_id")
        cls.story_of = {row["ref"]: row["story"] for row in tables.rows("customers")}

    def _assert_each_occurs(self, values, expected):
        counts = Counter(values)
        rare = {value: counts[value] for value in expected if counts[value] < ENOUGH}
        self.assertFalse(rare, "too few customers")

    def _values_of(self, field):
        return [value for value, _label in self.profiles._fields[field].selection]

    # -- every state occurs ---------------------------------------------------------------------

    def test_every_level_occurs(self):
        levels = self.env["incom.approach.level"].search([])
        self._assert_each_occurs((p.approach_level_id for p in self.profiles), levels)

    def test_every_cycle_occurs(self):
        cycles = self.env["incom.purchase.cycle"].search([])
        self._assert_each_occurs((p.purchase_cycle_id for p in self.profiles), cycles)

    def test_every_evidence_status_alert_and_class_occurs(self):
        for field in ("purchase_cycle_evidence", "purchase_status", "care_alert", "customer_class"):
            with self.subTest(field):
                self._assert_each_occurs(self.profiles.mapped(field), self._values_of(field))

    def test_special_states_occur(self):
        for field in ("snoozed", "not_exploited", "badly_exploited", "level_pin_id"):
            with self.subTest(field):
                self.assertGreaterEqual(len(self.profiles.filtered(field)), ENOUGH)
        for kind in ("level", "other", "stopped", "cycle", "snooze"):
            pins = self.env["incom.customer.pin"].search_count([("kind", "=", kind)])
            self.assertGreaterEqual(pins, ENOUGH)

    def test_every_industry_region_and_size_has_customers(self):
        self.assertEqual(self.profiles.region_id, self.env["incom.region"].search([]))
        self.assertEqual(len(self.profiles.industry_id), len(tables.rows("industries")))
        self.assertEqual(self.profiles.company_size_id, self.env["incom.company.size"].search([]))

    def test_every_story_comes_true(self):
        expected = {row["story"]: row for row in tables.rows("stories")}
        told = []
        for partner in self.partners:
            profile, story = self.by_partner[partner], expected[self.story_of[partner.ref]]
            evidence = profile.purchase_cycle_evidence
            seen = {
                "level": profile.approach_level_id.code,
                "evidence": "none" if evidence == "estimated" else evidence,
                "status": profile.purchase_status,
                "alert": profile.care_alert,
            }
            told += [
                (partner.ref, story["story"], key, story[key], value)
                for key, value in seen.items()
                if story[key] != value
            ]
        self.assertFalse(told, "customer, story, what, expected, worked out")

    # -- plausible documents ---------------------------------------------------------------------

    def test_nothing_is_dated_in_the_future(self):
        now, own = fields.Datetime.now(), [("company_id", "=", self.company.id)]
        moves = self.env["account.move"].search(own)
        self.assertTrue(moves)
        self.assertLessEqual(max(moves.mapped("date")), self.today)
        for model, field in (
            ("sale.order", "date_order"),
            ("sale.order", "create_date"),
            ("crm.lead", "create_date"),
            ("incom.interaction", "date"),
            ("incom.interaction", "recorded_on"),
        ):
            with self.subTest(model, field=field):
                records = self.env[model].with_context(active_test=False).search(own)
                self.assertTrue(records)
                self.assertLessEqual(max(records.mapped(field)), now)
        self.assertLessEqual(max(self.partners.mapped("create_date")), now)
        done = self.env["mail.activity"].with_context(active_test=False)
        done = done.search([("res_id", "in", self.partners.ids), ("active", "=", False)])
        self.assertLessEqual(max(done.mapped("date_done")), self.today)
        messages = self.env["mail.message"].search(
            [("model", "=", "res.partner"), ("res_id", "in", self.partners.ids)]
        )
        self.assertLessEqual(max(messages.mapped("date")), now)

    def test_history_goes_three_years_back(self):
        first = min(filter(None, self.profiles.mapped("first_purchase_date")))
        self.assertGreater((self.today - first).days, 3 * 365)

    def test_customers_existed_before_their_first_document(self):
        self.env.flush_all()
        early = self.env.execute_query(
            SQL(
                """SELECT p.ref FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
                    WHERE o.company_id = %s AND p.create_date > o.date_order""",
                self.company.id,
            )
        )
        self.assertFalse(early)

    def test_money_is_owed_overdue_paid_in_part_and_credited(self):
        domain = [("company_id", "=", self.company.id), ("state", "=", "posted")]
        invoices = self.env["account.move"].search([*domain, ("move_type", "=", "out_invoice")])
        self._assert_each_occurs(
            invoices.mapped("payment_state"), ["paid", "not_paid", "partial", "reversed"]
        )
        self.assertGreaterEqual(len(self.profiles.filtered("overdue_amount")), ENOUGH)
        self.assertGreaterEqual(len(self.profiles.filtered("unsigned_amount")), ENOUGH)
        self.assertGreaterEqual(len(self.profiles.filtered("open_opportunity_amount")), ENOUGH)
        self.assertEqual(self.company.currency_id, self.env.ref("base.VND"))
        self.assertEqual(invoices.currency_id, self.company.currency_id)

    def test_orders_are_of_every_state(self):
        orders = self.env["sale.order"].search([("company_id", "=", self.company.id)])
        self._assert_each_occurs(orders.mapped("state"), ["draft", "sent", "sale", "cancel"])
        sent = orders.filtered(lambda order: order.state == "sent")
        expired = sent.filtered(lambda order: order.validity_date < self.today)
        self.assertGreaterEqual(len(expired), ENOUGH)
        self.assertGreaterEqual(len(sent - expired), ENOUGH)

    def test_diary_has_every_grade_and_both_directions(self):
        rows = self.env["incom.interaction"].search([("company_id", "=", self.company.id)])
        self._assert_each_occurs(rows.mapped("grade"), ["attempt", "content", "two_way"])
        self._assert_each_occurs(rows.mapped("direction"), ["in", "out"])
        self._assert_each_occurs(
            rows.mapped("channel"), ["phone", "visit", "email", "zalo", "other"]
        )
        self.assertGreaterEqual(len(rows.filtered("late")), ENOUGH)
        # Late entries aside, all was written down when it happened.
        self.assertLess(len(rows.filtered("late")), len(rows) / 10)

    def test_a_birthday_is_near_and_one_is_on_leap_day(self):
        contacts = self.partners.child_ids.filtered("birthdate")
        days = {(contact.birthdate.month, contact.birthdate.day) for contact in contacts}
        near = [self.today + timedelta(days=ahead) for ahead in range(4)]
        self.assertTrue(days & {(day.month, day.day) for day in near})
        self.assertIn((2, 29), days)

    def test_tet_is_a_closure_in_every_year(self):
        leaves = self.company.resource_calendar_id.global_leave_ids
        tet = leaves.filtered(lambda leave: leave.name.startswith("Tết"))
        self.assertEqual({leave.date_to.year for leave in tet}, set(range(2021, 2029)))

    # -- people and the installation --------------------------------------------------------------

    def test_each_login_works(self):
        users = self.env["res.users"].search([("company_id", "=", self.company.id)])
        by_login = {user.login: user for user in users}
        for row in tables.logins():
            with self.subTest(row["login"]):
                user = by_login[row["login"]]
                credential = {"type": "password", "login": user.login, "password": row["password"]}
                user.with_user(user)._check_credentials(credential, {"interactive": True})
                self.assertEqual(user.tz, TZ)

    def test_each_role_sees_its_customers(self):
        for row in tables.logins():
            if row["role"] in ("salesperson", "team_leader"):
                user = self.env["res.users"].search([("login", "=", row["login"])])
                mine = (
                    self.env["res.partner"]
                    .with_user(user)
                    .search_count([("user_id", "=", user.id)])
                )
                self.assertGreaterEqual(mine, ENOUGH)

    def test_leaders_lead_three_salespeople(self):
        teams = self.env["crm.team"].search([("company_id", "=", self.company.id)])
        self.assertEqual(set(teams.user_id.mapped("login")), {"truongphong1", "truongphong2"})
        for team in teams:
            self.assertEqual(len(team.member_ids - team.user_id), 3)

    def test_a_second_installation_changes_nothing(self):
        models = ("res.company", "res.partner", "res.users", "sale.order", "incom.interaction")
        before = [self.env[model].search_count([]) for model in models]
        self.assertEqual(self.env["incom.demo"]._install(), self.company)
        self.assertEqual([self.env[model].search_count([]) for model in models], before)

    def test_a_company_at_work_is_left_alone(self):
        main = self.env.ref("base.main_company")
        self.assertTrue(self.env["sale.order"].search_count([("company_id", "=", main.id)]))
        main.name = "At Work"
        other = set_up_company(self.env)
        self.assertNotEqual(other, main)
        self.assertEqual(main.name, "At Work")
        self.assertEqual(other.currency_id, self.env.ref("base.VND"))
