from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_meeting_figures import MeetingCommon

FORM = "calendar.view_calendar_event_form"
QUICK_CREATE = "calendar.view_calendar_event_form_quick_create"


@tagged("post_install", "-at_install")
class TestMeetingOutcome(MeetingCommon):
    """Saying how a meeting went."""

    def diary(self, event):
        return self.env["incom.interaction"].search([("event_id", "in", event.ids)])

    def past_meeting(self, days=3, **values):
        return self.make_meeting(self.at(self.days_ago(days)), **{"kind": "demo", **values})

    def test_held_with_words(self):
        event = self.past_meeting().with_user(self.sale_a1)
        event.incom_set_outcome("held", " Wants <b>bags</b> in blue ")
        row = self.diary(event)
        self.assertEqual((row.grade, row.channel, row.user_id), ("two_way", "visit", self.sale_a1))
        self.assertEqual(row.body, "Wants <b>bags</b> in blue")
        self.assertEqual(row.partner_id, self.customer)

    def test_held_with_one_tap(self):
        event = self.past_meeting().with_user(self.sale_a1)
        event.action_outcome_held()
        self.assertEqual(self.diary(event).body, event.name)
        self.assertFalse(event.outcome_asked)

    def test_words_added_later(self):
        event = self.past_meeting()
        event.incom_set_outcome("held")
        event.outcome_text = "They signed"
        self.assertEqual(self.diary(event).body, "They signed")

    def test_subject_of_private_meeting_is_not_in_diary(self):
        event = self.past_meeting(name="Surgery", privacy="private")
        event.incom_set_outcome("held")
        self.assertFalse(self.diary(event).body)

    def test_not_held_and_taken_back(self):
        event = self.past_meeting()
        event.incom_set_outcome("not_held")
        self.assertEqual(self.diary(event).grade, "attempt")
        event.incom_set_outcome("planned")
        self.assertEqual(self.diary(event).source_state, "revoked")
        self.assertTrue(event.outcome_asked)

    def test_cancelled_is_no_contact(self):
        event = self.past_meeting()
        event.incom_set_outcome("cancelled")
        self.assertFalse(self.diary(event))

    def test_activity_of_the_meeting_is_closed(self):
        model = self.env["ir.model"]._get_id("res.partner")
        for outcome, done in (("held", True), ("not_held", True), ("cancelled", False)):
            event = self.past_meeting(res_model_id=model, res_id=self.customer.id)
            activity = event.activity_ids
            self.assertEqual(len(activity), 1)
            event.with_user(self.sale_a1).incom_set_outcome(outcome, "They liked it")
            self.assertEqual(bool(activity.exists()), done)
            self.assertFalse(done and activity.active)
            rows = self.diary(event)
            self.assertEqual(rows.mapped("body"), ["They liked it"] if done else [])
            self.assertFalse(
                self.env["incom.interaction"].search([("activity_id", "=", activity.id)])
            )

    def test_refusals(self):
        to_come = self.make_meeting(self.at(self.days_ago(-2)))
        for outcome in ("held", "not_held"):
            with self.assertRaisesRegex(UserError, "not begun"):
                to_come.incom_set_outcome(outcome)
        to_come.incom_set_outcome("cancelled")
        event = self.past_meeting()
        for wrong in ("won", "", False, None, 3, ["held"]):
            with self.assertRaises(UserError):
                event.incom_set_outcome(wrong)
        for wrong in (3, ["x"], "x" * 10_001, "a\0b"):
            with self.assertRaises(UserError):
                event.incom_set_outcome("held", wrong)
        with self.assertRaises(UserError):
            (event | to_come).incom_set_outcome("held")
        self.assertEqual(event.meeting_outcome, "planned")

    def test_only_who_may_change_the_meeting(self):
        self.env["incom.isolation"]._switch(True)
        event = self.past_meeting()
        for user in (self.sale_a2, self.leader_b, self.office, self.portal):
            with self.assertRaises(AccessError):
                event.with_user(user).incom_set_outcome("held")
        event.with_user(self.leader_a).incom_set_outcome("held")

    def test_all_day_meeting_of_today(self):
        event = self.make_meeting(
            self.at(self.today),
            kind="demo",
            allday=True,
            start_date=self.today,
            stop_date=self.today,
        )
        self.assertFalse(event.outcome_asked)
        event.incom_set_outcome("held")
        self.assertEqual(self.diary(event).grade, "two_way")

    # -- asked for, missing -----------------------------------------------------------------------

    def test_asked_for_when_over(self):
        now = self.env.cr.now()
        cases = {
            "over": (self.make_meeting(now - timedelta(hours=2)), True),
            "going on": (self.make_meeting(now - timedelta(minutes=30)), False),
            "to come": (self.make_meeting(now + timedelta(hours=2)), False),
            "no customer": (self.past_meeting(guests=self.stranger), False),
            "answered": (self.past_meeting(outcome="held"), False),
        }
        for name, (event, expected) in cases.items():
            with self.subTest(name):
                self.assertEqual(event.outcome_asked, expected)

    def test_missing_from_the_next_working_day_on(self):
        """Counted by hand: the first weekday after the end that is no holiday has come."""
        self.close_company(self.days_ago(2), self.days_ago(1))
        holidays = {self.days_ago(2), self.days_ago(1)}
        for age in range(9):
            day = self.days_ago(age)
            event = self.make_meeting(self.at(day, 9), kind="demo")
            all_day = self.make_meeting(
                self.at(day, 9), kind="demo", allday=True, start_date=day, stop_date=day
            )
            following = (self.days_ago(earlier) for earlier in range(age))
            expected = any(day.isoweekday() <= 5 and day not in holidays for day in following)
            with self.subTest(age=age):
                for meeting in (event, all_day):
                    self.assertEqual(meeting.outcome_missing, expected)

    def test_missing_only_with_customers_and_without_outcome(self):
        missing = self.past_meeting(days=10)
        for other in (
            self.past_meeting(days=10, guests=self.stranger),
            self.past_meeting(days=10, outcome="cancelled"),
            self.past_meeting(days=10, outcome="held"),
        ):
            self.assertFalse(other.outcome_missing)
        events = self.env["calendar.event"]
        found = events.search(events._incom_missing_outcome_domain(self.sale_a1.ids))
        self.assertEqual(found, missing)
        self.assertTrue(missing.outcome_missing)

    # -- series -----------------------------------------------------------------------------------

    def series(self):
        """Four weekly meetings, two of them past."""
        first = self.days_ago(10)
        event = self.make_meeting(
            self.at(first),
            kind="opportunity",
            recurrency=True,
            rrule_type="weekly",
            end_type="count",
            count=4,
            **{first.strftime("%a").lower(): True},
        )
        return event.recurrence_id.calendar_event_ids.sorted("start")

    def test_one_occurrence(self):
        occurrences = self.series()
        occurrences[0].incom_set_outcome("held", "Good start")
        self.assertEqual(
            occurrences.mapped("meeting_outcome"), ["held", "planned", "planned", "planned"]
        )
        self.assertEqual(len(self.diary(occurrences)), 1)

    def test_form_that_writes_on_all_occurrences(self):
        for update in ("all_events", "future_events"):
            occurrences = self.series()
            occurrences[1].write({"recurrence_update": update, "meeting_outcome": "held"})
            self.assertEqual(
                occurrences.mapped("meeting_outcome"), ["planned", "held", "planned", "planned"]
            )

    def test_type_of_all_occurrences(self):
        occurrences = self.series()
        occurrences[0].incom_set_outcome("held")
        occurrences[1].write(
            {
                "recurrence_update": "all_events",
                "meeting_type_id": self.types["demo"].id,
                "meeting_outcome": "not_held",
            }
        )
        self.assertEqual(occurrences.meeting_type_id, self.types["demo"])
        self.assertEqual(
            occurrences.mapped("meeting_outcome"), ["held", "not_held", "planned", "planned"]
        )

    def test_series_that_took_place_is_not_replaced(self):
        occurrences = self.series()
        occurrences[0].incom_set_outcome("held")
        later = {"start": occurrences[1].start + timedelta(hours=1)}
        with self.assertRaisesRegex(UserError, "took place"):
            occurrences[1].write({"recurrence_update": "all_events", **later})
        occurrences[1].write({"recurrence_update": "future_events", **later})
        self.assertTrue(occurrences[0].active)
        self.assertEqual(occurrences[0].meeting_outcome, "held")

    # -- forms ------------------------------------------------------------------------------------

    def fill(self, view, guest):
        form = Form(self.env["calendar.event"].with_user(self.sale_a1), view)
        form.name = "Meeting"
        form.partner_ids.add(guest)
        return form

    def test_type_is_required_with_customers_only(self):
        for view in (FORM, QUICK_CREATE):
            with self.subTest(view):
                form = self.fill(view, self.contact)
                with self.assertRaisesRegex(AssertionError, "meeting_type_id"):
                    form.save()
                form.meeting_type_id = self.types["demo"]
                self.assertTrue(form.save().is_customer_meeting)
                self.assertFalse(self.fill(view, self.sale_a2.partner_id).save().meeting_type_id)

    def test_type_is_no_constraint(self):
        """Synchronised calendars and other apps create, move and answer meetings without a type."""
        start = self.at(self.days_ago(3))
        guests = [Command.set((self.sale_a1.partner_id | self.contact).ids)]
        raw = {"name": "From outside", "start": start, "stop": start + timedelta(hours=1)}
        events = self.env["calendar.event"].with_user(self.sale_a1)
        event = events.create({**raw, "partner_ids": guests, "attendee_ids": []})
        event.write({"start": start + timedelta(hours=1), "stop": start + timedelta(hours=2)})
        event.incom_set_outcome("held")
        period = (self.days_ago(9), self.today)
        found = events.search(events._incom_untyped_domain(self.sale_a1.ids, *period))
        self.assertEqual(found, event)
