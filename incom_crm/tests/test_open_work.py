from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .test_interaction_changes import ChangesCase


@tagged("post_install", "-at_install")
class TestOpenWork(ChangesCase):
    """Open activities on whatever document of a customer ask for care."""

    def work(self, record, age=10):
        return self.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "date_deadline": self.days_ago(age),
                "user_id": self.sale_a1.id,
            }
        )

    def bill(self):
        journal = self.env["account.journal"].create(
            {
                "name": "Bills",
                "type": "purchase",
                "code": "BIL9",
                "company_id": self.company.id,
            }
        )
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.contact.id,
                "journal_id": journal.id,
            }
        )

    def test_every_document_raises_the_alert(self):
        """Whatever an addon names as a customer's document; here payments stand for those to come."""
        payment = self.env["account.payment"].create({"partner_id": self.contact.id})
        diary = type(self.env["incom.interaction"])
        documents = self.env["incom.interaction"]._customer_documents()
        with patch.object(
            diary, "_customer_documents", lambda self: documents | {"account.payment": True}
        ):
            for record in (self.contact, self.lead, self.order, self.invoice, payment):
                with self.subTest(model=record._name):
                    activity = self.work(record)
                    profile = self.profile(self.customer)
                    self.assertEqual(profile.activity_due_from, activity.date_deadline)
                    self.assertEqual(profile.care_alert, "missed")
                    activity.unlink()
                    self.assertFalse(self.profile(self.customer).activity_due_from)

    def test_work_on_what_a_supplier_bills_is_none_on_a_customer(self):
        self.work(self.bill())
        self.assertFalse(self.profile(self.customer).activity_due_from)

    def test_model_that_is_not_installed(self):
        """Work left over from an addon that is gone stops nobody."""
        activity = self.work(self.lead)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_activity SET res_model = 'gone.task' WHERE id = %s", [activity.id]
        )
        activity.invalidate_recordset()
        diary = type(self.env["incom.interaction"])
        documents = self.env["incom.interaction"]._customer_documents() | {"gone.task": False}
        with patch.object(diary, "_customer_documents", lambda self: documents):
            activity.date_deadline = self.days_ago(20)
            self.assertFalse(self.profile(self.customer).activity_due_from)

    def test_overdue_work_is_explained_once(self):
        activity = self.work(self.lead)
        profile = self.profile(self.customer)
        self.assertEqual(profile.status_explanation.count("work"), 1)
        self.assertIn("work overdue since", profile.status_explanation)
        self.assertIn("work overdue since", profile.care_reason)
        activity.date_deadline = self.today
        self.assertIn("work due on", self.profile(self.customer).status_explanation)
        activity.date_deadline = self.today + timedelta(days=1)
        self.assertNotIn("work", self.profile(self.customer).status_explanation)
