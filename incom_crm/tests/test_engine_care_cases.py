from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon

FRIDAY = date(2026, 3, 6)
MONDAY = FRIDAY + timedelta(days=3)


@tagged("post_install", "-at_install")
class TestEngineCareCases(IncomCrmCommon):
    """Care and its alert by hand; each test says the sentence it holds the engine to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["resource.calendar.leaves"].search([("resource_id", "=", False)]).unlink()

    def make_old_customer(self, day=FRIDAY - timedelta(days=400), **values):
        """A customer who was created on a day long ago."""
        customer = self.make_customer(**values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s", [self.at(day), customer.id]
        )
        customer.invalidate_recordset()
        return customer

    def buy(self, days):
        customer = self.make_old_customer()
        for day in days:
            self.make_order(customer, day)
        return customer

    def pin(self, customer, kind, day, **values):
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
        """The row as it stands on a day, read on that day."""
        with freeze_time(self.at(day)):
            profile = self.profile(customer)
            profile.invalidate_recordset()
            profile.mapped("care_alert")
        return profile

    def assertAlerts(self, customer, start, alerts):
        """Alerts by the number of days since ``start``."""
        for days, expected in alerts.items():
            with self.subTest(days=days):
                profile = self.on(customer, start + timedelta(days=days))
                self.assertEqual(profile.care_alert, expected)

    # -- silence -----------------------------------------------------------------------------------

    def test_silence_of_a_starting_customer(self):
        """K = 14. Needs care: S ≥ K − min(3, ⌈K/5⌉); missed: S > K; neglected: S > max(2K, 30)."""
        self.assertAlerts(
            self.buy([FRIDAY]),
            FRIDAY,
            {
                **{0: "ok", 10: "ok", 11: "needs_care", 14: "needs_care"},
                **{15: "missed", 30: "missed", 31: "neglected"},
            },
        )

    def test_silence_of_a_potential_customer(self):
        """K = 30, from the creation date where there is neither care nor purchase."""
        self.assertAlerts(
            self.make_old_customer(FRIDAY),
            FRIDAY,
            {
                **{26: "ok", 27: "needs_care", 30: "needs_care"},
                **{31: "missed", 60: "missed", 61: "neglected"},
            },
        )

    def test_a_cycle_shortens_the_allowed_silence(self):
        """For levels of stage II with a confirmed or pinned cycle: K = min(K, max(7, C))."""
        customer = self.buy([FRIDAY])
        for cycle, allowed in ((6, 7), (7, 7), (9, 9), (14, 14), (60, 14)):
            self.pin(customer, "cycle", FRIDAY, cycle_days=cycle)
            with self.subTest(cycle=cycle):
                self.assertEqual(self.on(customer, FRIDAY).allowed_silence, allowed)
        self.pin(customer, "cycle", FRIDAY, cycle_days=7)
        profile = self.on(customer, FRIDAY)
        self.assertEqual(profile.care_due_date, FRIDAY + timedelta(days=5), "⌈7/5⌉ = 2 before")

    def test_smallest_policy_that_matches(self):
        """K = the smallest K of the care policies that match E."""
        tag = self.env["res.partner.category"].create({"name": "Key account"})
        policies = self.env["incom.care.policy"]
        policies.create({"name": "Key accounts", "silence_days": 5, "tag_id": tag.id})
        policies.create({"name": "Key, later", "silence_days": 9, "tag_id": tag.id})
        policies.create({"name": "Off", "silence_days": 1, "active": False})
        plain, key = self.buy([FRIDAY]), self.buy([FRIDAY])
        key.category_id = tag
        self.assertEqual(self.on(plain, FRIDAY).allowed_silence, 14)
        self.assertEqual(self.on(key, FRIDAY).allowed_silence, 5)

    def test_no_policy_no_silence(self):
        """Level other, or no matching policy: K is null and silence gives no reason."""
        other, unmatched = self.buy([FRIDAY]), self.buy([FRIDAY])
        self.pin(other, "other", FRIDAY)
        for customer in (other, unmatched):
            if customer == unmatched:
                self.env.ref("incom_crm.care_policy_starting").active = False
            profile = self.on(customer, FRIDAY + timedelta(days=100))
            self.assertFalse(profile.allowed_silence)
            self.assertFalse(profile.care_neglected_from)
            self.assertEqual(profile.care_alert, "ok")

    def test_what_ends_a_silence(self):
        """Care by a colleague does; an attempt, a late entry and the customer's own mail do not."""
        later = FRIDAY + timedelta(days=12)
        ends = {
            "content": {},
            "two_way": {"grade": "two_way"},
            "attempt": {"grade": "attempt"},
            "own mail": {"user_id": False, "direction": "in", "grade": "two_way"},
            "late entry": {"late": True},
        }
        for name, values in ends.items():
            customer = self.buy([FRIDAY])
            self.make_interaction(customer, later, **values)
            profile = self.on(customer, later)
            with self.subTest(interaction=name):
                ended = name in ("content", "two_way")
                self.assertEqual(profile.silence_from, later if ended else FRIDAY)
                cared = ended or name == "late entry"
                self.assertEqual(profile.last_cared_date, later if cared else False)
                self.assertEqual(profile.last_care_date, later if ended else False)

    def test_snooze(self):
        """Snoozed = OK until its date; the reasons come back on that day."""
        customer = self.buy([FRIDAY])
        self.pin(
            customer,
            "snooze",
            FRIDAY + timedelta(days=20),
            until=FRIDAY + timedelta(days=40),
        )
        self.assertAlerts(customer, FRIDAY, {19: "missed", 20: "ok", 39: "ok", 40: "neglected"})
        self.assertTrue(self.on(customer, FRIDAY + timedelta(days=39)).snoozed)

    # -- what interrupts ---------------------------------------------------------------------------

    def test_unanswered_message(self):
        """An incoming message unanswered ≥ 1 working day: a weekend is none."""
        customer = self.buy([FRIDAY])
        self.make_interaction(
            customer, self.at(FRIDAY, 15), user_id=False, direction="in", grade="two_way"
        )
        self.assertAlerts(customer, FRIDAY, {0: "ok", 2: "ok", 3: "missed"})
        self.make_interaction(customer, self.at(FRIDAY, 16), late=True)
        self.assertAlerts(customer, FRIDAY, {3: "ok"})

    def test_overdue_activity(self):
        """Needs care: an activity due today; missed: overdue ≥ 1 working day."""
        customer = self.buy([FRIDAY])
        contact = self.env["res.partner"].create({"name": "Person", "parent_id": customer.id})
        activity = contact.activity_schedule(
            "mail.mail_activity_data_todo", date_deadline=FRIDAY, user_id=self.sale_a1.id
        )
        self.assertAlerts(customer, FRIDAY, {0: "needs_care", 2: "needs_care", 3: "missed"})
        activity.date_deadline = MONDAY
        self.close_company(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
        self.assertAlerts(
            customer, MONDAY, {-1: "ok", 0: "needs_care", 1: "needs_care", 2: "missed"}
        )

    def test_activity_of_the_alert_job(self):
        """Activities made by the alert job are never a reason."""
        customer = self.buy([FRIDAY])
        alert = self.env["incom.care.alert"].create(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "user_id": self.sale_a1.id,
                "reason": "silence",
                "care_alert": "missed",
                "opened_on": FRIDAY,
            }
        )
        activity = customer.activity_schedule(
            "mail.mail_activity_data_todo", date_deadline=FRIDAY, incom_alert_id=alert.id
        )
        self.assertAlerts(customer, FRIDAY, {0: "ok", 5: "ok"})
        activity.incom_alert_id = False
        self.assertAlerts(customer, FRIDAY, {0: "needs_care"})

    def test_birthday(self):
        """A birthday within 3 days, while no interaction has happened since it opened."""
        customer = self.make_old_customer()
        self.make_interaction(customer, FRIDAY + timedelta(days=5))
        birthday = FRIDAY + timedelta(days=10)
        contact = self.env["res.partner"].create(
            {"name": "Person", "parent_id": customer.id, "birthdate": birthday.replace(year=1980)}
        )
        self.assertAlerts(
            customer, birthday, {-4: "ok", -3: "needs_care", 0: "needs_care", 1: "ok"}
        )
        self.make_interaction(customer, birthday - timedelta(days=3))
        self.assertAlerts(customer, birthday, {-3: "ok", 0: "ok"})
        contact.birthdate = date(2000, 2, 29)
        self.assertEqual(self.on(customer, FRIDAY).birthday_until, date(2027, 2, 28))

    # -- the reorder window ------------------------------------------------------------------------

    def window(self):
        """A customer with C = 20 whose reorder window is open from day 15 to 25 after FRIDAY."""
        customer = self.buy([FRIDAY - timedelta(days=20 * number) for number in range(3, -1, -1)])
        self.make_interaction(customer, FRIDAY + timedelta(days=13))
        return customer

    def test_window_untouched(self):
        """Needs care: the window is open and untouched; missed: it closed with nobody in touch."""
        self.assertAlerts(
            self.window(),
            FRIDAY,
            {14: "ok", 15: "needs_care", 25: "needs_care", 26: "missed", 27: "missed"},
        )

    def test_window_touched(self):
        """A contact or an order since it opened: no reason."""
        touched = self.window()
        self.make_interaction(touched, FRIDAY + timedelta(days=15))
        self.assertAlerts(touched, FRIDAY, {15: "ok", 25: "ok"})
        late = self.window()
        self.make_interaction(late, FRIDAY + timedelta(days=26))
        self.assertAlerts(late, FRIDAY, {26: "ok"})
        ordered = self.window()
        self.make_order(ordered, FRIDAY + timedelta(days=16))
        self.assertAlerts(ordered, FRIDAY, {16: "ok", 26: "ok"})

    def test_provisional_window(self):
        """A provisional cycle drives "about to repeat" only: its window is missed by nobody."""
        customer = self.buy([FRIDAY - timedelta(days=40), FRIDAY - timedelta(days=20), FRIDAY])
        self.make_interaction(customer, FRIDAY + timedelta(days=13))
        self.assertAlerts(
            customer, FRIDAY, {14: "ok", 15: "needs_care", 25: "needs_care", 26: "ok"}
        )

    # -- exploited -----------------------------------------------------------------------------------

    def test_not_exploited(self):
        """Not exploited: older than 30 days, never cared, never bought."""
        customer = self.make_old_customer(FRIDAY)
        day = FRIDAY + timedelta(days=31)
        self.assertFalse(self.on(customer, day - timedelta(days=1)).not_exploited)
        self.assertTrue(self.on(customer, day).not_exploited)
        self.make_interaction(customer, FRIDAY, late=True)
        self.assertFalse(self.on(customer, day).not_exploited)

    def test_badly_exploited_fruitless(self):
        """≥ 3 care interactions in 90 days that led to no new opportunity, quotation or order."""
        customer = self.make_old_customer()
        for days in (1, 1, 30):
            self.make_interaction(customer, FRIDAY + timedelta(days=days))
        self.assertTrue(self.on(customer, FRIDAY + timedelta(days=90)).badly_exploited)
        self.assertFalse(self.on(customer, FRIDAY + timedelta(days=91)).badly_exploited)
        self.make_order(customer, FRIDAY + timedelta(days=1), state="draft").flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE partner_id = %s",
            [self.at(FRIDAY + timedelta(days=1)), customer.id],
        )
        self.assertFalse(self.on(customer, FRIDAY + timedelta(days=90)).badly_exploited)

    def test_badly_exploited_shrinking(self):
        """12-month revenue < 50 % of the 12 months before, while cared for."""
        day = FRIDAY + timedelta(days=30)
        for now, shrinking in ((49, True), (50, False)):
            customer = self.make_old_customer()
            self.make_order(customer, day - timedelta(days=365), amount=100)
            self.make_order(customer, day - timedelta(days=364), amount=now)
            self.make_interaction(customer, day - timedelta(days=89))
            with self.subTest(now=now):
                profile = self.on(customer, day)
                self.assertEqual((profile.revenue_12m, profile.revenue_previous_12m), (now, 100))
                self.assertEqual(profile.badly_exploited, shrinking)
                next_day = self.on(customer, day + timedelta(days=1))
                self.assertFalse(next_day.badly_exploited, "cared for too long ago")
