from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestFutureRows(IncomCrmCommon):
    """Diary rows dated ahead, as an import brings them, are no facts until their day."""

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer()
        self.make_interaction(self.customer, self.days_ago(50))
        self.day = self.today + timedelta(days=5)

    def imported(self, **values):
        """A row created with nothing but its values: no hook of the entry by hand is at work."""
        return self.env["incom.interaction"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.sale_a1.id,
                "company_id": self.company.id,
                "date": self.at(self.day),
                "channel": "phone",
                "direction": "out",
                "grade": "content",
                **values,
            }
        )

    def on(self, day):
        """The row on a day whose only news is the day itself, after the job has run."""
        self.commit()
        self.clear_queue()
        with freeze_time(self.at(day, 7)):
            jobs = self.env["incom.customer.profile"]
            while jobs._refresh_batch():
                pass
            profile = self.customer.customer_profile_id
            profile.invalidate_recordset()
            profile.mapped("care_alert")
        return profile

    def test_care_begins_on_its_day(self):
        self.imported()
        before = self.on(self.day - timedelta(days=1))
        self.assertEqual(before.last_cared_date, self.days_ago(50))
        self.assertEqual(before.next_flip, self.day)
        self.assertEqual(before.care_alert, "neglected")
        after = self.on(self.day)
        self.assertEqual((after.last_care_date, after.last_cared_date), (self.day, self.day))
        self.assertEqual(after.silence_from, self.day)
        self.assertEqual(after.care_alert, "ok")

    def test_the_first_of_several_days(self):
        self.imported(date=self.at(self.day + timedelta(days=3)))
        self.imported()
        self.make_order(self.customer, self.day + timedelta(days=1))
        self.assertEqual(self.on(self.today).next_flip, self.day)
        self.assertEqual(self.on(self.day).next_flip, self.day + timedelta(days=1))

    def test_a_customers_message_waits_from_its_day_on(self):
        self.imported(user_id=False, direction="in", grade="two_way")
        self.assertFalse(self.on(self.day - timedelta(days=1)).message_missed_from)
        self.assertGreater(self.on(self.day).message_missed_from, self.day)

    def test_is_not_the_last_contact(self):
        self.imported(body="Will have called")
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.last_interaction_id.date, self.at(self.days_ago(50)))

    def test_does_not_allow_to_put_off_again(self):
        def put_off():
            return (
                self.env["incom.customer.pin"]
                .with_user(self.sale_a1)
                .create(
                    {
                        "partner_id": self.customer.id,
                        "kind": "snooze",
                        "reason": "On holiday",
                        "until": self.today + timedelta(days=9),
                    }
                )
            )

        put_off()
        row = self.imported()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            put_off()
        row.date = fields.Datetime.now()
        self.assertTrue(put_off())

    def test_import_of_the_past_touches(self):
        self.clear_queue()
        row = self.imported(date=self.at(self.days_ago(1)))
        self.assertIn(self.customer.id, self.queued())
        self.clear_queue()
        row.grade = "attempt"
        self.assertIn(self.customer.id, self.queued())
