from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestHandOver(IncomCrmCommon):
    """Who loses a record follows it no longer and leaves no work on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(cls, "Customer", cls.sale_a1)
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact", "parent_id": cls.customer.id}
        )
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Lead", "partner_id": cls.customer.id, "user_id": cls.sale_a1.id}
        )
        cls.records = (cls.customer, cls.contact, cls.lead)
        for record in cls.records:
            record.message_subscribe((cls.sale_a1 | cls.leader_a).partner_id.ids)
            record.activity_schedule("mail.mail_activity_data_todo", user_id=cls.sale_a1.id)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def assertLost(self, record):
        self.env.invalidate_all()
        self.assertFalse(record.with_user(self.sale_a1).has_access("read"))
        self.assertNotIn(self.sale_a1.partner_id, record.message_partner_ids)
        self.assertEqual(record.activity_ids.user_id, self.sale_b1)

    def assertKept(self, record):
        self.env.invalidate_all()
        self.assertIn(self.sale_a1.partner_id, record.message_partner_ids)
        self.assertEqual(record.activity_ids.user_id, self.sale_a1)

    def test_customer_with_documents(self):
        self.customer.with_user(self.director).user_id = self.sale_b1
        self.assertLost(self.customer)
        self.assertLost(self.contact)
        # his lead is still his
        self.assertKept(self.lead)
        self.lead.with_user(self.director).user_id = self.sale_b1
        self.assertLost(self.lead)

    def test_document_alone(self):
        """The customer is still A's, so A goes on reading his documents."""
        self.lead.with_user(self.director).user_id = self.sale_b1
        self.assertKept(self.lead)
        self.assertKept(self.customer)
        self.customer.with_user(self.director).user_id = self.sale_b1
        for record in self.records:
            self.assertLost(record)

    def test_superior_keeps_following(self):
        self.customer.with_user(self.leader_a).user_id = self.sale_a2
        self.env.invalidate_all()
        self.assertIn(self.leader_a.partner_id, self.customer.message_partner_ids)
        self.assertNotIn(self.sale_a1.partner_id, self.customer.message_partner_ids)
        self.assertEqual(self.customer.activity_ids.user_id, self.sale_a2)

    def test_what_he_wrote(self):
        message = self.lead.with_user(self.sale_a1).message_post(body="My words")
        (self.customer | self.customer).user_id = self.sale_b1
        self.lead.user_id = self.sale_b1
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            message.with_user(self.sale_a1).read(["body"])
        self.assertTrue(message.with_user(self.sale_b1).has_access("read"))

    def test_switched_off(self):
        self.env["incom.isolation"]._switch(False)
        self.customer.user_id = self.sale_b1
        self.assertKept(self.customer)
