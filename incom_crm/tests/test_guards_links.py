from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestLinkGuard(IncomCrmCommon):
    """Seller B knows the numbers of seller A's records and points his own to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.make_customer(
            cls, "Secret", cls.sale_a1, email="secret@a.example", vat="0101234567"
        )
        cls.address = cls.env["res.partner"].create(
            {"name": "Secret Street", "parent_id": cls.secret.id, "type": "delivery"}
        )
        cls.secret_lead = cls.env["crm.lead"].create(
            {"name": "Secret lead", "partner_id": cls.secret.id, "user_id": cls.sale_a1.id}
        )
        cls.mine = cls.make_customer(cls, "Mine", cls.sale_b1)
        cls.my_lead = cls.env["crm.lead"].create(
            {"name": "My lead", "partner_id": cls.mine.id, "user_id": cls.sale_b1.id}
        )
        cls.env.invalidate_all()

    def as_b(self, records):
        return records.with_user(self.sale_b1)

    def refused(self):
        return self.assertRaisesRegex(AccessError, "in somebody else's hands")

    def test_create(self):
        for model, values in (
            ("crm.lead", {"name": "L", "partner_id": self.secret.id}),
            ("crm.lead", {"name": "L", "partner_id": self.address.id}),
            ("sale.order", {"partner_id": self.secret.id}),
            (
                "sale.order",
                {"partner_id": self.mine.id, "partner_shipping_id": self.address.id},
            ),
            ("sale.order", {"partner_id": self.mine.id, "opportunity_id": self.secret_lead.id}),
            ("res.partner", {"name": "Child", "parent_id": self.secret.id}),
            ("calendar.event", {"name": "E", "partner_ids": [Command.link(self.secret.id)]}),
            ("calendar.event", {"name": "E", "partner_ids": [(6, 0, [float(self.secret.id)])]}),
            ("calendar.event", {"name": "E", "partner_ids": [self.secret.id]}),
            ("calendar.event", {"name": "E", "opportunity_id": self.secret_lead.id}),
            (
                "calendar.event",
                {"name": "E", "attendee_ids": [Command.create({"partner_id": self.secret.id})]},
            ),
            (
                "base.partner.merge.automatic.wizard",
                {"partner_ids": [Command.set([self.mine.id, self.secret.id])]},
            ),
        ):
            with self.subTest(model=model, values=values), self.refused():
                self.as_b(self.env[model]).create(values)

    def test_write(self):
        for record, values in (
            (self.my_lead, {"partner_id": self.secret.id}),
            (self.mine, {"parent_id": self.secret.id}),
            (self.sale_b1.partner_id, {"parent_id": self.secret.id}),
            (
                self.mine,
                {
                    "opportunity_ids": [
                        Command.update(self.my_lead.id, {"partner_id": self.secret.id})
                    ]
                },
            ),
            (self.my_lead, {"message_partner_ids": [Command.link(self.secret.id)]}),
        ):
            with self.subTest(record=record, values=values), self.refused():
                self.as_b(record).write(values)

    def test_default(self):
        """A default from the context is the caller's: it leads nowhere either."""
        lead = self.as_b(self.env["crm.lead"]).with_context(default_partner_id=self.secret.id)
        self.assertNotIn("partner_id", lead.default_get(["partner_id"]))
        created = lead.create({"name": "By default"})
        self.assertFalse(created.partner_id)
        with Form(lead) as form:
            form.name = "By default"
            self.assertFalse(form.partner_id)
            self.assertFalse(form.email_from)

    def test_onchange(self):
        spec = {"email_from": {}, "partner_name": {}}
        leads = self.as_b(self.env["crm.lead"])
        with self.refused():
            leads.onchange({"partner_id": self.secret.id}, ["partner_id"], spec)
        with self.refused():
            self.as_b(self.my_lead).onchange({"partner_id": self.secret.id}, ["partner_id"], spec)
        with self.refused():
            self.as_b(self.env["res.partner"]).onchange(
                {"child_ids": [[0, "virtual", {"parent_id": self.secret.id}]]},
                ["child_ids"],
                {"name": {}},
            )

    def test_import(self):
        result = self.as_b(self.env["crm.lead"]).load(
            ["name", "partner_id/.id"], [["Imported", str(self.secret.id)]]
        )
        self.assertFalse(result["ids"])
        self.assertNotIn("Secret", str(result["messages"]))

    def test_what_was_linked_stays(self):
        """B works on with a document a superior gave him, though the customer is hidden."""
        given = self.env["crm.lead"].create(
            {"name": "Given", "partner_id": self.secret.id, "user_id": self.sale_b1.id}
        )
        # the customer had been opened to B with it, and is closed again
        self.env["incom.customer.share"].search([("user_id", "=", self.sale_b1.id)]).action_end()
        self.env.invalidate_all()
        given = self.as_b(given)
        given.write({"partner_id": self.secret.id, "expected_revenue": 5})
        self.assertEqual(given.expected_revenue, 5)
        with self.refused():
            given.partner_id = self.address
        given.partner_id = self.mine
        with self.refused():
            given.partner_id = self.secret

    def test_who_is_free(self):
        """Superiors, directors and code in the system's name link what they like; so does all when it is off."""
        for user in (self.leader_a, self.director, self.sale_a1):
            lead = (
                self.env["crm.lead"]
                .with_user(user)
                .create({"name": "L", "partner_id": self.secret.id})
            )
            self.assertEqual(lead.sudo().partner_id, self.secret)
        self.as_b(self.env["crm.lead"]).sudo().create({"name": "L", "partner_id": self.secret.id})
        self.env["incom.isolation"]._switch(False)
        self.as_b(self.env["crm.lead"]).create({"name": "L", "partner_id": self.secret.id})
