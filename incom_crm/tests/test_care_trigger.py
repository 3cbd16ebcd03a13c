from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import IncomCrmCommon

FRIDAY = date(2026, 3, 6)


@tagged("post_install", "-at_install")
class CareTriggerCase(IncomCrmCommon):
    """One trigger at a time, on customers who are left alone for long enough not to alert by silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["resource.calendar.leaves"].search([("resource_id", "=", False)]).unlink()
        cls.env["incom.care.policy"].search([]).silence_days = 3000
        cls.triggers = cls.env["incom.care.trigger"]
        cls.manager = cls._user("manager", "sales_team.group_sale_manager")

    def make_trigger(self, kind, days, **values):
        return self.triggers.create({"name": f"A {kind}", "kind": kind, "days": days, **values})

    def buyer(self, *days, **values):
        """A customer with care long ago and orders on these days."""
        customer = self.make_customer(**values)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            [self.at(FRIDAY - timedelta(days=900)), customer.id],
        )
        customer.invalidate_recordset()
        self.make_interaction(customer, FRIDAY - timedelta(days=800))
        for day in days:
            self.make_order(customer, day)
        return customer

    def on(self, customer, day):
        """The row as it stands on a day, read on that day."""
        with freeze_time(self.at(day)):
            profile = self.profile(customer)
            profile.invalidate_recordset()
            profile.mapped("care_alert")
            profile.mapped("care_reason")
        return profile

    def assertAsks(self, customer, start, asks):
        """Whether the customer needs care, by the number of days since ``start``."""
        for days, expected in asks.items():
            with self.subTest(days=days):
                profile = self.on(customer, start + timedelta(days=days))
                self.assertEqual(profile.care_alert, "needs_care" if expected else "ok")


@tagged("post_install", "-at_install")
class TestCareTrigger(CareTriggerCase):
    """The ways of care (definitions, 3), each by hand."""

    def test_shipped_triggers_are_not_in_use(self):
        """One of each kind to start from; the statuses are the definitions' until one is switched on."""
        shipped = self.triggers.with_context(active_test=False).search([])
        self.assertEqual(
            set(shipped.mapped("kind")), set(dict(self.triggers._fields["kind"].selection))
        )
        self.assertFalse(any(shipped.mapped("active")))
        self.assertTrue(all(shipped.mapped("description")))
        self.assertFalse(self.triggers._active_kinds())
        self.assertFalse(self.on(self.buyer(FRIDAY), FRIDAY).trigger_from)

    def test_time_since_purchase(self):
        """D+3: from the third open day after the last purchase, until a colleague is in touch."""
        trigger = self.make_trigger("purchase", 3)
        customer = self.buyer(FRIDAY - timedelta(days=50), FRIDAY)
        self.assertAsks(customer, FRIDAY, {0: False, 2: False, 3: True, 60: True})
        profile = self.on(customer, FRIDAY + timedelta(days=1))
        self.assertEqual(profile.trigger_id, trigger)
        self.assertEqual(profile.trigger_from, FRIDAY + timedelta(days=3), "a day to come")
        self.make_interaction(customer, FRIDAY + timedelta(days=2))
        self.assertAsks(customer, FRIDAY, {3: True})
        self.make_interaction(customer, FRIDAY + timedelta(days=4))
        self.assertAsks(customer, FRIDAY, {4: False, 60: False})
        self.assertFalse(self.on(customer, FRIDAY + timedelta(days=5)).trigger_from)

    def test_intervals_count_open_days(self):
        """A company holiday moves D+3 by a day."""
        self.make_trigger("purchase", 3)
        customer = self.buyer(FRIDAY)
        self.close_company(FRIDAY + timedelta(days=2), FRIDAY + timedelta(days=2))
        self.assertAsks(customer, FRIDAY, {3: False, 4: True})

    def test_attempts_and_late_entries_do_not_touch(self):
        """Touched is what ends a silence: care by a colleague, late entries aside."""
        self.make_trigger("purchase", 3)
        customer = self.buyer(FRIDAY)
        self.make_interaction(customer, FRIDAY + timedelta(days=4), grade="attempt")
        self.make_interaction(customer, FRIDAY + timedelta(days=4), late=True)
        self.assertAsks(customer, FRIDAY, {5: True})

    def test_same_season(self):
        """Some days before the anniversary of each purchase of last year, up to the day."""
        self.make_trigger("season", 7)
        bought = date(2024, 2, 29)
        customer = self.buyer(bought, date(2024, 6, 1))
        again = date(2025, 2, 28)
        self.assertAsks(customer, again, {-8: False, -7: True, 0: True, 1: False})
        self.assertEqual(
            self.on(customer, again + timedelta(days=1)).trigger_until, date(2025, 6, 1)
        )
        self.make_interaction(customer, again - timedelta(days=7))
        self.assertAsks(customer, again, {-7: False, 0: False})
        self.assertFalse(self.on(customer, date(2026, 6, 1)).trigger_from, "two years ago")

    def test_birthday(self):
        """Of the customer or an active contact, longer ahead than the parameter says."""
        self.make_trigger("birthday", 10)
        customer = self.buyer()
        birthday = FRIDAY + timedelta(days=20)
        contact = self.env["res.partner"].create(
            {"name": "Person", "parent_id": customer.id, "birthdate": birthday.replace(year=1980)}
        )
        self.assertAsks(customer, birthday, {-11: False, -10: True, 0: True, 1: False})
        self.make_interaction(customer, birthday - timedelta(days=10))
        self.assertAsks(customer, birthday, {-10: False, -4: False})
        self.assertEqual(
            self.on(customer, birthday).trigger_until, birthday.replace(year=2027), "the next one"
        )
        contact.active = False
        self.assertFalse(self.on(customer, birthday).trigger_from)

    def test_purchase_cycle(self):
        """Some days before the next purchase is due."""
        self.make_trigger("cycle", 8)
        customer = self.buyer(*(FRIDAY - timedelta(days=20 * number) for number in (3, 2, 1, 0)))
        self.assertAsks(customer, FRIDAY, {11: False, 12: True})
        self.make_interaction(customer, FRIDAY + timedelta(days=12))
        self.assertEqual(self.on(customer, FRIDAY + timedelta(days=14)).trigger_from, False)
        self.assertFalse(self.on(self.buyer(FRIDAY), FRIDAY).trigger_from, "no cycle")

    def test_every_so_many_days(self):
        """Class and level: so many days after the last care, whatever was bought since."""
        self.make_trigger(
            "level", 10, level_id=self.env.ref("incom_crm.approach_level_starting").id
        )
        customer = self.buyer(FRIDAY)
        self.make_interaction(customer, FRIDAY)
        self.make_order(customer, FRIDAY + timedelta(days=5))
        self.assertAsks(customer, FRIDAY, {9: False, 10: True})
        self.make_interaction(customer, FRIDAY + timedelta(days=11))
        self.assertAsks(customer, FRIDAY, {20: False, 21: True})

    def test_product_bought(self):
        """D+n after the last purchase of the category or one below it."""
        filters = self.env["product.category"].create({"name": "Filters"})
        air = self.env["product.category"].create({"name": "Air", "parent_id": filters.id})
        trigger = self.make_trigger("product", 30, category_id=filters.id)
        customer = self.buyer(FRIDAY)
        self.assertFalse(self.on(customer, FRIDAY).trigger_from)
        self.product.categ_id = air
        self.make_order(customer, FRIDAY + timedelta(days=2)).order_line.product_uom_qty = 0
        self.assertAsks(customer, FRIDAY, {29: False, 30: True})
        trigger.category_id = air
        self.assertAsks(customer, FRIDAY, {30: True})
        trigger.category_id = self.env["product.category"].create({"name": "Paper"})
        self.assertAsks(customer, FRIDAY, {30: False})

    def test_renewal(self):
        """Some days before the contract of a confirmed order ends, and on after it, until touched."""
        self.make_trigger("renewal", 30)
        customer = self.buyer()
        ends = FRIDAY + timedelta(days=100)
        order = self.make_order(customer, FRIDAY, incom_renewal_date=ends)
        self.assertAsks(customer, ends, {-31: False, -30: True, 5: True})
        self.make_interaction(customer, ends - timedelta(days=3))
        self.assertAsks(customer, ends, {-3: False, 5: False})
        order.incom_renewal_date = ends + timedelta(days=365)
        self.assertEqual(
            self.on(customer, ends).trigger_from, ends + timedelta(days=335), "renewed for a year"
        )
        self.assertFalse(order.copy().incom_renewal_date, "a new order is a new contract")
        order._action_cancel()
        self.assertFalse(self.on(customer, ends).trigger_from)

    def test_first_to_open_is_named(self):
        """Of several the one that opens first; of one day the first in the list."""
        later = self.make_trigger("purchase", 9)
        second = self.make_trigger("purchase", 5, sequence=20)
        first = self.make_trigger("purchase", 5, sequence=15)
        customer = self.buyer(FRIDAY)
        profile = self.on(customer, FRIDAY + timedelta(days=6))
        self.assertEqual(profile.trigger_id, first)
        self.assertEqual(profile.care_reason, f"{first.name}, since 03/11/2026")
        (first | second).active = False
        self.assertEqual(self.on(customer, FRIDAY).trigger_id, later)
        self.make_interaction(customer, FRIDAY + timedelta(days=6))
        self.assertAsks(customer, FRIDAY, {8: False, 9: True})

    def test_criteria(self):
        """A trigger is for those who meet every criterion."""
        tag = self.env["res.partner.category"].create({"name": "Key account"})
        industry = self.env["res.partner.industry"].create({"name": "Trade"})
        self.make_trigger("purchase", 3, tag_id=tag.id, industry_id=industry.id)
        both = self.buyer(FRIDAY, category_id=tag.ids, industry_id=industry.id)
        one = self.buyer(FRIDAY, category_id=tag.ids)
        self.assertAsks(both, FRIDAY, {3: True})
        self.assertAsks(one, FRIDAY, {3: False})

    def test_no_reason_without_allowed_silence(self):
        """K is null: only activities, promises, messages and cases can alert."""
        self.make_trigger("purchase", 3)
        customer = self.buyer(FRIDAY)
        self.env["incom.care.policy"].search([]).active = False
        self.assertAsks(customer, FRIDAY, {3: False})
        self.assertFalse(self.on(customer, FRIDAY).trigger_from)


@tagged("post_install", "-at_install")
class TestCareTriggerRecords(CareTriggerCase):
    """What a trigger may say, who may change it, and whom a change touches."""

    def test_days(self):
        for kind, days in (("purchase", 0), ("purchase", 1101), ("season", -1), ("birthday", 181)):
            with self.subTest(kind=kind, days=days), self.assertRaises(ValidationError):
                self.make_trigger(kind, days)
        self.assertTrue(self.make_trigger("birthday", 0))

    def test_what_a_kind_needs(self):
        """Class, level and category have to be chosen before the trigger is used."""
        for kind in ("class", "level", "product"):
            trigger = self.make_trigger(kind, 9, active=False)
            with (
                self.subTest(kind=kind),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                trigger.active = True
                trigger.flush_recordset()

    def test_explanation(self):
        trigger = self.make_trigger("class", 9, active=False)
        self.assertEqual(
            trigger.explanation,
            "Asks for care when a customer of class … had no contact for 9 days.",
        )
        for kind in dict(self.triggers._fields["kind"].selection):
            trigger.kind = kind
            self.assertIn("9", trigger.explanation)

    def test_access(self):
        """Everybody reads, sales managers write."""
        trigger = self.make_trigger("purchase", 3)
        trigger.with_user(self.manager).days = 4
        for user in (self.sale_a1, self.leader_a, self.office):
            self.assertEqual(trigger.with_user(user).days, 4)
            with self.assertRaises(AccessError):
                trigger.with_user(user).days = 5
        with self.assertRaises(AccessError):
            trigger.with_user(self.portal).read(["days"])
        with self.assertRaises(AccessError):
            trigger.with_user(self.office).read(["due_count"])

    def test_other_companies_triggers(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        trigger = self.make_trigger("purchase", 3, company_id=company.id)
        self.assertFalse(self.triggers.with_user(self.sale_a1).search([("id", "=", trigger.id)]))
        customer = self.buyer(FRIDAY)
        self.assertFalse(self.on(customer, FRIDAY).trigger_from)

    def test_a_change_touches_everybody(self):
        trigger = self.make_trigger("purchase", 3)
        self.clear_queue()
        trigger.write({"name": "Ask how it went", "description": "Call them"})
        self.assertFalse(self.queued())
        trigger.days = 4
        self.assertEqual(self.queued(), {0})
        self.clear_queue()
        trigger.unlink()
        self.assertEqual(self.queued(), {0})

    def test_orders_and_products_touch_their_customers(self):
        category = self.env["product.category"].create({"name": "Filters"})
        customer, other = self.buyer(FRIDAY), self.buyer()
        order = customer.sale_order_ids
        self.clear_queue()
        order.incom_renewal_date = FRIDAY
        self.assertEqual(self.queued(), set(customer.ids))
        self.clear_queue()
        self.product.categ_id = category
        category.parent_id = self.env["product.category"].create({"name": "Above"})
        self.assertFalse(self.queued(), "no trigger looks at products")
        self.make_trigger("product", 30, category_id=category.id)
        self.clear_queue()
        self.product.categ_id = False
        self.assertIn(customer.id, self.queued())
        self.assertNotIn(other.id, self.queued())
        self.clear_queue()
        category.parent_id = False
        self.assertEqual(self.queued(), {0})

    def test_deleted_trigger(self):
        """The profile lets go of it at once; the job finds the next one."""
        trigger = self.make_trigger("purchase", 3)
        customer = self.buyer(FRIDAY)
        self.on(customer, FRIDAY)
        trigger.unlink()
        profile = self.env["incom.customer.profile"].search([("partner_id", "=", customer.id)])
        self.assertFalse(profile.trigger_id)
        with freeze_time(self.at(FRIDAY + timedelta(days=3))):
            self.assertEqual(profile.care_reason, "time for care, since 03/09/2026")
        self.assertFalse(self.on(customer, FRIDAY).trigger_from)
