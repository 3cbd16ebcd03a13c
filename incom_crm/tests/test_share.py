from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import IncomCrmCommon


class ShareCommon(IncomCrmCommon):
    """Sharing as the people themselves do it."""

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer()
        self.contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customer.id}
        )

    def share(self, record=None, by=None, to=None, days=7, **values):
        record = self.customer if record is None else record
        return (
            self.env["incom.customer.share"]
            .with_user(by or self.sale_a1)
            .create(
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "user_id": (to or self.sale_b1).id,
                    "date_to": self.days_ago(-days),
                    "reason": "Joint visit",
                    **values,
                }
            )
        )

    def sees(self, user, record, mode="read"):
        self.env.invalidate_all()
        return record.with_user(user).has_access(mode)

    def forbid_peers(self):
        self.env.ref("incom_crm.parameter_share_with_peers").value = 0

    def lead(self, user=None, partner=None, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Machine",
                "type": "opportunity",
                "user_id": (user or self.sale_a1).id,
                "partner_id": (partner or self.customer).id,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestShare(ShareCommon):
    """A customer, or one document of his, is shared on purpose, for a time, and ends by itself."""

    def test_customer_shared_for_reading(self):
        self.assertFalse(self.sees(self.sale_b1, self.customer))
        share = self.share(self.contact)
        self.assertEqual((share.res_id, share.partner_id), (self.customer.id, self.customer))
        for partner in (self.customer, self.contact):
            self.assertTrue(self.sees(self.sale_b1, partner))
            self.assertFalse(self.sees(self.sale_b1, partner, "write"))
            self.assertTrue(self.sees(self.leader_b, partner))
            self.assertFalse(self.sees(self.sale_b2, partner))

    def test_customer_shared_for_writing(self):
        self.share(mode="write")
        self.assertTrue(self.sees(self.sale_b1, self.customer, "write"))
        self.assertTrue(self.sees(self.sale_b1, self.contact, "write"))

    def test_documents_are_shared_one_by_one(self):
        lead, other = self.lead(), self.lead()
        order = self.make_order(self.customer, self.today, user_id=self.sale_a1.id)
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_user_id": self.sale_a1.id,
                "invoice_line_ids": [Command.create({"product_id": self.product.id})],
            }
        )
        for document in (lead, order, invoice):
            with self.subTest(model=document._name):
                self.assertFalse(self.sees(self.sale_b1, document))
                self.share(document)
                self.assertTrue(self.sees(self.sale_b1, document))
        self.assertTrue(self.sees(self.sale_b1, self.customer))
        self.assertFalse(self.sees(self.sale_b1, other))

    def test_it_ends_on_its_day(self):
        self.share(days=7)
        for days, seen in ((7, True), (8, False)):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self.env.cr.precommit.data.clear()
                self.assertEqual(self.sees(self.sale_b1, self.customer), seen)

    def test_it_is_ended_by_hand_and_kept(self):
        share = self.share()
        share.action_end()
        self.assertFalse(self.sees(self.sale_b1, self.customer))
        self.assertEqual(share.ended_by_id, self.sale_a1)
        self.assertTrue(share.ended_on)
        with self.assertRaises(AccessError):
            share.unlink()
        with self.assertRaises(UserError):
            share.sudo().unlink()
        # whoever had it no longer reads of it
        self.assertFalse(self.sees(self.sale_b1, share))
        self.assertTrue(self.sees(self.leader_a, share))

    def test_chatter_tells_the_superior(self):
        share = self.share(mode="write")
        share.action_end()
        notes = self.customer.message_ids.sorted("id")[-2:]
        self.assertIn(self.sale_b1.name, notes[0].body)
        self.assertIn("Read and write", notes[0].body)
        self.assertNotIn("Joint visit", notes[0].body)
        self.assertIn("No longer shared", notes[1].body)
        for note in notes:
            self.assertTrue(note.is_internal)
            self.assertEqual(note.author_id, self.sale_a1.partner_id)

    def test_a_superior_shares_what_is_below(self):
        self.forbid_peers()
        for superior in (self.leader_a, self.director):
            share = self.share(by=superior)
            self.assertTrue(self.sees(self.sale_b1, self.customer))
            share.action_end()
        with self.assertRaisesRegex(AccessError, "superiors only"):
            self.share()
        with self.assertRaises(AccessError):
            self.share(by=self.leader_b)

    def test_a_new_share_takes_the_place_of_the_old(self):
        first = self.share(mode="write")
        self.share()
        self.assertFalse(first.active)
        self.assertFalse(self.sees(self.sale_b1, self.customer, "write"))

    def test_who_ends_it(self):
        share = self.share(by=self.leader_a)
        for user in (self.sale_a1, self.sale_a2, self.sale_b1, self.leader_b):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                share.with_user(user).action_end()
        share.with_user(self.director).action_end()
        by_colleague = self.share()
        by_colleague.with_user(self.leader_a).action_end()
        self.assertEqual(by_colleague.ended_by_id, self.leader_a)

    def test_it_ends_when_the_customer_moves_on(self):
        share, by_leader = self.share(), self.share(by=self.leader_a, to=self.sale_b2)
        self.customer.user_id = self.sale_a2
        self.assertFalse(share.active)
        self.assertTrue(by_leader.active)

    def test_it_ends_when_the_document_moves_on(self):
        lead = self.lead()
        share = self.share(lead)
        lead.user_id = self.sale_a2
        self.assertFalse(share.active)

    def test_a_deleted_document_opens_nothing(self):
        lead = self.lead()
        self.share(lead)
        self.assertTrue(self.sees(self.sale_b1, self.customer))
        lead.unlink()
        self.assertFalse(self.sees(self.sale_b1, self.customer))

    def test_merged_customers_keep_their_shares(self):
        other = self.make_customer("Other")
        share = self.share(other, mode="write")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.customer | other).ids, self.customer)
        share.invalidate_recordset()
        self.assertEqual((share.partner_id, share.res_id), (self.customer, self.customer.id))

    def test_wizard(self):
        wizard = Form(
            self.env["incom.customer.share.wizard"]
            .with_user(self.sale_a1)
            .with_context(active_model="res.partner", active_id=self.contact.id)
        )
        self.assertEqual(wizard.record_name, self.customer.display_name)
        self.assertEqual(wizard.date_to, self.days_ago(-30))
        wizard.user_id = self.sale_b1
        wizard.reason = "Joint visit"
        wizard.save().action_share()
        share = self.env["incom.customer.share"].search([("res_id", "=", self.customer.id)])
        self.assertEqual(share.create_uid, self.sale_a1)
        self.assertEqual((share.mode, share.date_to), ("read", self.days_ago(-30)))


@tagged("post_install", "-at_install")
class TestShareAttacks(ShareCommon):
    """What a colleague tries by remote call."""

    def test_another_ones_customer(self):
        for attacker in (self.sale_a2, self.sale_b1, self.leader_b):
            with self.subTest(user=attacker.login), self.assertRaises(AccessError):
                self.share(by=attacker, to=self.sale_b2)
        lead = self.lead()
        with self.assertRaises(AccessError):
            self.share(lead, by=self.sale_b1, to=self.sale_b2)

    def test_what_is_lent_is_not_lent_on(self):
        self.share()
        for mode in ("read", "write"):
            with self.assertRaises(AccessError):
                self.share(by=self.sale_b1, to=self.sale_b2, mode=mode)
        self.share(mode="write")
        with self.assertRaises(AccessError):
            self.share(by=self.sale_b1, to=self.sale_b2)

    def test_ones_own_document_does_not_open_anothers_customer(self):
        lead = self.lead(user=self.sale_b1)
        with self.assertRaises(AccessError):
            self.share(lead, by=self.sale_b1, to=self.sale_b2)

    def test_a_share_is_not_extended(self):
        share = self.share(days=3)
        for user in (self.sale_b1, self.sale_a1, self.leader_b):
            for vals in ({"date_to": self.days_ago(-300)}, {"mode": "write"}, {"active": True}):
                with (
                    self.subTest(user=user.login, **vals),
                    self.assertRaises(UserError),
                ):
                    share.with_user(user).write(vals)

    def test_what_is_lent_is_not_kept(self):
        mine = self.make_customer("Mine", user=self.sale_b1)
        lead = self.lead()
        self.share(mode="write")
        self.share(lead, mode="write")
        customer, document = (row.with_user(self.sale_b1) for row in (self.customer, lead))
        customer.phone = "0903 111 222"
        document.name = "Another machine"
        for record, vals in (
            (customer, {"user_id": self.sale_b1.id}),
            (customer, {"parent_id": mine.id}),
            (document, {"user_id": self.sale_b1.id}),
            (document, {"partner_id": mine.id}),
        ):
            with self.subTest(**vals), self.assertRaisesRegex(AccessError, "only lent"):
                record.write(vals)

    def test_forged_values(self):
        other = self.make_customer("Other", user=self.sale_b2)
        for forged in (
            {"automatic": True},
            {"create_uid": self.director.id},
            {"ended_by_id": self.director.id},
            {"source_model": "crm.lead", "source_id": 1},
        ):
            with self.subTest(**forged), self.assertRaises(AccessError):
                self.share(**forged)
        share = self.share(partner_id=other.id)
        self.assertEqual(share.partner_id, self.customer)
        self.assertEqual(share.create_uid, self.sale_a1)
        self.assertFalse(self.sees(self.sale_b1, other))

    def test_forged_defaults(self):
        shares = self.env["incom.customer.share"].with_user(self.sale_a1)
        share = shares.with_context(
            default_automatic=True, default_partner_id=self.company.partner_id.id
        ).create(
            {
                "res_id": self.customer.id,
                "user_id": self.sale_b1.id,
                "date_to": self.today,
                "reason": "Joint visit",
            }
        )
        self.assertFalse(share.automatic)
        self.assertEqual(share.partner_id, self.customer)

    def test_the_wizard_tells_nothing_of_a_hidden_record(self):
        wizard = (
            self.env["incom.customer.share.wizard"]
            .with_user(self.sale_b1)
            .create(
                {
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                    "user_id": self.sale_b2.id,
                    "reason": "Curious",
                }
            )
        )
        self.assertTrue(self.customer.display_name)
        with self.assertRaises(AccessError):
            wizard.read(["record_name"])
        with self.assertRaises(AccessError):
            wizard.action_share()

    def test_only_with_colleagues(self):
        archived = self._user("left", "sales_team.group_sale_salesman")
        archived.active = False
        for nobody in (self.portal, archived, self.sale_a1):
            with self.subTest(user=nobody.login), self.assertRaises(UserError):
                self.share(to=nobody)

    def test_dates(self):
        for vals in (
            {"date_to": False},
            {"days": 31},
            {"days": -1},
            {"date_from": self.days_ago(2)},
            {"date_from": self.days_ago(-9)},
        ):
            with self.subTest(**vals), self.assertRaises(UserError):
                self.share(**vals)
        self.assertTrue(self.share(days=30))

    def test_a_reason_is_given(self):
        with self.assertRaises(UserError):
            self.share(reason="  ")

    def test_colleagues_contacts_are_not_shared(self):
        with self.assertRaises(AccessError):
            self.share(self.sale_a1.partner_id, mode="write")

    def test_who_does_not_sell_shares_nothing(self):
        for user in (self.accountant, self.office, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.share(by=user)
        helper = self._user(
            "helper",
            "sales_team.group_sale_salesman,incom_crm.group_back_office,account.group_account_invoice",
        )
        self.assertTrue(self.sees(helper, self.customer, "write"))
        with self.assertRaises(AccessError):
            self.share(by=helper)
