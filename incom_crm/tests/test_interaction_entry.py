from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_interaction import TEXT, DiaryCase


@tagged("post_install", "-at_install")
class TestEntryByHand(DiaryCase):
    """The line a person writes down."""

    def log(self, *args, partner=None, user=None, **kwargs):
        partner = (partner or self.customer).with_user(user or self.sale_a1)
        return self.env["incom.interaction"].browse(partner.incom_log_interaction(*args, **kwargs))

    def test_outcome_grades(self):
        for outcome, grade in (
            (False, "content"),
            ("answered", "two_way"),
            ("not_answered", "attempt"),
        ):
            with self.subTest(outcome=outcome):
                row = self.log(TEXT, outcome=outcome)
                self.assertEqual((row.grade, row.channel, row.body), (grade, "phone", TEXT))
                self.assertEqual((row.user_id, row.partner_id), (self.sale_a1, self.customer))

    def test_one_row_and_one_note(self):
        row = self.log("Ok")
        self.assertEqual(self.rows(), row)
        note = self.customer.message_ids[0]
        self.assertEqual(row.message_id, note)
        self.assertIn("Ok", note.body)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))

    def test_editing_the_note_marks_the_row(self):
        row = self.log(TEXT)
        row.message_id.sudo().body = Markup("<p>Something quite different now</p>")
        self.assertEqual(self.rows(), row)
        self.assertEqual(row.source_state, "edited")

    def test_contact_stands_for_the_customer(self):
        row = self.log(TEXT, partner=self.contact)
        self.assertEqual((row.partner_id, row.contact_id), (self.customer, self.contact))

    def test_html_is_text(self):
        row = self.log("<b>bold</b> & more")
        self.assertEqual(row.body, "<b>bold</b> & more")
        self.assertIn("&lt;b&gt;", row.message_id.body)

    def test_empty_text(self):
        for body in ("", "  ", False):
            with self.assertRaises(UserError):
                self.log(body, outcome="answered")
        self.assertEqual(self.log("", outcome="not_answered").grade, "attempt")

    def test_future_and_late(self):
        now = fields.Datetime.now()
        with self.assertRaises(UserError):
            self.log(TEXT, date=now + timedelta(hours=1))
        self.assertFalse(self.log(TEXT, date=now - timedelta(days=2)).late)
        self.assertTrue(
            self.log(TEXT, date=fields.Datetime.to_string(now - timedelta(days=4))).late
        )

    def test_contact_is_a_person_of_the_customer(self):
        row = self.log(TEXT, contact_id=self.contact.id)
        self.assertEqual(row.contact_id, self.contact)
        with self.assertRaises(UserError):
            self.log(TEXT, contact_id=self.make_customer("Other customer").id)

    def test_unknown_words(self):
        with self.assertRaises(UserError):
            self.log(TEXT, channel="pigeon")

    def test_who_may_not_read_the_customer(self):
        for user in (self.office, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.log(TEXT, user=user)
        self.assertFalse(self.rows())
