from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestMeetingTours(HttpCase):
    """Meetings and visits as a salesperson does them, on a desk."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.salesperson = new_test_user(
            cls.env,
            "salesperson",
            groups="sales_team.group_sale_salesman,base.group_partner_manager",
            lang="en_US",
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Tour late", "is_company": True, "user_id": cls.salesperson.id}
        )
        cls.env.flush_all()
        cls.env["incom.customer.profile"]._refresh()

    def make_meeting(self, name):
        start = fields.Datetime.now() - timedelta(days=10)
        return self.env["calendar.event"].create(
            {
                "name": name,
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": self.salesperson.id,
                "partner_ids": [Command.set((self.customer | self.salesperson.partner_id).ids)],
                "meeting_type_id": self.env.ref("incom_crm.meeting_type_demo").id,
            }
        )

    def tour(self, name, path):
        self.start_tour(path, name, login=self.salesperson.login)

    def visit(self):
        visit = self.env["calendar.event"].search([("user_id", "=", self.salesperson.id)])
        self.assertEqual(len(visit), 1)
        self.assertFalse(visit.visit_open)
        return visit

    def test_visit(self):
        self.tour("incom_crm_visit", f"/odoo/customer-list/{self.customer.id}")
        visit = self.visit()
        self.assertEqual(visit.meeting_outcome, "held")
        self.assertEqual(visit.meeting_type_id, self.env.ref("incom_crm.meeting_type_demo"))
        self.assertEqual(visit.visit_accuracy, 15)
        line = self.env["incom.interaction"].search([("event_id", "=", visit.id)])
        self.assertEqual(line.body, "They ask for blue bags")
        self.assertEqual(self.customer.activity_ids.summary, "Send the sample")

    def test_visit_without_place(self):
        self.tour("incom_crm_visit_without_place", f"/odoo/customer-list/{self.customer.id}")
        visit = self.visit()
        self.assertEqual(visit.meeting_outcome, "not_held")
        self.assertFalse(visit.visit_map_url)

    def test_visit_from_the_menu(self):
        self.tour("incom_crm_visit_choose", "/odoo/visit")
        self.assertFalse(self.env["calendar.event"].search([("user_id", "=", self.salesperson.id)]))

    def test_results(self):
        first, second = self.make_meeting("First talk"), self.make_meeting("Second talk")
        self.tour("incom_crm_meeting_results", "/odoo/meeting-results")
        self.assertEqual(first.meeting_outcome, "held")
        self.assertEqual(second.meeting_outcome, "cancelled")

    def test_held_in_the_form(self):
        meeting = self.make_meeting("First talk")
        self.tour("incom_crm_meeting_held", f"/odoo/calendar.event/{meeting.id}")
        self.assertEqual(meeting.meeting_outcome, "held")
        line = self.env["incom.interaction"].search([("event_id", "=", meeting.id)])
        self.assertEqual(line.body, "They signed")


@tagged("post_install", "-at_install")
class TestMeetingToursOnPhone(TestMeetingTours):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True
