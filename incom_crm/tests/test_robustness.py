from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..engine import refresh
from ..models.customer.customer_queue import EVERYBODY
from .common import IncomCrmCommon

FOR_EVER = "9999-12-31"
FOR_EVER_LATE = datetime(9999, 12, 31, 20)


@tagged("post_install", "-at_install")
class TestLessUsualTouches(IncomCrmCommon):
    """Changes that reach a customer's row by another way than its own documents."""

    def test_credit_note_to_another_payer_touches_the_orders_customer(self):
        customer, payer = self.make_customer("Customer"), self.make_customer("Payer")
        order = self.make_order(customer, self.today, partner_invoice_id=payer.id)
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertTrue(self.profile(customer).purchase_count)
        self.clear_queue()
        invoice._reverse_moves(cancel=True)
        self.assertIn(customer.id, self.queued())
        self.assertFalse(self.profile(customer).purchase_count)

    def test_product_of_an_order_line(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.today)
        product = self.product.copy({"list_price": 5555.0})
        self.clear_queue()
        order.order_line.product_id = product
        self.assertIn(customer.id, self.queued())

    def test_due_date_of_an_instalment(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.today)
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.action_post()
        self.clear_queue()
        instalment = invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        instalment.date_maturity = self.days_ago(40)
        self.assertIn(customer.id, self.queued())
        self.assertEqual(self.profile(customer).overdue_amount, 100.0)

    def test_deleted_criterion_takes_its_policies_along(self):
        criteria = {
            "tag_id": self.env["res.partner.category"].create({"name": "Rare"}),
            "industry_id": self.env["res.partner.industry"].create({"name": "Rare"}),
            "region_id": self.env["incom.region"].create({"name": "Rare"}),
            "team_id": self.env["crm.team"].create({"name": "Rare"}),
        }
        for field, criterion in criteria.items():
            with self.subTest(criterion=field):
                policy = self.env["incom.care.policy"].create(
                    {"name": "Rare", "silence_days": 3, field: criterion.id}
                )
                self.clear_queue()
                criterion.unlink()
                self.assertFalse(policy.exists())
                self.assertIn(EVERYBODY, self.queued())

    def test_holiday_that_becomes_somebodys_leave(self):
        holiday = self.close_company(self.days_ago(20), self.days_ago(10))
        self.clear_queue()
        holiday.resource_id = self.env["resource.resource"].create({"name": "Somebody"})
        self.assertIn(EVERYBODY, self.queued())

    def test_deleted_user_and_contact_of_a_company(self):
        user = self._user("short_stay", "base.group_user")
        contact = user.partner_id
        self.clear_queue()
        user.unlink()
        self.assertIn(contact.id, self.queued())
        self.clear_queue()
        self.env["res.company"].create({"name": "Branch"}).partner_id = self.make_customer()
        self.assertIn(EVERYBODY, self.queued())

    def test_work_on_a_lead_before_it_has_a_customer(self):
        lead = self.env["crm.lead"].create({"name": "Lead", "type": "opportunity"})
        lead.with_user(self.sale_a1).sudo().message_post(
            body="Wants ten machines before summer",
            message_type="comment",
            author_id=self.sale_a1.partner_id.id,
        )
        activity = lead.activity_schedule("mail.mail_activity_data_call", user_id=self.sale_a1.id)
        activity.with_user(self.sale_a1).sudo()._action_done(feedback="Told them the price")
        customer = self.make_customer()
        lead.partner_id = customer
        self.env.cr.flush()
        rows = self.env["incom.interaction"].search([("partner_id", "=", customer.id)])
        self.assertEqual(len(rows), 2)
        lead.partner_id = customer
        self.assertEqual(
            self.env["incom.interaction"].search_count([("partner_id", "=", customer.id)]), 2
        )


@tagged("post_install", "-at_install")
class TestExtremes(IncomCrmCommon):
    """What a careless record must not do: break the screens, or the refresh of everybody."""

    def read_all(self, customer):
        row = self.profile(customer)
        self.env.invalidate_all()
        row.read()
        customer.read(["care_alert", "status_explanation"])
        return row

    def test_for_ever(self):
        customer = self.make_customer()
        self.make_order(customer, self.today, state="draft", validity_date=FOR_EVER)
        self.make_order(customer, FOR_EVER_LATE)
        activity = customer.activity_schedule(
            "mail.mail_activity_data_todo", date_deadline=FOR_EVER
        )
        self.assertTrue(activity)
        self.assertEqual(self.read_all(customer).care_alert, "ok")

    def test_endless_silence_and_cycles(self):
        customer = self.make_customer()
        self.env["incom.purchase.cycle"].create(
            [{"name": "Rarely", "days": 99_999}, {"name": "Never", "days": 999_999}]
        )
        self.env["incom.care.policy"].search([]).silence_days = 3650
        self.assertEqual(self.read_all(customer).care_alert, "ok")

    def test_work_overdue_after_a_long_closure(self):
        customer = self.make_customer()
        self.close_company(self.days_ago(90), self.days_ago(20))
        customer.activity_schedule("mail.mail_activity_data_todo", date_deadline=self.days_ago(80))
        self.assertLessEqual(
            self.profile(customer).activity_missed_from, self.days_ago(19) + timedelta(days=2)
        )

    def test_levels_are_not_deleted(self):
        manager = self._user("manager", "sales_team.group_sale_manager")
        level = self.env.ref("incom_crm.approach_level_good").with_user(manager)
        with self.assertRaises(AccessError):
            level.unlink()
        level.name = "Long-standing partner"

    def test_nobody_decides_in_anothers_name(self):
        pin = (
            self.env["incom.customer.pin"]
            .with_user(self.sale_a1)
            .create(
                {
                    "partner_id": self.make_customer().id,
                    "kind": "other",
                    "reason": "Is a competitor",
                    "user_id": self.director.id,
                }
            )
        )
        self.assertEqual(pin.user_id, self.sale_a1)

    def test_rebuild_sees_what_was_committed_before_its_lock(self):
        commits = []
        profile = self.env["incom.customer.profile"]
        self.patch(type(profile), "_commit_rebuild", lambda self: commits.append(1))
        rebuild = refresh.rebuild

        def rebuild_after_commit(env, commit):
            self.assertTrue(commits, "a transaction of its own begins after the lock is taken")
            return rebuild(env, commit)

        self.patch(refresh, "rebuild", rebuild_after_commit)
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 1)
        profile._cron_rebuild()

    def test_portal_cannot_search_what_is_thought_of_it(self):
        customer = self.portal.partner_id
        customer.user_id = self.sale_a1
        self.assertEqual(self.profile(customer).care_alert, "ok")
        contacts = self.env["res.partner"].with_user(self.portal)
        asked = {
            "search": lambda: contacts.search([("care_alert", "=", "ok")]),
            "compare": lambda: contacts.search([("priority", ">=", 0)]),
            "order": lambda: contacts.search([], order="priority desc"),
            "group": lambda: contacts.formatted_read_group([], ["care_alert"], ["__count"]),
        }
        for name, ask in asked.items():
            with self.subTest(way=name), self.assertRaises(AccessError):
                ask()
        colleague = self.env["res.partner"].with_user(self.sale_a1)
        self.assertIn(customer, colleague.search([("care_alert", "=", "ok")]))
