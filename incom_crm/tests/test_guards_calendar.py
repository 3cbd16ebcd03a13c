from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestCalendarGuard(IncomCrmCommon):
    """A's meeting with a customer is hidden from B; that A is busy is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.make_customer(cls, "Secret", cls.sale_a1)
        cls.start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=2)
        cls.event = cls.meeting(cls.sale_a1, "Secret talk", cls.secret)

    @classmethod
    def meeting(cls, user, name, *partners, **values):
        return cls.env["calendar.event"].create(
            {
                "name": name,
                "user_id": user.id,
                "start": cls.start,
                "stop": cls.start + timedelta(hours=1),
                "partner_ids": [
                    Command.set([user.partner_id.id, *(partner.id for partner in partners)])
                ],
                **values,
            }
        )

    def test_messages_are_searched_past_hidden_meetings(self):
        self.event.message_post(body="Secret words", message_type="comment")
        self.env.invalidate_all()
        messages = self.env["mail.message"].with_user(self.sale_b1)
        found = messages.search([("model", "=", "calendar.event"), ("res_id", "=", self.event.id)])
        self.assertFalse(found)
        self.assertFalse(self.event.message_ids.with_user(self.sale_b1)._filtered_access("read"))
        leader = self.env["mail.message"].with_user(self.leader_a)
        self.assertTrue(leader.search([("body", "ilike", "Secret words")]))

    def test_busy_colleague(self):
        self.env.invalidate_all()
        colleague = self.sale_a1.partner_id.with_user(self.sale_b1)
        busy = colleague._get_busy_calendar_events(self.start, self.start + timedelta(hours=1))
        self.assertEqual(busy[colleague.id].ids, self.event.ids)
        mine = (
            self.env["calendar.event"]
            .with_user(self.sale_b1)
            .create(
                {
                    "name": "With a colleague",
                    "start": self.start,
                    "stop": self.start + timedelta(hours=1),
                    "partner_ids": [Command.link(colleague.id)],
                }
            )
        )
        self.assertEqual(mine.unavailable_partner_ids, colleague)

    def test_private_meeting_is_not_found_by_its_words(self):
        """The superior sees that he is busy, and cannot guess at what."""
        private = self.meeting(self.sale_a1, "Dentist", privacy="private", location="Hanoi")
        self.env.invalidate_all()
        events = self.env["calendar.event"].with_user(self.leader_a)
        self.assertIn(private, events.search([("user_id", "=", self.sale_a1.id)]))
        self.assertFalse(events.search([("name", "=", "Dentist")]))
        self.assertFalse(events.search_count([("location", "ilike", "hanoi")]))
        self.assertIn(private, events.with_user(self.sale_a1).search([("name", "=", "Dentist")]))
        self.assertIn(self.event, events.search([("name", "=", "Secret talk")]))
