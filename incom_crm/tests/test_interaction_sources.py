from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from ..models.care.mail_message import WRITTEN_BY_CALLER
from .test_interaction import BODY, TEXT, DiaryCase


@tagged("post_install", "-at_install")
class TestActivities(DiaryCase):
    """Activities done."""

    def plan(self, record=None, kind="mail.mail_activity_data_call", **values):
        record = record or self.customer
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "activity_type_id": self.env.ref(kind).id,
                "user_id": self.sale_a1.id,
                "summary": "Ask for the forecast",
                **values,
            }
        )

    def test_with_feedback_is_content_once(self):
        activity = self.plan()
        activity.with_user(self.sale_a2).sudo().action_feedback(feedback=TEXT)
        row = self.assertDiary(("content", "phone", "out"))
        self.assertRecordValues(
            row,
            [{"body": TEXT, "user_id": self.sale_a2.id, "activity_id": activity.id, "late": False}],
        )
        self.assertTrue(self.customer.message_ids.filtered("mail_activity_type_id"))

    def test_without_text_is_an_attempt(self):
        for kind, channel in (
            ("mail.mail_activity_data_call", "phone"),
            ("mail.mail_activity_data_todo", "other"),
        ):
            with self.subTest(kind=kind):
                before = self.rows()
                self.plan(self.lead, kind).with_user(self.sale_a1).action_done()
                row = self.rows() - before
                self.assertEqual((row.grade, row.channel), ("attempt", channel))
                self.assertEqual(row.contact_id, self.contact)

    def test_automated_without_text_is_nothing(self):
        self.plan(automated=True).with_user(self.sale_a1).action_done()
        self.assertDiary()
        self.plan(automated=True).with_user(self.sale_a1).action_feedback(feedback=TEXT)
        self.assertDiary(("content", "phone", "out"))

    def test_cancelled_is_nothing(self):
        self.plan().unlink()
        self.assertDiary()

    def test_promise_is_an_activity(self):
        promise = self.plan(kind="incom_crm.mail_activity_type_promise")
        self.assertTrue(promise.date_deadline)

    def test_activities_touch_their_customer(self):
        touched = self.env.cr.precommit.data

        def clear():
            self.env["incom.customer.queue"]._flush_touched()
            self.assertNotIn("incom_crm.touched", touched)

        for record in (self.customer, self.contact, self.lead, self.order, self.invoice):
            expected = record.id if record._name == "res.partner" else record.partner_id.id
            with self.subTest(model=record._name):
                clear()
                activity = self.plan(record)
                self.assertIn(expected, touched["incom_crm.touched"])
                clear()
                activity.date_deadline = self.today + timedelta(days=3)
                self.assertIn(expected, touched["incom_crm.touched"])
                clear()
                activity.unlink()
                self.assertIn(expected, touched["incom_crm.touched"])


@tagged("post_install", "-at_install")
class TestMeetings(DiaryCase):
    """Meetings and their outcome."""

    def meet(self, days=-1, **values):
        start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=days)
        return (
            self.env["calendar.event"]
            .with_user(self.sale_a1)
            .create(
                {
                    "name": "Visit",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "user_id": self.sale_a1.id,
                    "partner_ids": [
                        Command.set((self.contact | self.sale_a1.partner_id).ids),
                    ],
                    **values,
                }
            )
        )

    def test_planned_is_nothing(self):
        self.assertEqual(self.meet().meeting_outcome, "planned")
        self.assertDiary()

    def test_outcome_grades(self):
        for outcome, grade in (("held", "two_way"), ("not_held", "attempt")):
            with self.subTest(outcome=outcome):
                before = self.rows()
                event = self.meet()
                event.meeting_outcome = outcome
                row = self.rows() - before
                self.assertRecordValues(
                    row,
                    [
                        {
                            "grade": grade,
                            "channel": "visit",
                            "user_id": self.sale_a1.id,
                            "contact_id": self.contact.id,
                            "event_id": event.id,
                            "date": event.start,
                            "late": False,
                        }
                    ],
                )

    def test_created_with_its_outcome_and_late(self):
        self.meet(days=-4, meeting_outcome="held")
        self.assertTrue(self.assertDiary(("two_way", "visit", "out")).late)

    def test_cancelled_is_nothing(self):
        self.meet().meeting_outcome = "cancelled"
        self.assertDiary()

    def test_future_is_nothing(self):
        event = self.meet(days=1)
        event.meeting_outcome = "held"
        self.env["incom.interaction"]._record_begun_meetings()
        self.assertDiary()
        with freeze_time(event.start):
            self.env["incom.interaction"]._record_begun_meetings()
            self.env["incom.interaction"]._record_begun_meetings()
        self.assertEqual(self.assertDiary(("two_way", "visit", "out")).date, event.start)

    def test_every_customer_once(self):
        other = self.make_customer("Other customer")
        colleague = self.env["res.partner"].create({"name": "Clerk", "parent_id": self.customer.id})
        event = self.meet(
            partner_ids=[
                Command.set((self.contact | colleague | other | self.sale_a1.partner_id).ids)
            ],
            opportunity_id=self.lead.id,
        )
        event.meeting_outcome = "held"
        self.assertDiary(("two_way", "visit", "out"))
        self.assertDiary(("two_way", "visit", "out"), partner=other)

    def test_customer_of_the_document(self):
        for record in (self.order, self.lead):
            with self.subTest(model=record._name):
                before = self.rows()
                event = self.meet(
                    partner_ids=[Command.clear()],
                    res_model_id=self.env["ir.model"]._get_id(record._name),
                    res_id=record.id,
                )
                event.meeting_outcome = "held"
                self.assertEqual((self.rows() - before).grade, "two_way")

    def test_changed_outcome_marks_and_appends(self):
        event = self.meet()
        event.meeting_outcome = "held"
        event.meeting_outcome = "not_held"
        rows = self.assertDiary(("two_way", "visit", "out"), ("attempt", "visit", "out"))
        self.assertEqual(rows.mapped("source_state"), ["revoked", "kept"])
        event.meeting_outcome = "cancelled"
        self.assertEqual(rows.mapped("source_state"), ["revoked", "revoked"])
        event.name = "Visit, third"
        event.meeting_outcome = "held"
        self.assertEqual(self.rows().mapped("source_state"), ["revoked", "revoked", "kept"])

    def test_same_outcome_again_adds_nothing(self):
        event = self.meet()
        event.meeting_outcome = "held"
        event.meeting_outcome = "held"
        event.write({"partner_ids": [Command.link(self.customer.id)]})
        self.assertEqual(self.rows().mapped("source_state"), ["kept"])

    def test_occurrences_count_once_each(self):
        event = self.meet(
            days=-2,
            recurrency=True,
            rrule_type="daily",
            interval=1,
            end_type="count",
            count=5,
            event_tz="UTC",
        )
        occurrences = event.recurrence_id.calendar_event_ids
        self.assertEqual(len(occurrences), 5)
        occurrences.meeting_outcome = "held"
        now = fields.Datetime.now()
        past = event.recurrence_id.calendar_event_ids.filtered(lambda one: one.start <= now)
        self.assertTrue(past)
        self.assertEqual(self.rows().event_id, past)
        self.assertEqual(len(self.rows()), len(past))

    def test_deleted_meeting_marks(self):
        event = self.meet()
        event.meeting_outcome = "held"
        event.unlink()
        self.assertEqual(self.assertDiary(("two_way", "visit", "out")).source_state, "deleted")

    def test_fields_are_for_colleagues(self):
        event = self.meet()
        for name in ("meeting_type_id", "meeting_outcome"):
            field = event._fields[name]
            self.assertFalse(event.with_user(self.portal)._has_field_access(field, "read"))


@tagged("post_install", "-at_install")
class TestOnlineConfirmation(DiaryCase):
    """The customer signs or pays online."""

    def sign(self):
        self.order.write({"signed_by": "Buyer", "signed_on": fields.Datetime.now()})

    def test_signature_is_two_way_once(self):
        """The portal writes the signature, then posts a note in the customer's name."""
        self.sign()
        self.order.message_post(
            body="Order signed by Buyer",
            author_id=self.contact.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        row = self.assertDiary(("two_way", "web", "in"))
        self.assertFalse(row.user_id)
        self.assertEqual(row.date, self.order.signed_on)

    def test_deleted_note_on_the_order_hides_no_signature(self):
        self.post(self.order).unlink()
        self.sign()
        self.assertDiary(("content", "other", "out"), ("two_way", "web", "in"))

    def pay(self, state):
        provider = self.env["payment.provider"].search([], limit=1)
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env["payment.method"]
                .with_context(active_test=False)
                .search([], limit=1)
                .id,
                "amount": 100.0,
                "currency_id": self.order.currency_id.id,
                "partner_id": self.contact.id,
                "reference": "diary",
                "sale_order_ids": [Command.set(self.order.ids)],
            }
        )
        transaction.write(
            {"state": state, "last_state_change": fields.Datetime.now() - timedelta(minutes=5)}
        )

    def test_payment_that_confirms_is_two_way(self):
        self.pay("done")
        self.order.action_confirm()
        row = self.assertDiary(("two_way", "web", "in"))
        self.assertFalse(row.user_id)

    def test_payment_that_failed_is_nothing(self):
        self.pay("error")
        self.order.action_confirm()
        self.assertDiary()

    def test_confirmed_by_a_colleague_is_nothing(self):
        self.order.with_user(self.sale_a1).sudo().action_confirm()
        self.assertDiary()


@tagged("post_install", "-at_install")
class TestCost(DiaryCase):
    """Posting a message costs a few queries more, however many messages."""

    def queries(self, record, count=1, diary=True):
        values = {
            "model": record._name,
            "res_id": record.id,
            "message_type": "comment",
            "author_id": self.sale_a1.partner_id.id,
            "body": BODY,
        }
        messages = self.env["mail.message"]
        if not diary:
            messages = messages.with_context(incom_diary=WRITTEN_BY_CALLER)
        messages.create([values] * count)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        messages.create([values] * count)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_per_post(self):
        for record in (self.customer, self.lead, self.invoice):
            for count in (1, 50):
                with self.subTest(model=record._name, count=count):
                    added = self.queries(record, count) - self.queries(record, count, diary=False)
                    self.assertLessEqual(added, 3, "savepoint, one INSERT, release")
