from unittest.mock import patch

from odoo.tests import Form, tagged

from .common import IncomCrmCommon

GUARDS = "odoo.addons.incom_crm.models.isolation.guards.isolation"


@tagged("post_install", "-at_install")
class TestDuplicateGuards(IncomCrmCommon):
    """What B enters exists with A: B is told that, not whose it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.make_customer(
            cls, "Secret", cls.sale_a1, vat="VAT 4711", company_registry="R-4711"
        )
        cls.secret_lead = cls.env["crm.lead"].create(
            {
                "name": "Secret lead",
                "email_from": "buyer@secret-company.example",
                "user_id": cls.sale_a1.id,
            }
        )
        cls.env.invalidate_all()

    def set_warning(self, on):
        warning = self.env.ref("incom_crm.parameter_duplicate_warning")
        warning.value = on

    def test_customer(self):
        for values in ({"vat": "VAT 4711"}, {"company_registry": "R-4711"}):
            with self.subTest(**values):
                own = self.make_customer("Own", self.sale_b1, **values)
                self.env.invalidate_all()
                of_b = own.with_user(self.sale_b1)
                self.assertFalse(of_b.same_vat_partner_id)
                self.assertFalse(of_b.same_company_registry_partner_id)
                self.assertTrue(of_b.duplicate_elsewhere)
                director = own.with_user(self.director)
                self.assertEqual(
                    director.same_vat_partner_id | director.same_company_registry_partner_id,
                    self.secret,
                )
                self.assertFalse(director.duplicate_elsewhere)

    def test_customer_form(self):
        partners = self.env["res.partner"].with_user(self.sale_b1)
        with patch(f"{GUARDS}._logger") as logger, Form(partners) as form:
            form.name = "Own"
            self.assertFalse(form.duplicate_elsewhere)
            form.vat = "VAT 4711"
            self.assertFalse(form.same_vat_partner_id)
            self.assertTrue(form.duplicate_elsewhere)
        self.assertEqual(logger.info.call_args.args[-1], self.secret.ids)

    def test_warning_can_be_turned_off(self):
        self.set_warning(0)
        own = self.make_customer("Own", self.sale_b1, vat="VAT 4711").with_user(self.sale_b1)
        self.assertFalse(own.duplicate_elsewhere)
        self.assertFalse(own.same_vat_partner_id)

    def test_lead(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Own lead",
                "email_from": "boss@secret-company.example",
                "user_id": self.sale_b1.id,
            }
        )
        self.env.invalidate_all()
        of_b = lead.with_user(self.sale_b1)
        self.assertEqual(of_b.duplicate_lead_ids.ids, lead.ids)
        self.assertFalse(of_b.duplicate_lead_count)
        self.assertTrue(of_b.duplicate_elsewhere)
        of_director = lead.with_user(self.director)
        self.assertIn(self.secret_lead, of_director.duplicate_lead_ids)
        self.assertEqual(of_director.duplicate_lead_count, 1)
        self.assertFalse(of_director.duplicate_elsewhere)

    def test_bank_account(self):
        accounts = self.env["res.partner.bank"]
        accounts.create({"acc_number": "4711 0815", "partner_id": self.secret.id})
        own = self.make_customer("Own", self.sale_b1)
        account = accounts.create({"acc_number": "4711 0815", "partner_id": own.id})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(account.with_user(self.sale_b1).duplicate_bank_partner_ids)
        self.assertFalse(own.with_user(self.sale_b1).duplicate_bank_partner_ids)
        self.assertEqual(account.with_user(self.director).duplicate_bank_partner_ids, self.secret)

    def test_order_for_a_shared_customer_is_its_makers(self):
        self.env["incom.customer.share"].create(
            {
                "partner_id": self.secret.id,
                "res_model": "res.partner",
                "res_id": self.secret.id,
                "user_id": self.sale_b1.id,
                "reason": "Helps out",
            }
        )
        self.env.invalidate_all()
        orders = self.env["sale.order"]
        of_b = orders.with_user(self.sale_b1).create({"partner_id": self.secret.id})
        self.assertEqual(of_b.user_id, self.sale_b1)
        of_leader = orders.with_user(self.leader_a).create({"partner_id": self.secret.id})
        self.assertEqual(of_leader.user_id, self.sale_a1)
        given = orders.create({"partner_id": self.secret.id, "user_id": self.sale_a2.id})
        self.env.add_to_compute(orders._fields["user_id"], given)
        given.with_user(self.sale_b1).sudo()._compute_user_id()
        self.assertEqual(given.user_id, self.sale_a2)
