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

    def assertRefused(self, *args, partner=None, **kwargs):
        """A sentence for the person, not a traceback, and nothing written."""
        rows, notes = self.rows(), self.customer.message_ids
        partner = (self.customer if partner is None else partner).with_user(self.sale_a1)
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            partner.incom_log_interaction(*args, **kwargs)
        self.assertRegex(str(refused.exception), r"\.$")
        self.env.invalidate_all()
        self.assertEqual((self.rows(), self.customer.message_ids), (rows, notes))

    def test_nonsense_is_refused_in_a_sentence(self):
        now = fields.Datetime.now()
        for name, args, kwargs in (
            ("unknown channel", (TEXT, "pigeon"), {}),
            ("channel in a list", (TEXT, ["phone"]), {}),
            ("channel is a mapping", (TEXT, {"phone": 1}), {}),
            ("no channel", (TEXT, None), {}),
            ("unknown outcome", (TEXT, "phone", "maybe"), {}),
            ("outcome in a list", (TEXT, "phone", ["answered"]), {}),
            ("outcome is a number", (TEXT, "phone", 1), {}),
            ("a visit answered", (TEXT, "visit", "answered"), {}),
            ("a mail not answered", ("", "email", "not_answered"), {}),
            ("text in a list", ([TEXT],), {}),
            ("text is a number", (42,), {}),
            ("text is nought", (0, "phone", "not_answered"), {}),
            ("text is true", (True,), {}),
            ("text is a mapping", ({"body": TEXT},), {}),
            ("a book", ("x" * 100_000,), {}),
            ("a null character", ("Wants a\0price list",), {}),
            ("half a character", ("Wants \ud83d a price list",), {}),
            ("no date", (TEXT,), {"date": "yesterday"}),
            ("date is a number", (TEXT,), {"date": 20260101}),
            ("date is nought", (TEXT,), {"date": 0}),
            ("date in a list", (TEXT,), {"date": ["2026-01-01 10:00:00"]}),
            ("the year 1", (TEXT,), {"date": "0001-01-01 00:00:00"}),
            ("date to come", (TEXT,), {"date": now + timedelta(minutes=1)}),
            ("contact in a list", (TEXT,), {"contact_id": [self.contact.id]}),
            ("contact is a name", (TEXT,), {"contact_id": "Buyer"}),
            ("contact is true", (TEXT,), {"contact_id": True}),
            ("contact is nobody", (TEXT,), {"contact_id": 2**40}),
        ):
            with self.subTest(name):
                self.assertRefused(*args, **kwargs)

    def test_one_customer(self):
        self.assertRefused(TEXT, partner=self.env["res.partner"])
        self.assertRefused(TEXT, partner=self.customer | self.contact)

    def test_nothing_is_the_default(self):
        for nothing in (None, False, ""):
            with self.subTest(nothing=nothing):
                row = self.log(TEXT, outcome=nothing, date=nothing, contact_id=nothing)
                self.assertEqual((row.grade, row.contact_id.id), ("content", False))

    def test_markup_is_text(self):
        """Markup of a caller is shown, not obeyed, however it comes."""
        row = self.log(Markup("<b>bold</b><script>alert(1)</script>"))
        self.assertEqual(row.body, "<b>bold</b><script>alert(1)</script>")
        self.assertIn("&lt;script&gt;", row.message_id.body)

    def test_long_text_fits(self):
        self.assertEqual(len(self.log("x" * 5000).body), 5000)

    def test_who_may_not_read_the_customer(self):
        for user in (self.office, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.log(TEXT, user=user)
        self.assertFalse(self.rows())

    def test_no_context_keeps_a_note_out(self):
        """What an RPC caller sends along are values, the mechanism of the entry by hand is none."""
        for value in (True, 1, "object", {"a": 1}):
            for key in ("incom_diary", "incom_written_by_hand"):
                with self.subTest(key=key, value=value):
                    before = self.rows()
                    self.post(self.customer.with_context(**{key: value}))
                    self.assertEqual(len(self.rows() - before), 1)
