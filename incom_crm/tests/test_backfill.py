from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from .. import hooks
from ..models.care import backfill
from .test_interaction import BODY, TEXT, DiaryCase

COMPARED = [
    "partner_id",
    "contact_id",
    "user_id",
    "company_id",
    "date",
    "channel",
    "direction",
    "grade",
    "body",
    "res_model",
    "res_id",
    "message_id",
    "event_id",
    "activity_id",
    "recorded_on",
    "late",
    "source_state",
]


@tagged("post_install", "-at_install")
class TestBackfill(DiaryCase):
    """The history a database holds, read into the diary on installation."""

    def history(self):
        """A bit of everything, written with the hooks at work."""
        now = fields.Datetime.now().replace(microsecond=0)
        for record in (self.customer, self.contact, self.lead, self.order, self.invoice):
            self.post(record)
            self.post(record, subtype="mail.mt_comment", date=now - timedelta(days=9))
            self.post(record, body="Hm")
            self.post(record, author_id=self.contact.id, message_type="email")
            self.post(record, message_type="notification")
        self.lead_gets_customer()
        self.sign_and_confirm()
        for automated in (False, True):
            for feedback in (TEXT, False):
                self.done_activity(automated, feedback)
        for days, outcome in ((-2, "held"), (-20, "not_held"), (-3, "cancelled"), (5, "held")):
            self.meeting(now + timedelta(days=days), outcome)
        self.env.cr.flush()

    def lead_gets_customer(self):
        lead = self.env["crm.lead"].create({"name": "Asked on the web", "partner_id": False})
        self.post(lead)
        self.post(lead, author_id=False, email_from=self.contact.email, message_type="email")
        lead.partner_id = self.contact

    def sign_and_confirm(self):
        self.order.write({"signed_by": "Buyer", "signed_on": fields.Datetime.now()})
        self.post(self.order, author_id=self.contact.id, subtype="mail.mt_comment")
        self.order.action_confirm()

    def done_activity(self, automated, feedback):
        activity = self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "res_id": self.lead.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                "user_id": self.sale_a1.id,
                "automated": automated,
            }
        )
        activity.with_user(self.sale_a2).sudo().action_feedback(feedback=feedback)
        return activity

    def meeting(self, start, outcome):
        return self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": self.sale_a1.id,
                "partner_ids": [Command.set(self.contact.ids)],
                "meeting_outcome": outcome,
            }
        )

    def dump(self):
        rows = self.env["incom.interaction"].search([("partner_id", "=", self.customer.id)])
        return sorted(
            (tuple(row.values()) for row in rows.read(COMPARED, load=False)),
            key=repr,
        )

    def forget(self):
        self.env["incom.interaction"].search([]).unlink()

    def without_ids(self, rows):
        return [row[1:] for row in rows]

    def read_all(self):
        """Run the job as the scheduler does."""
        with self.enter_registry_test_mode():
            self.env.ref("incom_crm.ir_cron_backfill_interactions").method_direct_trigger()
        self.env.invalidate_all()

    def test_equals_the_hooks(self):
        self.history()
        expected = sorted(map(repr, self.without_ids(self.dump())))
        self.assertGreater(len(expected), 20)
        self.forget()
        self.env["incom.interaction"]._backfill()
        self.assertEqual(sorted(map(repr, self.without_ids(self.dump()))), expected)

    def test_twice_writes_nothing_more(self):
        self.history()
        before = self.dump()
        self.env["incom.interaction"]._backfill()
        self.assertEqual(self.dump(), before)

    def test_what_changed_later_is_not_written_again(self):
        """Entries by hand, edited and deleted messages, deleted activities, outcomes changed."""
        now = fields.Datetime.now()
        self.customer.with_user(self.sale_a1).incom_log_interaction(TEXT)
        self.customer.with_user(self.sale_a1).incom_log_interaction("", outcome="not_answered")
        self.post(self.lead).body = BODY + BODY
        self.post(self.order).unlink()
        self.done_activity(automated=False, feedback=TEXT).unlink()
        event = self.meeting(now - timedelta(days=2), "held")
        event.meeting_outcome = "not_held"
        before = self.dump()
        self.assertEqual(
            sorted(row[-1] for row in before),
            ["deleted", "deleted", "edited", "kept", "kept", "kept", "revoked"],
        )
        self.env["incom.interaction"]._backfill()
        self.assertEqual(self.dump(), before)

    def test_killed_goes_on(self):
        self.history()
        expected = sorted(map(repr, self.without_ids(self.dump())))
        self.forget()
        diary = self.env["incom.interaction"]
        with patch.object(backfill, "RANGE", 7):
            diary._backfill_start()
            start = diary._backfill_below()
            diary._backfill_range(start)
            self.assertEqual(diary._backfill_below(), start - 7)
            with (
                patch.object(type(diary), "_record_messages", side_effect=RuntimeError),
                self.assertRaises(RuntimeError),
                self.env.cr.savepoint(),
            ):
                diary._backfill_range(diary._backfill_below())
            self.assertEqual(diary._backfill_below(), start - 7, "what was not read is read again")
        self.read_all()
        self.assertEqual(diary._backfill_below(), 0)
        self.assertEqual(sorted(map(repr, self.without_ids(self.dump()))), expected)

    def test_past_meetings_were_held(self):
        now = fields.Datetime.now()
        past, future = (self.meeting(now + timedelta(days=days), "planned") for days in (-30, 30))
        cancelled = self.meeting(now - timedelta(days=10), "cancelled")
        self.env["incom.interaction"]._backfill()
        self.assertEqual(
            [event.meeting_outcome for event in (past, future, cancelled)],
            ["held", "planned", "cancelled"],
        )
        row = self.assertDiary(("two_way", "visit", "out"))
        self.assertEqual((row.event_id, row.date), (past, past.start))

    def test_late_by_the_source_itself(self):
        """A message of long ago is late only where it was written down days after the date it bears."""
        for days, late in ((0, False), (2, False), (4, True)):
            with self.subTest(days=days):
                message = self.post(self.customer)
                self.env.flush_all()
                self.env.cr.execute(
                    "UPDATE mail_message SET create_date = create_date - interval '99 days',"
                    " date = date - make_interval(days => 99 + %s) WHERE id = %s",
                    [days, message.id],
                )
                self.forget()
                self.env["incom.interaction"]._backfill()
                row = self.env["incom.interaction"].search([("message_id", "=", message.id)])
                self.assertEqual((row.partner_id, row.late), (self.customer, late))

    def test_customers_are_touched(self):
        self.post(self.customer)
        self.forget()
        self.env["incom.customer.queue"]._flush_touched()
        self.env["incom.interaction"]._backfill()
        self.assertIn(self.customer.id, self.env.cr.precommit.data["incom_crm.touched"])

    def test_installation_of_a_large_database_leaves_it_to_the_job(self):
        self.post(self.customer, body=BODY)
        self.forget()
        with patch.object(hooks, "SMALL_HISTORY", 0):
            hooks.post_init_hook(self.env)
        self.assertDiary()
        job = self.env.ref("incom_crm.ir_cron_backfill_interactions")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)]))
        self.read_all()
        self.assertDiary(("content", "other", "out"))
