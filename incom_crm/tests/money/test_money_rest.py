from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MoneyCommon


@tagged("post_install", "-at_install")
class TestMoneyRest(MoneyCommon):
    """Single cases of the map: opportunities, quotations, given up rests, write-offs, and who sees what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.service_type = "manual"
        cls.product.invoice_policy = "order"

    def boxes(self, customer, model=None):
        return self.amounts([("partner_id", "=", customer.id)], model=model)

    def as_user(self, records, person):
        """What a person does, who works in one company."""
        return records.with_user(person).with_context(allowed_company_ids=self.company.ids)

    def make_lead(self, customer, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Need",
                "type": "opportunity",
                "partner_id": customer.id,
                "user_id": customer.user_id.id,
                "expected_revenue": 1000.0,
                **values,
            }
        )

    def test_opportunity_until_it_is_quoted(self):
        customer = self.make_customer()
        lead = self.make_lead(customer)
        self.assertEqual(self.boxes(customer), {"m1": 1000.0})
        self.make_order(customer, self.days_ago(9), 300.0, "draft", opportunity_id=lead.id)
        latest = self.make_order(customer, self.days_ago(2), 700.0, "sent", opportunity_id=lead.id)
        self.assertEqual(self.boxes(customer), {"m2": 700.0})
        latest.action_confirm()
        self.assertEqual(self.boxes(customer), {"m2": 300.0, "m3": 700.0})

    def test_lost_and_won_are_no_money_to_come(self):
        customer = self.make_customer()
        self.make_lead(customer).action_set_lost()
        self.make_lead(customer).action_set_won()
        self.assertEqual(self.boxes(customer), {})

    def test_lead_of_nobody_known_is_its_salespersons(self):
        lead = self.make_lead(
            self.env["res.partner"], user_id=self.sale_a1.id, contact_name="A stranger"
        )
        seen = self.as_user(self.money, self.sale_a1).search(
            [("res_id", "=", lead.id), ("box", "=", "m1")]
        )
        self.assertEqual((seen.user_id, bool(seen.owner_id)), (self.sale_a1, False))
        self.assertFalse(self.as_user(self.money, self.sale_a2).search([("id", "in", seen.ids)]))

    def test_expired_quotation_is_late(self):
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(40), 500.0, "sent", validity_date=self.days_ago(1))
        line = self.money.search([("partner_id", "=", customer.id)])
        self.assertEqual((line.box, line.is_late, line.amount), ("m2", True, 500.0))

    def test_from_order_to_cash(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(5), 100.0)
        self.assertEqual(self.boxes(customer), {"m3": 100.0})
        order.order_line.qty_delivered = 1
        self.assertEqual(self.boxes(customer), {"m4": 100.0})
        invoice = order._create_invoices()
        line = self.money.search([("partner_id", "=", customer.id)])
        self.assertEqual((line.box, line.has_draft_invoice), ("m4", True))
        invoice.action_post()
        [box] = self.boxes(customer)
        self.assertIn(box, ("m5", "m6"))
        self._pay(invoice)
        self.assertEqual(self.boxes(customer), {"m7": 100.0})

    def test_what_is_written_off_was_not_collected(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(5), 100.0)
        invoice = order._create_invoices()
        invoice.action_post()
        expense = self.env["account.account"].search(
            [("account_type", "=", "expense"), ("company_ids", "in", self.company.ids)], limit=1
        )
        self._pay(
            invoice,
            amount=90.0,
            payment_difference_handling="reconcile",
            writeoff_account_id=expense.id,
        )
        self.assertEqual(self.boxes(customer), {"m7": 90.0})

    def test_taken_back_payment(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(5), 100.0)
        invoice = order._create_invoices()
        invoice.action_post()
        payment = self._pay(invoice)
        payment.move_id._reverse_moves([{"date": self.today}], cancel=True)
        self.assertEqual(self.boxes(customer).get("m7", 0.0), 0.0)

    def _pay(self, invoice, **values):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        return wizard.create({"payment_date": self.today, **values})._create_payments()

    def test_unordered_goods_have_a_price(self):
        customer = self.make_customer()
        tax = self.env["account.tax"].create({"name": "VAT 10", "amount": 10})
        order = self.make_order(customer, self.days_ago(5), 100.0)
        order.order_line.qty_delivered = 1
        order._create_invoices().action_post()
        line = self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.product.id,
                "product_uom_qty": 0,
                "price_unit": 50.0,
                "discount": 20,
                "tax_ids": [Command.set(tax.ids)],
            }
        )
        self.assertEqual(line.incom_unit_total, 44.0)
        line.qty_delivered = 2
        self.assertEqual(self.boxes(customer)["m4"], 88.0)

    def test_rest_is_given_up_by_a_superior(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(5), 100.0)
        for person in (self.sale_a1, self.leader_b):
            with self.assertRaises(AccessError):
                self.as_user(order, person).incom_close_rest("They closed down")
        with self.assertRaises(UserError):
            self.as_user(order, self.leader_a).incom_close_rest("  ")
        with Form(
            self.as_user(self.env["incom.order.rest.wizard"], self.leader_a).with_context(
                active_ids=order.ids
            )
        ) as form:
            form.reason = "They closed down"
        form.record.action_close()
        self.assertEqual(order.incom_rest_closed_by_id, self.leader_a)
        self.assertIn("They closed down", order.message_ids[0].body)
        self.assertEqual(self.boxes(customer), {})
        self.as_user(order, self.leader_a).incom_reopen_rest()
        self.assertEqual(self.boxes(customer), {"m3": 100.0})

    def test_rest_is_given_up_by_its_button_alone(self):
        order = self.make_order(self.make_customer(), self.days_ago(5), 100.0)
        values = {"incom_rest_closed_on": self.today, "incom_rest_closed_by_id": self.leader_a.id}
        for person in (self.sale_a1, self.leader_a):
            with self.assertRaises(AccessError):
                self.as_user(order, person).write(values)
        with self.assertRaises(AccessError):
            self.as_user(self.env["sale.order"], self.sale_a1).create(
                {"partner_id": order.partner_id.id, **values}
            )
        self.assertFalse(order.incom_rest_closed_on)

    def test_opportunities_are_read_by_who_sells(self):
        customer = self.make_customer()
        self.make_lead(customer)
        for person in (self.sale_a1, self.director):
            self.assertEqual(self.boxes(customer, self.as_user(self.money, person)), {"m1": 1000.0})
        self.assertEqual(self.boxes(customer, self.as_user(self.money, self.accountant)), {})

    def test_entries_without_a_customer_are_for_who_sees_all(self):
        """A superior sees unowned customers, not entries that name nobody."""
        account = self.env["account.account"].search(
            [("account_type", "=", "asset_receivable"), ("company_ids", "in", self.company.ids)],
            limit=1,
        )
        other = self.env["account.account"].search(
            [("account_type", "=", "income"), ("company_ids", "in", self.company.ids)], limit=1
        )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "line_ids": [
                    Command.create({"account_id": account.id, "debit": 70.0}),
                    Command.create({"account_id": other.id, "credit": 70.0}),
                ],
            }
        )
        entry.action_post()
        found = [("res_model", "=", "account.move"), ("res_id", "=", entry.id)]
        self.assertTrue(self.as_user(self.money, self.director).search(found))
        self.assertFalse(self.as_user(self.money, self.leader_a).search(found))

    def test_accountants_find_it_among_their_reports(self):
        """Who does not sell has no menu of sales."""
        menus = self.env["ir.ui.menu"].with_user(self.accountant)._visible_menu_ids()
        self.assertIn(self.env.ref("incom_crm.menu_account_money_map").id, menus)
        self.assertNotIn(self.env.ref("incom_crm.menu_root").id, menus)

    def test_who_sees_the_money(self):
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(5), 100.0)
        for person in (self.sale_a1, self.leader_a, self.director, self.accountant):
            self.assertEqual(
                self.boxes(customer, self.as_user(self.money, person)), {"m3": 100.0}, person.login
            )
        for person in (self.sale_a2, self.leader_b):
            self.assertEqual(
                self.boxes(customer, self.as_user(self.money, person)), {}, person.login
            )
        for person in (self.office, self.portal):
            with self.assertRaises(AccessError):
                self.as_user(self.money, person).search_count([])
