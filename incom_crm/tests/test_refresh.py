from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..engine import refresh
from ..models.customer.customer_queue import EVERYBODY
from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestRefresh(IncomCrmCommon):
    """Touches, the queue, the jobs, and input that is not as it should be."""

    # -- touches -----------------------------------------------------------------------------------

    def test_every_source_touches_its_customer(self):
        customer = self.make_customer()
        contact = self.env["res.partner"].create({"name": "Person", "parent_id": customer.id})
        order = self.make_order(customer, self.today, state="draft")
        lead = self.env["crm.lead"].create({"name": "Lead", "partner_id": contact.id})
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": customer.id}
        )
        activity = customer.activity_schedule("mail.mail_activity_data_todo")
        changes = {
            "partner": lambda: customer.write({"user_id": self.sale_b1.id}),
            "order": lambda: order.write({"validity_date": self.today}),
            "line": lambda: order.order_line.write({"price_unit": 7.0}),
            "confirmation": order.action_confirm,
            "invoice": lambda: invoice.write({"invoice_date_due": self.today}),
            "activity": lambda: activity.write({"date_deadline": self.days_ago(3)}),
            "deletion": activity.unlink,
            "note": lambda: customer.with_user(self.sale_b1).message_post(
                body="Ordered two more pallets", message_type="comment"
            ),
        }
        for name, change in changes.items():
            with self.subTest(source=name):
                self.clear_queue()
                change()
                self.assertIn(customer.id, self.queued())
        self.clear_queue()
        lead.stage_id = lead.stage_id.search([("is_won", "=", True)], limit=1)
        self.assertIn(contact.id, self.queued())

    def test_moved_document_touches_both_customers(self):
        old, new = self.make_customer("Old"), self.make_customer("New")
        order = self.make_order(old, self.today, state="draft")
        self.clear_queue()
        order.partner_id = new
        self.assertLessEqual({old.id, new.id}, self.queued())

    def test_settings_touch_everybody(self):
        policy = self.env.ref("incom_crm.care_policy_regular")
        parameter = self.env.ref("incom_crm.parameter_merge_days")
        changes = {
            "policy": lambda: policy.write({"silence_days": 20}),
            "parameter": lambda: parameter.write({"value": 2}),
            "holiday": lambda: self.close_company(self.today, self.today),
            "time zone": lambda: self.company.write({"incom_tz": "Europe/Paris"}),
        }
        for name, change in changes.items():
            with self.subTest(setting=name):
                self.clear_queue()
                change()
                self.assertIn(EVERYBODY, self.queued())

    def test_one_statement_per_transaction(self):
        customers = self.env["res.partner"].concat(
            *(self.make_customer(f"Customer {number}") for number in range(5))
        )
        self.clear_queue()
        queue = self.env["incom.customer.queue"]
        with self.assertQueryCount(1):
            for customer in customers:
                queue._touch(customer.ids)
                queue._touch(customer.ids)
            queue._flush_touched()
        self.assertEqual(len(queue.search([])), 5)

    def test_toucher_sees_the_effect(self):
        customer = self.make_customer()
        self.commit()
        self.assertEqual(customer.approach_level_id.code, "potential")
        self.make_order(customer, self.today)
        self.commit()
        self.assertEqual(customer.approach_level_id.code, "starting")
        self.assertFalse(self.queued() & set(customer.ids))

    def test_owner_is_never_behind(self):
        customer = self.make_customer(user=self.sale_a1)
        profile = self.profile(customer)
        customer.user_id = self.sale_b1
        self.assertEqual(profile.user_id, self.sale_b1)

    # -- jobs ----------------------------------------------------------------------------------------

    def run_job(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"incom_crm.{name}").method_direct_trigger()

    def test_job_takes_the_queue(self):
        customers = [self.make_customer(f"Customer {number}") for number in range(3)]
        self.env.cr.flush()
        with patch.object(
            type(self.env["incom.customer.profile"]), "_rebuild_is_cheaper", lambda *a: False
        ):
            self.run_job("ir_cron_refresh_customers")
        for customer in customers:
            self.assertEqual(customer.approach_level_id.code, "potential")
        self.assertFalse(self.queued() - {EVERYBODY})

    def test_job_rebuilds_when_everybody_is_touched(self):
        customer = self.make_customer()
        self.env["incom.customer.queue"]._touch_everybody()
        self.env.cr.flush()
        self.run_job("ir_cron_refresh_customers")
        self.assertTrue(customer.approach_level_id)
        self.assertFalse(self.queued())

    def test_job_takes_rows_whose_day_has_come(self):
        customer = self.make_customer()
        self.make_orders(customer, [400, 300, 200])
        profile = self.profile(customer)
        self.clear_queue()
        profile.write({"next_flip": self.today, "approach_level_id": self.level("regular").id})
        self.run_job("ir_cron_refresh_customers")
        self.assertEqual(profile.approach_level_id.code, "lapsed")
        self.assertTrue(not profile.next_flip or profile.next_flip > self.today)

    def test_rebuild_writes_only_differences(self):
        for number in range(4):
            customer = self.make_customer(f"Customer {number}")
            self.make_orders(customer, [90, 60, 30])
        refresh.refresh(self.env)
        self.assertEqual(refresh.refresh(self.env), 0)
        self.assertEqual(refresh.rebuild(self.env, lambda: None), 0)
        # the worker's next rebuild is on the same connection
        self.assertEqual(refresh.rebuild(self.env, lambda: None), 0)

    def test_killed_rebuild_loses_nothing(self):
        customer = self.make_customer()
        self.env["incom.customer.queue"]._touch_everybody()
        self.env.cr.flush()
        commits = []

        def die_after_computing():
            commits.append(True)
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt), self.env.cr.savepoint():
            refresh.rebuild(self.env, die_after_computing)
        self.assertEqual(len(commits), 1)
        self.assertIn(EVERYBODY, self.queued(), "what was touched is still to be done")
        self.run_job("ir_cron_refresh_customers")
        self.assertTrue(customer.approach_level_id)

    def test_rebuild_keeps_an_owner_changed_meanwhile(self):
        customer = self.make_customer(user=self.sale_a1)
        self.make_order(customer, self.today)

        def change_owner():
            customer.user_id = self.sale_b1
            self.env.flush_all()

        refresh.rebuild(self.env, change_owner)
        profile = self.env["incom.customer.profile"].search([("partner_id", "=", customer.id)])
        self.assertEqual(profile.user_id, self.sale_b1)

    def test_level_changes_are_logged_with_their_reason(self):
        customer = self.make_customer()
        self.profile(customer)
        log = self.env["incom.approach.level.log"]
        self.assertFalse(
            log.search([("partner_id", "=", customer.id)]), "a first level is no change"
        )
        self.make_order(customer, self.today)
        self.profile(customer)
        [entry] = log.search([("partner_id", "=", customer.id)])
        self.assertEqual(entry.from_level_id.code, "potential")
        self.assertEqual(entry.to_level_id.code, "starting")
        self.assertEqual(entry.date, self.today)
        self.assertEqual(entry.reason["purchase_count"], 1)

    def test_references_move_classes(self):
        customers = [self.make_customer(f"Customer {number}") for number in range(10)]
        for number, customer in enumerate(customers, start=1):
            self.make_order(customer, self.days_ago(10), amount=number * 1e9)
        self.env["incom.customer.reference"].search([]).unlink()
        others = self.env["incom.customer.profile"].search_count([("revenue_12m", ">", 1e9)])
        self.assertFalse(others, "no other customer is as large as ours")
        refresh.refresh(self.env)
        classes = [customer.customer_class for customer in customers]
        if self.env["incom.customer.profile"].search_count([("revenue_12m", ">", 0)]) == 10:
            self.assertEqual(classes, ["c"] * 5 + ["b"] * 3 + ["a"] * 2)
        self.assertEqual(classes[-1], "a")

    def level(self, code):
        return self.env.ref(f"incom_crm.approach_level_{code}")

    # -- bad input -------------------------------------------------------------------------------

    def test_order_of_a_person_without_company(self):
        person = self.env["res.partner"].create({"name": "Walk-in"})
        self.make_order(person, self.today)
        profile = self.profile(person)
        self.assertEqual(profile.purchase_count, 1)
        self.assertFalse(profile.user_id)

    def test_customer_without_owner(self):
        customer = self.make_customer(customer_rank=1)
        customer.user_id = False
        self.assertEqual(self.profile(customer).approach_level_id.code, "potential")

    def test_facts_of_contacts_roll_up(self):
        customer = self.make_customer()
        contact = self.env["res.partner"].create({"name": "Person", "parent_id": customer.id})
        self.make_order(contact, self.days_ago(40))
        self.make_order(customer, self.days_ago(10))
        self.assertEqual(self.profile(contact).purchase_count, 2)

    def test_archived_customer_is_out_of_every_count(self):
        customer = self.make_customer()
        self.assertTrue(self.profile(customer))
        customer.active = False
        self.assertFalse(self.profile(customer))
        customer.active = True
        self.assertTrue(self.profile(customer))

    def test_merged_customer(self):
        stays, goes = self.make_customer("Stays"), self.make_customer("Goes")
        self.make_orders(goes, [60, 30])
        self.make_interaction(goes, self.days_ago(2))
        self.make_order(stays, self.days_ago(90))
        self.commit()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (stays | goes).ids, stays, extra_checks=False
        )
        self.commit()
        profile = self.env["incom.customer.profile"].search([("partner_id", "=", stays.id)])
        self.assertEqual(profile.purchase_count, 3)
        self.assertEqual(profile.last_care_date, self.days_ago(2))
        self.assertFalse(self.env["incom.customer.profile"].search([("partner_id", "=", goes.id)]))

    def test_new_parent_takes_the_history(self):
        parent, child = self.make_customer("Group"), self.make_customer("Branch")
        self.make_order(child, self.days_ago(5))
        self.make_interaction(child, self.days_ago(3))
        self.commit()
        child.write({"parent_id": parent.id, "is_company": False})
        self.commit()
        profile = self.env["incom.customer.profile"].search([("partner_id", "=", parent.id)])
        self.assertEqual((profile.purchase_count, profile.last_care_date), (1, self.days_ago(3)))
        self.assertFalse(self.env["incom.customer.profile"].search([("partner_id", "=", child.id)]))

    def test_deleted_and_cancelled_orders_are_no_facts(self):
        customer = self.make_customer()
        order, other = self.make_orders(customer, [20, 10])
        self.commit()
        self.assertEqual(customer.purchase_count, 2)
        order._action_cancel()
        self.commit()
        self.assertEqual(customer.purchase_count, 1)
        other._action_cancel()
        other.unlink()
        self.commit()
        self.assertEqual(customer.purchase_count, 0)
        self.assertEqual(customer.purchase_status, "never")

    def test_order_of_tomorrow_is_no_fact_until_its_day(self):
        customer = self.make_customer()
        tomorrow = self.today + timedelta(days=1)
        self.make_order(customer, tomorrow)
        profile = self.profile(customer)
        self.assertEqual(profile.purchase_count, 0)
        self.assertEqual(profile.next_flip, tomorrow)
        self.assertEqual(self.profile(customer, today=tomorrow).purchase_count, 1)

    def test_two_companies_and_two_currencies(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        branch = self.env["res.company"].create({"name": "Branch", "currency_id": euro.id})
        product = self.product.with_company(branch)
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(9), amount=100.0)
        order = (
            self.env["sale.order"]
            .with_company(branch)
            .create(
                {
                    "partner_id": customer.id,
                    "company_id": branch.id,
                    "order_line": [Command.create({"product_id": product.id, "price_unit": 40.0})],
                }
            )
        )
        order.action_confirm()
        home, away = self.profile(customer), self.profile(customer, company=branch)
        self.assertEqual((home.purchase_count, home.revenue_12m), (1, 100.0))
        self.assertEqual(away.currency_id, euro)
        self.assertEqual((away.purchase_count, away.revenue_12m), (1, order.amount_untaxed))

    def test_foreign_currency_at_the_rate_of_the_order(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "name": self.days_ago(30),
                "rate": 0.5,
                "company_id": self.company.id,
            }
        )
        pricelist = self.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(9), amount=50.0, pricelist_id=pricelist.id)
        self.assertEqual(self.profile(customer).revenue_12m, 100.0)

    def test_credited_order_is_no_purchase(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(9))
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(self.profile(customer).purchase_count, 1)
        refund = invoice._reverse_moves([{"invoice_date": self.today}], cancel=True)
        self.assertEqual(refund.state, "posted")
        self.assertEqual(self.profile(customer).purchase_count, 0)
        order._create_invoices(final=True).action_post()
        self.assertEqual(self.profile(customer).purchase_count, 1, "credited and invoiced again")

    def test_sentinel_dates_of_imported_data(self):
        customer = self.make_customer()
        self.make_order(customer, self.today, state="draft", validity_date="9999-12-31")
        customer.activity_schedule("mail.mail_activity_data_todo", "9999-12-31")
        profile = self.profile(customer)
        self.assertEqual(
            profile.read(["next_flip", "activity_missed_from"])[0]["activity_missed_from"], False
        )
        self.assertEqual(profile.approach_level_id.code, "approaching")

    def test_long_cycles_of_a_consultant(self):
        self.env["incom.purchase.cycle"].create(
            [{"name": "Long", "days": 99_999}, {"name": "Longer", "days": 999_999}]
        )
        self.assertTrue(self.profile(self.make_customer()))
