from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .test_meeting_figures import MeetingCommon


@tagged("post_install", "-at_install")
class TestVisit(MeetingCommon):
    """A field visit on the server's side."""

    def events(self, user=None):
        return self.env["calendar.event"].with_user(user or self.sale_a1)

    def arrive(self, user=None):
        self.events(user).incom_visit_arrive(self.customer.id)
        return self.events(user)._open_visit()

    def test_one_visit_one_meeting_one_line(self):
        visit = self.arrive()
        self.assertEqual(visit.meeting_type_id, self.types["intro"])
        self.events().incom_visit_save("They ask for", self.types["demo"].id)
        self.events().incom_visit_leave("held", "They ask for blue bags")
        self.assertFalse(self.events()._open_visit())
        self.assertEqual(visit.meeting_outcome, "held")
        self.assertEqual(visit.meeting_type_id, self.types["demo"])
        self.assertTrue(visit.is_customer_meeting)
        self.assertGreater(visit.stop, visit.start)
        row = self.env["incom.interaction"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual((row.event_id, row.grade), (visit, "two_way"))
        self.assertEqual(row.body, "They ask for blue bags")

    def test_end_is_the_time_of_leaving(self):
        with freeze_time("2026-03-10 02:00:00"):
            visit = self.arrive()
        with freeze_time("2026-03-10 02:25:00"):
            self.events().incom_visit_leave("held", "", self.types["demo"].id)
        self.assertEqual(visit.stop - visit.start, timedelta(minutes=25))

    def test_left_open_over_night(self):
        with freeze_time("2026-03-10 02:00:00"):
            visit = self.arrive()
            planned = visit.stop
        with freeze_time("2026-03-11 01:00:00"):
            self.assertFalse(self.events().incom_visit_current()["visit"]["of_today"])
            self.events().incom_visit_leave("held", "", self.types["demo"].id)
        self.assertEqual(visit.stop, planned)

    def test_found_again(self):
        self.arrive()
        self.events().incom_visit_save("Half a sentence")
        found = self.events().incom_visit_current()
        self.assertEqual(found["customer"]["id"], self.customer.id)
        self.assertEqual(found["visit"]["note"], "Half a sentence")
        self.assertFalse(self.events(self.leader_a).incom_visit_current()["visit"])

    def test_one_at_a_time(self):
        self.arrive()
        with self.assertRaisesRegex(UserError, "going on"):
            self.events().incom_visit_arrive(self.customer.id)
        self.arrive(self.leader_a)

    def test_planned_meeting_is_taken(self):
        start = fields.Datetime.now().replace(minute=0) - timedelta(minutes=10)
        planned = self.make_meeting(start, kind="delivery")
        if planned.meeting_day != self.today:
            planned.write({"start": fields.Datetime.now(), "stop": fields.Datetime.now()})
        before = (planned.start, planned.stop)
        self.assertEqual(self.arrive(), planned)
        self.assertEqual(planned.meeting_type_id, self.types["delivery"])
        self.events().incom_visit_discard()
        self.assertEqual((planned.start, planned.stop), before)
        self.assertFalse(self.events()._open_visit())

    def test_arrived_by_mistake(self):
        visit = self.arrive()
        self.events().incom_visit_discard()
        self.assertFalse(visit.exists())
        self.assertFalse(
            self.env["incom.interaction"].search([("partner_id", "=", self.customer.id)])
        )

    def test_nobody_was_there(self):
        visit = self.arrive()
        self.events().incom_visit_leave("not_held")
        self.assertEqual(visit.meeting_outcome, "not_held")

    def test_type_of_an_open_opportunity(self):
        self.env["crm.lead"].create(
            {
                "name": "Machine",
                "type": "opportunity",
                "partner_id": self.customer.id,
                "expected_revenue": 100,
                "user_id": self.sale_a1.id,
            }
        )
        self.commit()
        self.assertEqual(self.arrive().meeting_type_id, self.types["opportunity"])

    # -- the place --------------------------------------------------------------------------------

    def test_place(self):
        visit = self.arrive()
        self.assertFalse(visit.visit_map_url)
        self.events().incom_visit_place(10.7769, 106.7009, 12.4)
        self.assertEqual(visit.visit_accuracy, 12)
        self.assertIn("mlat=10.776900&mlon=106.700900", visit.visit_map_url)

    def test_no_place_on_earth(self):
        self.arrive()
        for wrong in ((91, 0, 1), (0, 181, 1), (0, 0, -1), ("1", 2, 3), (True, 0, 1), (None, 0, 1)):
            with self.assertRaises(UserError):
                self.events().incom_visit_place(*wrong)
        self.assertFalse(self.events()._open_visit().visit_accuracy)

    def test_visit_without_a_place(self):
        visit = self.arrive()
        self.events().incom_visit_leave("held")
        self.assertFalse(visit.visit_map_url)
        self.assertEqual(visit.meeting_outcome, "held")

    # -- refusals ---------------------------------------------------------------------------------

    def test_nothing_goes_on(self):
        for act in ("incom_visit_save", "incom_visit_leave", "incom_visit_discard"):
            with self.assertRaisesRegex(UserError, "No visit"):
                getattr(self.events(), act)()

    def test_no_customer(self):
        for wrong in (False, None, 0, "1", True, self.customer.id + 1_000_000):
            with self.assertRaisesRegex(UserError, "Choose"):
                self.events().incom_visit_arrive(wrong)

    def test_customers_of_colleagues_are_not_visited(self):
        self.env["incom.isolation"]._switch(True)
        with self.assertRaisesRegex(UserError, "Choose"):
            self.events(self.sale_b1).incom_visit_arrive(self.customer.id)
        self.assertFalse(
            self.events(self.sale_b1).incom_visit_current(self.customer.id)["customer"]
        )
        for user in (self.office, self.portal):
            with self.assertRaises(AccessError):
                self.events(user).incom_visit_arrive(self.customer.id)
