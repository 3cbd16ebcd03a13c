from datetime import timedelta

from odoo import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .test_care_trigger import CareTriggerCase


@tagged("post_install", "-at_install")
class TestCarePreview(CareTriggerCase):
    """How many customers a policy or trigger would touch today, and the list that opens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # nobody else's customers
        cls.env.cr.execute("UPDATE res_partner SET active = FALSE WHERE partner_share")
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.category = self.env["product.category"].create({"name": "Bags"})
        self.product.categ_id = self.category
        self.early = self.buyer(self.days_ago(40), user=self.sale_a1)
        self.late = self.buyer(self.days_ago(2), user=self.sale_b1)
        self.env["incom.customer.profile"]._refresh()

    def opened(self, record, action):
        """The customers of the list that an action opens, as the viewer."""
        action = getattr(record, action)()
        return record.env[action["res_model"]].search(action["domain"])

    def test_due_is_what_the_engine_says(self):
        """Of every kind: the count, the list and, once it is in use, the alert name the same customers."""
        today = self.today
        self.early.birthdate = today.replace(year=1988, day=1 if today.day > 28 else today.day)
        self.late.sale_order_ids.incom_renewal_date = today + timedelta(days=5)
        self.make_order(self.early, today - timedelta(days=360))
        self.make_orders(self.late, (22, 42, 62))
        self.env["incom.customer.profile"]._refresh()
        starting = self.env.ref("incom_crm.approach_level_starting")
        for kind, days, values in (
            ("purchase", 30, {}),
            ("season", 14, {}),
            ("birthday", 30, {}),
            ("renewal", 10, {}),
            ("product", 20, {"category_id": self.category.id}),
            ("level", 100, {"level_id": starting.id}),
            ("cycle", 150, {}),
        ):
            trigger = self.make_trigger(kind, days, active=False, **values)
            due = self.opened(trigger, "action_open_due")
            with self.subTest(kind=kind):
                self.assertTrue(due)
                self.assertEqual(trigger.due_count, len(due))
                trigger.active = True
                self.env["incom.customer.profile"]._refresh()
                asked = self.env["incom.customer.profile"].search([("trigger_from", "<=", today)])
                self.assertEqual(due, asked.partner_id)
            trigger.unlink()

    def test_record_rules(self):
        """Everybody counts and opens the customers he may see."""
        trigger = self.make_trigger("purchase", 1, active=False)
        everybody = self.early | self.late
        for user, seen in (
            (self.director, everybody),
            (self.leader_a, self.early),
            (self.sale_b1, self.late),
            (self.sale_a2, everybody.browse()),
        ):
            mine = trigger.with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual((mine.due_count, mine.fits_count), (len(seen), len(seen)))
                self.assertEqual(self.opened(mine, "action_open_due"), seen)
                self.assertEqual(self.opened(mine, "action_open_fitting"), seen)

    def test_unsaved(self):
        """The form counts what it shows, before anything is saved."""
        with Form(self.triggers.with_user(self.manager)) as form:
            form.name = "Soon after"
            form.kind = "purchase"
            form.days = 30
            self.assertEqual((form.fits_count, form.due_count), (2, 1))
            form.days = 1
            self.assertEqual(form.due_count, 2)
            form.industry_id = self.env["res.partner.industry"].create({"name": "Trade"})
            self.assertEqual((form.fits_count, form.due_count), (0, 0))

    def test_policy(self):
        """A policy alone: S ≥ K − min(3, ⌈K/5⌉), whatever the others allow."""
        policy = self.env["incom.care.policy"].create(
            {"name": "Short", "silence_days": 40, "active": False}
        )
        self.assertEqual(self.opened(policy, "action_open_due"), self.early)
        self.assertEqual(policy.due_count, 1)
        self.assertEqual(self.opened(policy, "action_open_fitting"), self.early | self.late)
        for silence, due in ((43, 1), (44, 0), (5, 1), (4, 1), (3, 2)):
            policy.silence_days = silence
            with self.subTest(silence=silence):
                self.assertEqual(policy.due_count, due)


@tagged("post_install", "-at_install")
class TestCareTriggerTour(HttpCase):
    """The form of a trigger counts while it is edited, and opens whom it counted."""

    def test_preview(self):
        manager = new_test_user(
            self.env, "consultant", groups="sales_team.group_sale_manager", lang="en_US"
        )
        tag = self.env["res.partner.category"].create({"name": "Tour"})
        customer = self.env["res.partner"].create(
            {"name": "Tour buyer", "user_id": manager.id, "category_id": tag.ids}
        )
        product = self.env["product.product"].create({"name": "Bag", "type": "service"})
        order = self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "order_line": [Command.create({"product_id": product.id, "price_unit": 100.0})],
            }
        )
        order.action_confirm()
        order.date_order -= timedelta(days=5)
        self.env["incom.customer.profile"]._refresh(customer.ids)
        self.env["incom.care.trigger"].create(
            {
                "name": "Tour occasion",
                "kind": "purchase",
                "days": 30,
                "tag_id": tag.id,
                "active": False,
            }
        )
        self.start_tour("/odoo/care-triggers", "incom_crm_care_trigger", login=manager.login)
