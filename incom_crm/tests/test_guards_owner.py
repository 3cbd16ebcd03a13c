from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestOwnerGuards(IncomCrmCommon):
    """Whose customer it is follows from the salesperson; no refusal names what is hidden."""

    def test_owner_is_worked_out_alone(self):
        mine = self.make_customer("Mine", user=self.sale_a1)
        lead = self.env["crm.lead"].create(
            {"name": "Lead", "partner_id": mine.id, "user_id": self.sale_a1.id}
        )
        mine.with_user(self.sale_a1).write({"owner_id": self.sale_a2.id})
        lead.with_user(self.sale_a1).write({"customer_owner_id": self.sale_a2.id})
        made = self.env["res.partner"].with_user(self.sale_a1)
        new = made.create({"name": "New", "owner_id": self.sale_a2.id})
        self.env.invalidate_all()
        for record, field in ((mine, "owner_id"), (lead, "customer_owner_id"), (new, "owner_id")):
            with self.subTest(model=record._name):
                self.assertEqual(record.sudo()[field], self.sale_a1)

    def test_refused_subscription_names_nobody(self):
        hidden = self.make_customer("SECRET", user=self.sale_a1)
        self.env.invalidate_all()
        with self.assertRaises(AccessError) as refusal:
            hidden.with_user(self.sale_b1).message_subscribe(self.sale_b2.partner_id.ids)
        self.assertNotIn("SECRET", str(refusal.exception))
