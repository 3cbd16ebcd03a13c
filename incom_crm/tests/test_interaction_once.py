from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .test_interaction import TEXT
from .test_interaction_changes import ChangesCase

FORGET = "DELETE FROM incom_interaction WHERE partner_id = %s"


class OnceCase(ChangesCase):
    def facts(self):
        """What the diary says, whatever the rows' numbers are."""
        names = ("date", "user_id", "contact_id", "channel", "direction", "grade", "body", "late")
        return [
            tuple(row[name] for name in names) for row in self.rows().read(names, load=False)
        ]  # fmt: skip

    def read_again(self):
        """The same history as a back-fill finds it."""
        self.env.flush_all()
        self.env.cr.execute(FORGET, [self.customer.id])
        self.env.invalidate_all()
        self.env["incom.interaction"]._backfill()
        return self.facts()


@tagged("post_install", "-at_install")
class TestMeetingAndItsActivity(OnceCase):
    """A meeting and the activity that planned it are one contact; the meeting has the row."""

    def meeting(self):
        """A past meeting as planned on the lead: Odoo makes the activity."""
        start = fields.Datetime.now() - timedelta(hours=5)
        event = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": self.sale_a1.id,
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead.id,
                "partner_ids": [Command.set((self.contact | self.sale_a1.partner_id).ids)],
            }
        )
        self.assertEqual(len(event.activity_ids), 1)
        return event

    def close(self, event, feedback=TEXT):
        event.activity_ids.with_user(self.sale_a2).sudo().action_feedback(feedback=feedback)

    def assertMeeting(self, event, grade, body):
        row = self.assertDiary((grade, "visit", "out"))
        self.assertRecordValues(
            row,
            [{"event_id": event.id, "body": body, "user_id": self.sale_a1.id, "date": event.start}],
        )
        facts = self.facts()
        self.assertEqual(self.read_again(), facts)

    def test_activity_first(self):
        event = self.meeting()
        self.close(event)
        row = self.assertDiary(("content", "visit", "out"))
        self.assertFalse(row.event_id)
        event.meeting_outcome = "held"
        self.assertMeeting(event, "two_way", TEXT)

    def test_meeting_first(self):
        event = self.meeting()
        event.meeting_outcome = "held"
        self.close(event)
        self.assertMeeting(event, "two_way", TEXT)

    def test_closed_without_a_word(self):
        event = self.meeting()
        event.meeting_outcome = "held"
        self.close(event, feedback=False)
        self.assertMeeting(event, "two_way", "Visit")

    def test_meeting_that_did_not_take_place(self):
        event = self.meeting()
        self.close(event, "Nobody was at the office")
        event.meeting_outcome = "not_held"
        self.assertMeeting(event, "attempt", "Nobody was at the office")

    def test_outcome_taken_back(self):
        """The meeting no longer says what happened: the words said on closing the activity do."""
        for first in ("activity", "meeting"):
            event = self.meeting()
            if first == "activity":
                self.close(event)
            event.meeting_outcome = "held"
            if first == "meeting":
                self.close(event)
            before = self.rows().filtered(lambda row, event=event: row.event_id == event)
            others = self.rows() - before
            event.meeting_outcome = "cancelled"
            with self.subTest(first=first):
                new = self.rows() - before - others
                self.assertEqual((new.grade, new.body), ("content", TEXT))
                self.assertEqual(before.source_state, "revoked")
                event.meeting_outcome = "held"
                self.assertFalse(new.exists())

    def test_activity_on_another_customer_is_its_own_contact(self):
        other = self.make_customer("Other customer")
        event = self.meeting()
        self.plan(other).calendar_event_id = event
        self.close(event)
        event.meeting_outcome = "held"
        self.assertDiary(("two_way", "visit", "out"))
        self.assertDiary(("content", "phone", "out"), partner=other)


@tagged("post_install", "-at_install")
class TestDoneMessages(OnceCase):
    """Activities of before Odoo kept the done ones: only the message tells of them."""

    NOTE = '<div class="o_mail_note_title">%s</div><div><p>Bring the samples along</p></div>'
    HEADING = '<p><span class="fa fa-phone"></span><span>Call</span> done<span>: </span><span>Forecast</span></p>'

    def message(self, feedback="", note="", kind="mail.mail_activity_data_call", **values):
        """What Odoo 17 posted on marking an activity as done, days ago."""
        moment = fields.Datetime.now() - timedelta(days=40)
        message = self.env["mail.message"].create(
            {
                "model": "crm.lead",
                "res_id": self.lead.id,
                "message_type": "notification",
                "subtype_id": self.env.ref("mail.mt_activities").id,
                "mail_activity_type_id": self.env.ref(kind).id,
                "author_id": self.sale_a2.partner_id.id,
                "date": moment,
                "body": f"<div>{self.HEADING}{feedback and f'<div>{feedback}</div>'}{note}</div>",
                **values,
            }
        )
        self.assertDiary()
        return message

    def assertRead(self, grade, body, channel="phone"):
        self.env["incom.interaction"]._backfill()
        row = self.assertDiary((grade, channel, "out"))
        self.assertEqual((row.body, row.user_id, row.late), (body, self.sale_a2, False))
        self.assertEqual(row.contact_id, self.contact)
        self.env["incom.interaction"]._backfill()
        self.assertEqual(self.rows(), row)
        return row

    def test_with_feedback_is_content(self):
        message = self.message("Wants a price<br>by Friday", self.NOTE % "<strong>Note:</strong>")
        row = self.assertRead("content", "Wants a price by Friday")
        self.assertEqual((row.message_id, row.date), (message, message.date))
        self.assertEqual((row.res_model, row.res_id), ("crm.lead", self.lead.id))

    def test_without_feedback_is_an_attempt(self):
        """The activity's own note was written before, it says nothing of what happened."""
        self.message(note=self.NOTE % "Original note:")
        self.assertRead("attempt", "Call done: Forecast")

    def test_feedback_after_the_note(self):
        """As Odoo writes it today: the note, then the feedback under a title of its own."""
        note = (self.NOTE % "Original note:").replace("title", "title fw-bold")
        self.message(note=f'{note}<div><div class="fw-bold">Feedback:</div>Wants a price</div>')
        self.assertRead("content", "Wants a price")

    def test_what_odoo_posts_now_reads_the_same(self):
        activity = self.plan(self.lead)
        activity.note = "<p>Bring the samples along</p>"
        activity.with_user(self.sale_a2).sudo().action_feedback(feedback=TEXT)
        expected = self.facts()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM mail_activity WHERE id = %s", [activity.id])
        self.env.invalidate_all()
        self.assertEqual(self.read_again(), expected)

    def test_kind_of_activity_is_the_channel(self):
        self.message("Wants a price", kind="mail.mail_activity_data_todo")
        self.assertRead("content", "Wants a price", channel="other")

    def test_nobodys_work_is_nothing(self):
        self.message("Wants a price", author_id=self.env.ref("base.partner_root").id)
        self.message("Wants a price", author_id=self.contact.id)
        self.message("Wants a price", date=fields.Datetime.now() + timedelta(days=1))
        self.env["incom.interaction"]._backfill()
        self.assertDiary()

    def test_activity_that_is_kept_counts_once(self):
        self.done(self.lead)
        self.assertDiary(("content", "phone", "out"))
        self.assertEqual(len(self.read_again()), 1)

    def test_activity_deleted_later_counts_once(self):
        self.done(self.lead).unlink()
        before = self.rows()
        self.env["incom.interaction"]._backfill()
        self.assertEqual(self.rows(), before)

    def test_meeting_has_the_row(self):
        """Nothing leads from the message to its meeting but the days between them."""
        message = self.message("Liked it", kind="mail.mail_activity_data_meeting")
        start = message.date - timedelta(days=1)
        event = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": self.sale_a2.id,
                "partner_ids": [Command.set(self.contact.ids)],
            }
        )
        self.env["incom.interaction"]._backfill()
        self.assertEqual(self.assertDiary(("two_way", "visit", "out")).event_id, event)

    def test_history_of_a_document_that_gets_its_customer(self):
        lead = self.lead_of_nobody()
        self.message("Wants a price", res_id=lead.id)
        lead.partner_id = self.contact
        self.assertDiary(("content", "phone", "out"))
