from datetime import timedelta
from unittest.mock import patch

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import IncomCrmCommon

TEXT = "Wants the new price list by Friday"
BODY = Markup("<p>%s</p>") % TEXT


class DiaryCase(IncomCrmCommon):
    """A customer with a contact, a lead, an order and an invoice; what the diary says about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create(
            {"name": "Customer", "is_company": True, "user_id": cls.sale_a1.id}
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.customer.id, "email": "buyer@customer.example.com"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "New machine",
                "type": "opportunity",
                "partner_id": cls.contact.id,
                "user_id": cls.sale_a1.id,
            }
        )
        cls.order = cls.env["sale.order"].create(
            {"partner_id": cls.contact.id, "user_id": cls.sale_a1.id}
        )
        journal = cls.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", cls.company.id)], limit=1
        ) or cls.env["account.journal"].create(
            {"name": "Sales", "type": "sale", "code": "SALE", "company_id": cls.company.id}
        )
        cls.invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.contact.id,
                "journal_id": journal.id,
            }
        )

    def post(self, record, body=BODY, user=None, subtype="mail.mt_note", **values):
        """A message of a colleague, an internal note unless told otherwise."""
        values = {"message_type": "comment", "subtype_xmlid": subtype, **values}
        return record.with_user(user or self.sale_a1).sudo().message_post(body=body, **values)

    def rows(self, partner=None):
        # what a commit would write
        self.env.cr.flush()
        return self.env["incom.interaction"].search(
            [("partner_id", "=", (partner or self.customer).id)], order="id"
        )

    def assertDiary(self, *expected, partner=None):
        """The diary of the customer holds exactly these rows, each ``(grade, channel, direction)``."""
        rows = self.rows(partner)
        self.assertEqual([(row.grade, row.channel, row.direction) for row in rows], [*expected])
        return rows


@tagged("post_install", "-at_install")
class TestMessages(DiaryCase):
    """What of a chatter is in the diary, and with which grade."""

    def test_note_on_every_document_is_content(self):
        for record in (self.customer, self.contact, self.lead, self.order, self.invoice):
            with self.subTest(model=record._name):
                before = self.rows()
                message = self.post(record)
                row = self.rows() - before
                self.assertRecordValues(
                    row,
                    [
                        {
                            "partner_id": self.customer.id,
                            "contact_id": False if record == self.customer else self.contact.id,
                            "user_id": self.sale_a1.id,
                            "company_id": self.company.id,
                            "date": message.date,
                            "grade": "content",
                            "direction": "out",
                            "body": TEXT,
                            "res_model": record._name,
                            "res_id": record.id,
                            "message_id": message.id,
                            "late": False,
                            "source_state": "kept",
                        }
                    ],
                )

    def test_comment_and_mail_of_a_colleague_are_content(self):
        self.post(self.customer, subtype="mail.mt_comment")
        self.post(self.order, message_type="email", subtype="mail.mt_comment")
        self.assertDiary(("content", "email", "out"), ("content", "email", "out"))

    def test_comment_on_an_invoice_is_an_attempt(self):
        self.post(self.invoice, subtype="mail.mt_comment")
        self.post(self.invoice, body=Markup("<p>Hi</p>"), subtype="mail.mt_comment")
        self.assertDiary(("attempt", "email", "out"), ("attempt", "email", "out"))

    def test_comment_on_what_a_supplier_bills_is_nothing(self):
        bill = self.invoice.copy(
            {
                "move_type": "in_invoice",
                "journal_id": self.env["account.journal"]
                .create(
                    {
                        "name": "Bills",
                        "type": "purchase",
                        "code": "BIL9",
                        "company_id": self.company.id,
                    }
                )
                .id,
            }
        )
        self.post(bill)
        self.assertDiary()

    def test_ten_characters_make_content(self):
        for body, counts in (
            ("123456789", False),
            ("1234567890", True),
            ("1 2 3 4 5 6 7 8 9", False),
            (Markup("<p>12345&nbsp;6789</p>"), False),
            (Markup("<p>12345</p><p>67890</p>"), True),
            (
                Markup('<p>ok</p><blockquote data-o-mail-quote="1">a long old text</blockquote>'),
                False,
            ),
        ):
            with self.subTest(body=body):
                before = len(self.rows())
                self.post(self.customer, body=body)
                self.assertEqual(len(self.rows()) - before, int(counts))

    def test_number_of_characters_is_a_parameter(self):
        parameter = self.env["incom.crm.parameter"].search([("key", "=", "content_min_chars")])
        parameter.value = 3
        self.post(self.customer, body="yes")
        self.assertDiary(("content", "other", "out"))

    def test_what_a_system_writes_is_nothing(self):
        for message_type in (
            "notification",
            "email_outgoing",
            "auto_comment",
            "out_of_office",
            "user_notification",
        ):
            with self.subTest(message_type=message_type):
                self.env["mail.message"].create(
                    {
                        "model": "res.partner",
                        "res_id": self.customer.id,
                        "message_type": message_type,
                        "author_id": self.sale_a1.partner_id.id,
                        "body": BODY,
                    }
                )
                self.assertDiary()

    def test_odoobot_is_nobody(self):
        self.post(self.customer, author_id=self.env.ref("base.partner_root").id)
        self.assertDiary()

    def test_tracked_values_are_nothing(self):
        self.env.cr.flush()  # what is created is not tracked before the next transaction
        lead = self.lead.with_context(tracking_disable=False, mail_notrack=False)
        lead.with_user(self.sale_a1).sudo().user_id = self.sale_a2
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertTrue(self.lead.message_ids.tracking_value_ids)
        self.assertDiary()

    def test_nothing_of_the_future(self):
        self.post(self.customer, date=fields.Datetime.now() + timedelta(days=1))
        self.assertDiary()

    def test_mail_with_a_fast_clock_has_arrived(self):
        """The sender's clock is not ours: a mail that is here was not written tomorrow.

        Nor is the database's ours: it counts fractions of the second that has just begun.
        """
        begun = self.env.cr.now().replace(microsecond=0)
        with patch.object(fields.Datetime, "now", lambda: begun):
            self.post(
                self.customer,
                message_type="email",
                author_id=self.contact.id,
                date=begun + timedelta(hours=2),
            )
        row = self.assertDiary(("two_way", "email", "in"))
        self.assertEqual(row.date, self.env.cr.now())

    def test_late_entry(self):
        created = self.env.cr.now()
        self.post(self.customer, date=created - timedelta(days=3, minutes=-1))
        self.post(self.customer, date=created - timedelta(days=3, minutes=1))
        self.assertEqual(self.rows().mapped("late"), [False, True])

    def test_documents_of_nobody(self):
        lead = self.env["crm.lead"].create({"name": "No customer yet"})
        self.post(lead)
        self.env["mail.message"].create({"body": BODY, "message_type": "comment"})
        channel = self.env["discuss.channel"].create({"name": "General talk"})
        channel.message_post(body=BODY, message_type="comment")
        self.assertFalse(self.env["incom.interaction"].search([("body", "=", TEXT)]))

    def test_stranger_on_a_document_is_nothing(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.post(self.order, author_id=stranger.id, subtype="mail.mt_comment")
        self.assertDiary()

    def test_portal_customer_writes(self):
        self.portal.partner_id.parent_id = self.customer
        self.post(self.order, body="Ok", user=self.portal, subtype="mail.mt_comment")
        row = self.assertDiary(("two_way", "web", "in"))
        self.assertFalse(row.user_id)
        self.assertEqual(row.contact_id, self.portal.partner_id)

    def test_failure_stops_nobody(self):
        diary = type(self.env["incom.interaction"])
        self.customer._touch_customers()
        with (
            patch.object(diary, "_document_of", lambda self, model, res_id: SQL("SELECT 1 / 0")),
            mute_logger("odoo.sql_db"),
            self.assertLogs("odoo.addons.incom_crm.models.care.interaction", "ERROR") as log,
        ):
            message = self.post(self.customer)
        self.assertTrue(message.exists())
        self.assertIn(str(message.id), log.output[0])
        self.assertIn(
            self.customer.id,
            self.env.cr.precommit.data["incom_crm.touched"],
            "what else waits for the commit is not lost",
        )
        self.assertDiary()

    def test_batch(self):
        values = {
            "model": "res.partner",
            "res_id": self.customer.id,
            "message_type": "comment",
            "author_id": self.sale_a1.partner_id.id,
            "body": BODY,
        }
        messages = self.env["mail.message"].create([values] * 50)
        self.assertEqual(self.rows().message_id, messages)


@tagged("post_install", "-at_install")
class TestMessageGateway(DiaryCase):
    """Mail that comes in."""

    MAIL = """From: {email_from}
To: sales@example.com
Subject: Re: offer
Message-Id: <{msg_id}@customer.example.com>
In-Reply-To: {parent}
Date: {date}
Content-Type: text/html; charset=utf-8

<p>Yes</p><blockquote>Do you agree with the offer we sent you</blockquote>
"""

    def receive(self, parent, email_from="Buyer <buyer@customer.example.com>"):
        mail = self.MAIL.format(
            email_from=email_from,
            msg_id=email_from[:3],
            parent=parent.message_id,
            date=fields.Datetime.now().strftime("%a, %d %b %Y %H:%M:%S +0000"),
        )
        self.env["mail.thread"].message_process("crm.lead", mail)

    def test_person_of_the_customer_answers(self):
        parent = self.post(self.lead, subtype="mail.mt_comment")
        self.receive(parent)
        row = self.assertDiary(("content", "email", "out"), ("two_way", "email", "in"))[-1]
        self.assertRecordValues(
            row,
            [
                {
                    "user_id": False,
                    "contact_id": self.contact.id,
                    "res_model": "crm.lead",
                    "res_id": self.lead.id,
                    "body": "Yes",
                }
            ],
        )

    def test_stranger_answers(self):
        parent = self.post(self.lead, subtype="mail.mt_comment")
        self.receive(parent, email_from="Nobody <nobody@elsewhere.example.com>")
        self.assertDiary(("content", "email", "out"))


@tagged("post_install", "-at_install")
class TestAppendOnly(DiaryCase):
    """Rows stay as they were written; nobody writes them by hand."""

    def test_edited_text_marks(self):
        message = self.post(self.customer)
        message.body = Markup("<p>Something quite different now</p>")
        row = self.assertDiary(("content", "other", "out"))
        self.assertEqual((row.source_state, row.body), ("edited", TEXT))

    def test_edit_that_makes_it_content(self):
        message = self.post(self.customer, body="Hm")
        self.assertDiary()
        message.body = BODY
        self.assertDiary(("content", "other", "out"))

    def test_emptied_message_marks(self):
        message = self.post(self.customer)
        self.customer._message_update_content(message, body="", strict=False)
        self.assertEqual((self.rows().source_state, self.rows().body), ("deleted", TEXT))

    def test_deleted_message_marks(self):
        self.post(self.customer).unlink()
        row = self.assertDiary(("content", "other", "out"))
        self.assertEqual((row.source_state, row.body), ("deleted", TEXT))

    def test_deleted_document_marks(self):
        self.post(self.lead)
        self.lead.unlink()
        self.assertEqual(self.rows().source_state, "deleted")

    def test_nobody_writes_rows(self):
        self.post(self.customer)
        row = self.rows()
        values = {
            "partner_id": self.customer.id,
            "company_id": self.company.id,
            "user_id": self.sale_a1.id,
            "date": fields.Datetime.now(),
            "channel": "phone",
            "direction": "out",
            "grade": "two_way",
        }
        for user in (self.sale_a1, self.director, self.env.ref("base.user_admin")):
            with self.subTest(user=user.login):
                own = row.with_user(user)
                self.assertEqual(own.read(["body"])[0]["body"], TEXT)
                for forge in (
                    lambda own=own: own.write({"grade": "two_way"}),
                    lambda own=own: own.unlink(),
                    lambda own=own: own.create(values),
                    lambda own=own: own.copy(),
                ):
                    self.assertRaises(AccessError, forge)
        with self.assertRaises(AccessError):
            row.with_user(self.portal).read(["body"])

    def test_merged_customer(self):
        other = self.make_customer("Same customer")
        self.post(other)
        row = self.rows(other)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, self.customer
        )
        row.invalidate_recordset()
        self.assertRecordValues(
            row,
            [
                {
                    "partner_id": self.customer.id,
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                }
            ],
        )

    def test_contact_moves_to_another_customer(self):
        self.post(self.contact)
        other = self.make_customer("New employer")
        self.contact.parent_id = other
        self.assertDiary(("content", "other", "out"))
        self.post(self.contact)
        self.assertDiary(("content", "other", "out"), partner=other)
