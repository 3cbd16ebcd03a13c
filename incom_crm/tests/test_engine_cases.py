from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon

# All purchases lie this far back, so that every day after the last one can be asked for.
AGE = 700


@tagged("post_install", "-at_install")
class TestEngineCases(IncomCrmCommon):
    """Purchases, cycle, status and level by hand; each test says the sentence it holds the engine to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["resource.calendar.leaves"].search([("resource_id", "=", False)]).unlink()

    def buy(self, *gaps, age=AGE):
        """A customer who bought at these gaps, the last time ``age`` days ago; later days may be asked."""
        ages = [age]
        for gap in reversed(gaps):
            ages.append(ages[-1] + gap)
        customer = self.make_customer()
        self.make_orders(customer, reversed(ages))
        return customer

    def pin(self, customer, kind="cycle", day=None, **values):
        day = day or self.today
        return self.env["incom.customer.pin"].create(
            {
                "partner_id": customer.id,
                "kind": kind,
                "date": day,
                "reason": "Agreed by phone",
                **values,
            }
        )

    def on(self, customer, day):
        """The row as it stands on a day."""
        return self.profile(customer, today=day)

    def assertStatus(self, customer, statuses, age=AGE):
        """Purchase statuses by the silence H, in days since the last purchase."""
        for silence, expected in statuses.items():
            day = self.days_ago(age) + timedelta(days=silence)
            with self.subTest(silence=silence), freeze_time(self.at(day)):
                profile = self.profile(customer)
                profile.invalidate_recordset()
                self.assertEqual(profile.purchase_status, expected)

    def assertLevels(self, customer, levels, age=AGE):
        """Approach levels by the silence H."""
        for silence, expected in levels.items():
            profile = self.on(customer, self.days_ago(age) + timedelta(days=silence))
            with self.subTest(silence=silence):
                self.assertEqual(profile.approach_level_id.code, expected)

    # -- events, gaps, cycle -------------------------------------------------------------------------

    def test_explanation(self):
        """ "5 lần mua, chu kỳ 29 ngày, lệch 0,18; lần cuối 04/04; quá hạn 9 ngày": one sentence."""
        customer = self.buy(19, 28, 29, 38, age=38)
        profile = self.profile(customer)
        self.assertEqual(profile.purchase_count, 5)
        self.assertEqual(profile.purchase_cycle_days, 28.5)
        self.assertAlmostEqual(profile.purchase_cycle_spread, 5 / 28.5)
        self.assertEqual(profile.next_purchase_date, self.days_ago(38 - 29), "28.5 rounds half up")
        self.assertEqual(profile.last_purchase_date, self.days_ago(38))
        for part in ("5 purchases", "28.5", "0.18", "9 days ago"):
            self.assertIn(part, profile.status_explanation)

    def test_one_event_per_local_day(self):
        """Purchase event: one per E, company and local day; datetimes are converted before they are cut."""
        customer = self.make_customer()
        day = self.days_ago(10)
        for hour in (0, 6, 12, 23):
            self.make_order(customer, self.at(day, hour), amount=10)
        profile = self.profile(customer)
        self.assertEqual((profile.purchase_count, profile.last_purchase_date), (1, day))
        self.assertEqual(profile.median_order_value, 40)

    def test_worthless_orders_are_no_events(self):
        """Order `state = 'sale'`, net untaxed > 0; drafts and cancelled orders are no events."""
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(50), amount=0)
        self.make_order(customer, self.days_ago(40), amount=-5)
        self.make_order(customer, self.days_ago(30), state="draft")
        self.make_order(customer, self.days_ago(20), state="sent")
        self.make_order(customer, self.days_ago(10))._action_cancel()
        self.assertEqual(self.profile(customer).purchase_count, 0)

    def test_top_ups_belong_to_the_kept_event(self):
        """An event ≤ 1 day after the kept one before it belongs to that purchase: greedy."""
        customer = self.buy(1, 1, 1, 30)
        profile = self.profile(customer)
        self.assertEqual(profile.purchase_count, 3, "days 0 and 2 are kept, 1 and 3 are not")
        self.assertEqual(profile.purchase_gap_max, 31)
        last = self.buy(30, 1)
        profile = self.profile(last)
        self.assertEqual(profile.purchase_count, 2)
        self.assertEqual(profile.last_purchase_date, self.days_ago(AGE), "the newest raw day")

    def test_the_last_eight_gaps(self):
        """Gaps: the last 8."""
        profile = self.profile(self.buy(99, *[20] * 7, 30, age=5))
        self.assertEqual((profile.purchase_gap_count, profile.purchase_gap_max), (8, 30))

    def test_window_of_the_gaps(self):
        """Gaps whose later event lies within 48 months; if their median is ≤ 150, within 24 months."""
        day = date(2026, 3, 2)
        for months, gap in ((24, 150), (48, 151)):
            edge = day - relativedelta(months=months)
            customer = self.make_customer()
            for step in (-1, 0, 1):
                self.make_order(customer, edge + step * timedelta(days=gap))
            with self.subTest(months=months):
                before = self.on(customer, day - timedelta(days=1))
                self.assertEqual(before.purchase_gap_count, 2)
                self.assertEqual(before.next_flip, day, "the oldest leaves the window")
                self.assertEqual(self.on(customer, day).purchase_gap_count, 1)

    def test_evidence(self):
        """≥ 3 gaps confirmed; 2 gaps with max/min ≤ 2 provisional; none."""
        for gaps, evidence in {
            (): "none",
            (30,): "none",
            (30, 60): "provisional",
            (30, 61): "none",
            (30, 61, 400): "confirmed",
        }.items():
            with self.subTest(gaps=gaps):
                profile = self.profile(self.buy(*gaps, age=1))
                self.assertEqual(profile.purchase_cycle_evidence, evidence)
                self.assertEqual(bool(profile.purchase_cycle_days), evidence != "none")

    def test_pinned_cycle(self):
        """Pinned, with a reason; the computed value stays visible beside it, spread stays its own."""
        customer = self.buy(20, 20, 20, age=10)
        self.pin(customer, cycle_days=45)
        profile = self.profile(customer)
        self.assertEqual(profile.purchase_cycle_evidence, "pinned")
        self.assertEqual(
            (profile.purchase_cycle_days, profile.purchase_cycle_computed_days), (45, 20)
        )
        self.assertEqual(profile.purchase_cycle_spread, 0)
        self.assertEqual(profile.next_purchase_date, self.days_ago(10 - 45))
        with self.assertRaises(ValidationError):
            self.pin(customer, cycle_days=1)

    def test_buckets(self):
        """≤ 17 d → 2 weeks, ≤ 25, ≤ 42, ≤ 73, ≤ 127, ≤ 256, ≤ 547.5 → 1 year, above → none."""
        customer = self.buy(age=1)
        cuts = {
            **{17: 14, 18: 21, 25: 21, 26: 30, 42: 30, 43: 60, 73: 60, 74: 90},
            **{127: 90, 128: 180, 256: 180, 257: 365, 547: 365, 548: 0},
        }
        for cycle, bucket in cuts.items():
            self.pin(customer, cycle_days=cycle)
            with self.subTest(cycle=cycle):
                self.assertEqual(self.profile(customer).purchase_cycle_id.days, bucket)

    def test_lead(self):
        """Lead = clamp(round(C/4), 2, 14), at most ⌈C/2⌉ − 1; for C < 5 no window, only late."""
        customer = self.buy(age=0)
        leads = {2: 0, 3: 1, 4: 1, 5: 2, 8: 2, 9: 2, 10: 3, 14: 4, 53: 13, 54: 14, 55: 14, 90: 14}
        for cycle, lead in leads.items():
            self.pin(customer, cycle_days=cycle)
            profile = self.profile(customer)
            with self.subTest(cycle=cycle):
                self.assertEqual(profile.late_from, self.days_ago(-(cycle + lead + 1)))
                opens = self.days_ago(-(cycle - lead)) if cycle >= 5 else False
                closes = self.days_ago(-(cycle + lead)) if cycle >= 5 else False
                self.assertEqual((profile.window_from, profile.window_until), (opens, closes))

    def test_open_days(self):
        """All intervals count open days; a due or flip date is the first day that reaches the value."""
        customer = self.buy(20, 20, 20, age=30)
        self.close_company(self.days_ago(25), self.days_ago(16))
        profile = self.profile(customer)
        self.assertEqual(profile.next_purchase_date, self.today)
        self.close_company(self.today, self.days_ago(-4))
        self.assertEqual(self.profile(customer).next_purchase_date, self.days_ago(-5))

    # -- purchase status -------------------------------------------------------------------------------

    def test_status_of_a_confirmed_cycle(self):
        """Due: |today − next due| ≤ lead; late: after; stopped: H > 3C."""
        self.assertStatus(
            self.buy(20, 20, 20),
            {
                **{0: "in_cycle", 14: "in_cycle", 15: "due", 25: "due", 26: "late"},
                **{60: "late", 61: "stopped"},
            },
        )

    def test_stopped_not_before(self):
        """Stopped: H > max(3C, 45, longest of the gaps used)."""
        self.assertStatus(self.buy(10, 10, 10), {45: "late", 46: "stopped"})
        self.assertStatus(self.buy(10, 80, 10, 10), {80: "late", 81: "stopped"})

    def test_stopped_not_later(self):
        """Stopped: H > min(..., max(365, 1.5C))."""
        self.assertStatus(self.buy(200, 200, 200), {365: "late", 366: "stopped"})
        self.assertStatus(self.buy(300, 300, 300), {450: "late", 451: "stopped"})

    def test_status_of_a_provisional_cycle(self):
        """Provisional: due, never late; stopped: H > max(180, 1.5C)."""
        self.assertStatus(
            self.buy(30, 40),
            {25: "in_cycle", 26: "due", 44: "due", 45: "in_cycle", 180: "in_cycle", 181: "stopped"},
        )
        self.assertStatus(self.buy(150, 200), {262: "in_cycle", 263: "stopped"})

    def test_status_without_a_cycle(self):
        """Never bought: never; else stopped: H > 180."""
        self.assertStatus(self.buy(), {0: "in_cycle", 180: "in_cycle", 181: "stopped"})
        self.assertEqual(self.profile(self.make_customer()).purchase_status, "never")

    def test_short_cycle_has_no_window(self):
        """For C < 5 there is no window, only late and stopped."""
        self.assertStatus(
            self.buy(4, 4, 4), {4: "in_cycle", 5: "in_cycle", 6: "late", 45: "late", 46: "stopped"}
        )

    # -- approach level --------------------------------------------------------------------------------

    def test_starting_and_irregular(self):
        """Starting: 1 ≤ n ≤ 2; irregular: n ≥ 3, none above; lapsed: n ≥ 1 and stopped."""
        self.assertLevels(self.buy(), {0: "starting", 180: "starting", 181: "lapsed"})
        self.assertLevels(self.buy(30), {0: "starting"})
        self.assertLevels(self.buy(30, 30), {0: "irregular"})

    def test_regular(self):
        """Regular: ≥ 4 gaps, D ≤ 0.35, H ≤ 2C."""
        even = self.buy(13, 20, 27, 13, 27)
        self.assertLevels(even, {0: "regular", 40: "regular", 41: "irregular"})
        self.assertAlmostEqual(self.on(even, self.days_ago(AGE)).purchase_cycle_spread, 0.35)
        self.assertLevels(self.buy(12, 20, 28, 12, 28), {0: "irregular"})
        self.assertLevels(self.buy(20, 20, 20), {0: "irregular"})

    def test_good(self):
        """Good: first event ≥ 365 d ago, enough events in the last max(365, 1.5C) days, H ≤ 2C."""
        customer = self.buy(*[30] * 12)
        self.assertLevels(customer, {4: "regular", 5: "good", 60: "good", 61: "irregular"})

    def test_good_needs_three_quarters_of_the_expected_purchases(self):
        """Events ≥ max(1, ⌊0.75 · max(365, 1.5C)/C⌋): with C = 40 six, of the last 365 days."""
        for latest, level in ((40, "good"), (80, "regular")):
            customer = self.buy(*[40] * 5, 160, latest)
            self.pin(customer, cycle_days=40, day=self.days_ago(AGE))
            with self.subTest(latest=latest):
                self.assertLevels(customer, {10: level})

    def test_good_with_a_long_cycle(self):
        """With C = 400 the window is 600 days, and one purchase in it is enough."""
        customer = self.buy(300)
        self.pin(customer, cycle_days=400, day=self.days_ago(AGE))
        self.assertLevels(customer, {64: "starting", 65: "good"})

    def test_approaching(self):
        """n = 0 and care within 90 d, or an open opportunity, or an unexpired quotation."""
        cared, long_ago = self.make_customer("Cared"), self.make_customer("Long ago")
        self.make_interaction(cared, self.days_ago(90))
        self.make_interaction(long_ago, self.days_ago(91))
        quoted, expired = self.make_customer("Quoted"), self.make_customer("Expired")
        self.make_order(quoted, self.today, state="sent", validity_date=self.today)
        self.make_order(expired, self.today, state="sent", validity_date=self.days_ago(1))
        wanted, lost, lead = (self.make_customer(name) for name in ("Wanted", "Lost", "Lead"))
        for customer, kind in ((wanted, "opportunity"), (lost, "opportunity"), (lead, "lead")):
            self.env["crm.lead"].create(
                {"name": "Deal", "partner_id": customer.id, "type": kind}
            ).filtered(lambda deal: deal.partner_id == lost).action_set_lost()
        for customer, level in {
            cared: "approaching",
            long_ago: "potential",
            quoted: "approaching",
            expired: "potential",
            wanted: "approaching",
            lost: "potential",
            lead: "potential",
        }.items():
            with self.subTest(customer=customer.name):
                self.assertEqual(self.profile(customer).approach_level_id.code, level)

    # -- by hand ---------------------------------------------------------------------------------------

    def test_said_to_have_stopped(self):
        """Lapsed: the customer said so (reason, date; ends at the next event)."""
        self.assert_ended_by_purchase("stopped", "lapsed")

    def test_other(self):
        """Other: set by hand, not a buyer; no expiry, ended by a purchase event."""
        self.assert_ended_by_purchase("other", "other")

    def assert_ended_by_purchase(self, kind, level):
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(9))
        self.pin(customer, kind, day=self.days_ago(9))
        profile = self.profile(customer)
        self.assertEqual(
            profile.approach_level_id.code, level, "a purchase of that day is before it"
        )
        self.assertEqual(profile.approach_level_computed_id.code, level)
        self.make_order(customer, self.days_ago(8))
        self.assertEqual(self.profile(customer).approach_level_id.code, "starting")

    def test_pinned_level(self):
        """A pinned level has an expiry; the effective and the computed one are both shown."""
        customer = self.buy(30, 30, age=5)
        level = self.env.ref("incom_crm.approach_level_good")
        self.pin(customer, "level", level_id=level.id, until=self.days_ago(-90))
        for ahead, effective in ((0, "good"), (90, "good"), (91, "irregular")):
            profile = self.on(customer, self.days_ago(-ahead))
            with self.subTest(ahead=ahead):
                self.assertEqual(profile.approach_level_id.code, effective)
                self.assertEqual(profile.approach_level_computed_id.code, "irregular")
        with self.assertRaises(ValidationError):
            self.pin(customer, "level", level_id=level.id, until=self.days_ago(-91))
