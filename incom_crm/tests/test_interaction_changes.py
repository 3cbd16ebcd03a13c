from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from .test_interaction import BODY, TEXT, DiaryCase


class ChangesCase(DiaryCase):
    def lead_of_nobody(self, **values):
        return self.env["crm.lead"].create(
            {"name": "Asked on the web", "type": "opportunity", "partner_id": False, **values}
        )

    def plan(self, record):
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                "user_id": self.sale_a1.id,
            }
        )

    def done(self, record):
        activity = self.plan(record)
        activity.with_user(self.sale_a2).sudo().action_feedback(feedback=TEXT)
        return activity


@tagged("post_install", "-at_install")
class TestLeadGetsCustomer(ChangesCase):
    """What was done before anybody knew the customer was done on this customer."""

    def test_history_of_the_lead(self):
        lead = self.lead_of_nobody()
        note = self.post(lead)
        activity = self.done(lead)
        start = fields.Datetime.now() - timedelta(days=1)
        event = self.env["calendar.event"].create(
            {
                "name": "First visit",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": self.sale_a1.id,
                "opportunity_id": lead.id,
                "partner_ids": [Command.set(self.sale_a1.partner_id.ids)],
                "meeting_outcome": "held",
            }
        )
        self.assertDiary()
        lead.partner_id = self.contact
        rows = self.assertDiary(
            ("content", "other", "out"), ("two_way", "visit", "out"), ("content", "phone", "out")
        )
        self.assertEqual(rows.message_id, note)
        self.assertEqual(rows.mapped("activity_id"), [0, 0, activity.id])
        self.assertEqual(rows.event_id, event)
        self.assertEqual(rows.contact_id, self.contact)

    def test_history_stays_with_the_first_customer(self):
        self.post(self.lead)
        other = self.make_customer("Other customer")
        self.lead.partner_id = other
        self.assertDiary(("content", "other", "out"))
        self.assertDiary(partner=other)

    def test_mail_from_before_the_sender_was_a_contact(self):
        address = "Newcomer@customer.example.com"
        mail = (
            f"From: New Comer <{address}>\nTo: sales@example.com\nSubject: Price\n"
            "Message-Id: <first@customer.example.com>\nContent-Type: text/plain; charset=utf-8\n\nHow much?\n"
        )
        lead = self.env["crm.lead"].browse(
            self.env["mail.thread"].message_process("crm.lead", mail)
        )
        message = lead.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertFalse(message.author_id)
        person = self.env["res.partner"].create(
            {"name": "New Comer", "email": address, "parent_id": self.customer.id}
        )
        lead.partner_id = person
        row = self.assertDiary(("two_way", "email", "in"))
        self.assertEqual((row.message_id, row.contact_id), (message, person))
        self.assertFalse(row.user_id)

    def test_mail_of_somebody_else_on_the_lead(self):
        lead = self.lead_of_nobody()
        self.env["mail.message"].create(
            {
                "model": "crm.lead",
                "res_id": lead.id,
                "message_type": "email",
                "author_id": False,
                "email_from": "not-buyer@customer.example.com",
                "body": BODY,
            }
        )
        lead.partner_id = self.contact
        self.assertDiary()


@tagged("post_install", "-at_install")
class TestDocumentGetsCustomer(ChangesCase):
    """Not only leads are there before their customer."""

    def draft(self):
        return self.env["account.move"].create(
            {"move_type": "out_invoice", "journal_id": self.invoice.journal_id.id}
        )

    def test_history_of_a_draft_invoice(self):
        draft = self.draft()
        note = self.post(draft)
        self.post(draft, subtype="mail.mt_comment")
        activity = self.done(draft)
        self.assertDiary()
        draft.partner_id = self.contact
        rows = self.assertDiary(
            ("content", "other", "out"), ("attempt", "email", "out"), ("content", "phone", "out")
        )
        self.assertEqual(rows[0].message_id, note)
        self.assertEqual(rows[2].activity_id, activity.id)
        self.assertEqual(rows.contact_id, self.contact)

    def test_invoice_form_that_gets_its_customer(self):
        """In the middle of the form's own work: lines, terms and totals come out as without us."""
        draft = self.draft()
        self.post(draft)
        with Form(draft) as form:
            form.partner_id = self.contact
            with form.invoice_line_ids.new() as line:
                line.product_id = self.product
        self.assertDiary(("content", "other", "out"))
        self.assertEqual(draft.amount_total, 100.0)
        self.assertEqual(draft.line_ids.partner_id, self.customer)

    def test_customer_that_follows_from_another_field(self):
        """The customer of a task follows from its project; here that of a payment from its name."""
        payment = self.env["account.payment"].create({"memo": "From whom"})
        diary = type(self.env["incom.interaction"])
        documents = self.env["incom.interaction"]._customer_documents() | {"account.payment": True}
        field = payment._fields["partner_id"]
        with (
            patch.object(diary, "_customer_documents", lambda self: documents),
            patch.dict(self.env.registry.field_depends, {field: ("memo.name",)}),
        ):
            self.post(payment)
            self.assertTrue(payment._may_change_customer({"memo": "Buyer"}))
            self.assertFalse(payment._may_change_customer({"amount": 1.0}))
            payment.write({"partner_id": self.contact.id, "memo": "Buyer"})
            self.env.cr.flush()
        self.assertDiary(("content", "other", "out"))

    def test_history_stays_where_there_was_a_customer(self):
        other = self.make_customer("Other customer")
        for record in (self.order, self.invoice):
            with self.subTest(model=record._name):
                self.post(record)
                before = self.rows()
                record.partner_id = other
                self.assertEqual(self.rows(), before)
                self.assertDiary(partner=other)

    def test_failure_stops_nobody(self):
        draft = self.draft()
        self.post(draft)
        diary = type(self.env["incom.interaction"])
        with (
            patch.object(diary, "_document_of", lambda self, model, res_id: SQL("SELECT 1 / 0")),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.incom_crm.models.care.interaction", "ERROR"),
        ):
            draft.partner_id = self.contact
            self.env.cr.flush()
        self.assertEqual(draft.partner_id, self.contact)
        self.assertDiary()

    def test_moved_and_deleted_documents_touch(self):
        other = self.make_customer("Other customer")
        payment = self.env["account.payment"].create({"partner_id": self.customer.id})
        diary = type(self.env["incom.interaction"])
        documents = self.env["incom.interaction"]._customer_documents() | {"account.payment": True}
        with patch.object(diary, "_customer_documents", lambda self: documents):
            self.clear_queue()
            payment.partner_id = other
            self.assertLessEqual({self.customer.id, other.id}, self.queued())
            self.clear_queue()
            payment.unlink()
            self.assertIn(other.id, self.queued())


@tagged("post_install", "-at_install")
class TestSourcesMove(ChangesCase):
    """Sources go elsewhere; their rows lead there."""

    def test_merged_leads(self):
        other = self.lead_of_nobody(partner_id=self.contact.id)
        nobodys = self.lead_of_nobody()
        known, new = self.post(other), self.post(nobodys)
        (self.lead | other | nobodys).merge_opportunity(auto_unlink=True)
        lead = (self.lead | other | nobodys).exists()
        rows = self.assertDiary(("content", "other", "out"), ("content", "other", "out"))
        self.assertEqual(rows.message_id, known | new)
        self.assertEqual(rows.mapped("res_id"), [lead.id] * 2)
        self.assertEqual(rows.mapped("source_state"), ["kept"] * 2)

    def test_customer_under_another(self):
        """A customer that becomes a part of another one brings its history."""
        self.make_interaction(self.customer, self.days_ago(6))
        parent = self.make_customer("Group")
        self.assertFalse(self.profile(parent).last_care_date)
        self.customer.write({"parent_id": parent.id, "is_company": False})
        self.assertEqual(self.customer.commercial_partner_id, parent)
        self.assertEqual(self.profile(parent).last_care_date, self.days_ago(6))
        self.assertDiary(("content", "phone", "out"))


@tagged("post_install", "-at_install")
class TestActivitiesAfterwards(ChangesCase):
    """Done activities that are written on, or deleted, later."""

    def test_deleted_marks(self):
        self.done(self.lead).unlink()
        row = self.assertDiary(("content", "phone", "out"))
        self.assertEqual((row.source_state, row.body), ("deleted", TEXT))

    def test_planned_and_deleted_marks_nothing(self):
        self.done(self.lead)
        self.plan(self.lead).unlink()
        self.assertEqual(self.rows().source_state, "kept")

    def move_back(self, activity, moment):
        """As if it had been done at ``moment`` (UTC) and written on by somebody else today."""
        self.env.flush_all()
        message = self.lead.message_ids.filtered("mail_activity_type_id")
        self.env.cr.execute(
            "UPDATE mail_message SET date = %s, create_date = %s WHERE id = ANY(%s)",
            [moment, moment, message.ids],
        )
        self.env.cr.execute(
            "UPDATE mail_activity SET date_done = %s, write_uid = %s WHERE id = %s",
            [moment.date(), self.sale_b1.id, activity.id],
        )
        self.env.invalidate_all()
        self.rows().unlink()
        self.env["incom.interaction"]._backfill()

    def test_done_before_seven_in_the_morning(self):
        """23:30 UTC is 06:30 of the next day in Viet Nam; ``date_done`` says the day before."""
        moment = datetime.combine(self.days_ago(40), datetime.min.time()) + timedelta(hours=23.5)
        self.move_back(self.done(self.lead), moment)
        row = self.assertDiary(("content", "phone", "out"))
        self.assertEqual((row.date, row.user_id), (moment, self.sale_a2))
        self.assertEqual(self.profile(self.customer).last_care_date, self.days_ago(39))

    def test_message_is_gone(self):
        activity = self.done(self.lead)
        self.lead.message_ids.filtered("mail_activity_type_id").unlink()
        moment = datetime.combine(self.days_ago(40), datetime.min.time())
        self.move_back(activity, moment)
        row = self.assertDiary(("content", "phone", "out"))
        self.assertEqual(row.date, moment + timedelta(hours=12))


@tagged("post_install", "-at_install")
class TestSignedAgain(ChangesCase):
    def test_each_signature_is_a_contact(self):
        now = fields.Datetime.now()
        for age in (2, 1, 1):
            self.order.write({"signed_by": "Buyer", "signed_on": now - timedelta(hours=age)})
        rows = self.assertDiary(*[("two_way", "web", "in")] * 2)
        self.assertEqual(rows.mapped("date"), [now - timedelta(hours=age) for age in (2, 1)])
