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

    def test_contact_of_a_lent_customer_stays_with_it(self):
        customer = self.make_customer("Lent", user=self.sale_a1)
        contact = self.env["res.partner"].create({"name": "Person", "parent_id": customer.id})
        mine = self.make_customer("Mine", user=self.sale_b1)
        self.env["incom.customer.share"].create(
            {
                "res_id": customer.id,
                "user_id": self.sale_b1.id,
                "mode": "write",
                "date_to": self.days_ago(-5),
                "reason": "Holiday",
            }
        )
        lent = contact.with_user(self.sale_b1)
        lent.write({"function": "Buyer"})
        for vals in ({"parent_id": mine.id}, {"parent_id": False}, {"is_company": True}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                lent.write(vals)
        self.assertEqual(contact.owner_id, self.sale_a1)

    def test_author_of_a_letter_is_no_way_to_a_name(self):
        hidden = self.make_customer("SECRET", user=self.sale_a1)
        composer = self.env["mail.compose.message"].with_user(self.sale_b1)
        with self.assertRaises(AccessError):
            composer.create({"author_id": hidden.id, "body": "x"})
        own = composer.create({"author_id": self.sale_b1.partner_id.id, "body": "x"})
        self.assertEqual(own.author_id, self.sale_b1.partner_id)

    def test_older_change_committed_later_is_noticed(self):
        events = self.env["incom.visibility.event"]
        events._changed([self.sale_b1.id])
        events._changed([self.sale_b1.id])
        newest = events.search([("viewer_id", "=", self.sale_b1.id)], order="id desc", limit=2)
        # as if the first of the two were not committed yet
        self.env.cr.execute("DELETE FROM incom_visibility_event WHERE id = %s", [newest[1].id])
        self.env.cr.precommit.data.clear()
        before = events._stamp(self.sale_b1.id)
        self.env.cr.execute(
            "INSERT INTO incom_visibility_event (id, viewer_id, create_date) VALUES (%s, %s, now())",
            [newest[1].id, self.sale_b1.id],
        )
        self.env.cr.precommit.data.clear()
        self.assertNotEqual(events._stamp(self.sale_b1.id), before)

    def test_old_events_go_but_the_newest(self):
        events = self.env["incom.visibility.event"]
        for _time in range(3):
            events._changed([self.sale_b1.id])
        self.env.flush_all()
        self.env.cr.execute("UPDATE incom_visibility_event SET create_date = '2020-01-01'")
        newest = events.search([("viewer_id", "=", self.sale_b1.id)], order="id desc", limit=1)
        events._gc_old()
        self.env.invalidate_all()
        self.assertEqual(events.search([("viewer_id", "=", self.sale_b1.id)]), newest)
