from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

TODAY = fields.Date.to_date("2026-06-15")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 03:00:00")
class TestPinWizard(TransactionCase):
    """What a person decides about a customer by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env.company.incom_tz = "Asia/Ho_Chi_Minh"
        cls.salesperson = new_test_user(
            cls.env, "salesperson", groups="sales_team.group_sale_salesman"
        )
        cls.director = new_test_user(cls.env, "director", groups="incom_crm.group_director")
        cls.customer, cls.other = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "user_id": cls.salesperson.id}
                for name in ("Customer", "Other customer")
            ]
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Contact", "parent_id": cls.customer.id}
        )
        cls.regular = cls.env.ref("incom_crm.approach_level_regular")
        cls.env["incom.customer.profile"]._refresh((cls.customer | cls.other).ids)

    def decide(self, user=None, **values):
        """Apply the wizard as a salesperson; returns the new decision."""
        env = self.env(user=user or self.salesperson)
        wizard = env["incom.customer.pin.wizard"].create(
            {"partner_id": self.customer.id, "reason": "They told us so", **values}
        )
        wizard.action_apply()
        return env["incom.customer.pin"].search([], order="id desc", limit=1)

    def form(self):
        wizard = self.env["incom.customer.pin.wizard"].with_user(self.salesperson)
        return Form(wizard.with_context(default_partner_id=self.customer.id))

    def pin(self, **values):
        vals = {
            "partner_id": self.customer.id,
            "kind": "level",
            "level_id": self.regular.id,
            "until": TODAY + timedelta(days=10),
            "reason": "They told us so",
            **values,
        }
        return self.env["incom.customer.pin"].with_user(self.salesperson).create(vals)

    def refresh(self):
        self.env.flush_all()
        self.env["incom.customer.profile"]._refresh(self.customer.ids)
        self.env.invalidate_all()

    def test_pin_level(self):
        until = TODAY + timedelta(days=30)
        pin = self.decide(decision="level", level_id=self.regular.id, until=until)
        self.assertEqual((pin.kind, pin.level_id, pin.until), ("level", self.regular, until))
        self.assertEqual((pin.date, pin.user_id), (TODAY, self.salesperson))
        self.refresh()
        customer = self.customer.with_user(self.salesperson)
        self.assertEqual(customer.approach_level_id, self.regular)
        self.assertTrue(customer.approach_level_pinned)
        self.assertEqual(customer.approach_level_pin_reason, "They told us so")
        self.assertEqual(customer.approach_level_pin_until, until)
        self.assertEqual(
            customer.approach_level_computed_id, self.env.ref("incom_crm.approach_level_potential")
        )

    def test_pin_level_until_the_last_day_by_default(self):
        form = self.form()
        form.level_id = self.regular
        self.assertEqual(form.until, TODAY + timedelta(days=90))
        form.decision = "snooze"
        self.assertFalse(form.until)
        self.assertEqual(form.latest, TODAY + timedelta(days=30))

    def test_said_levels(self):
        for code, kind in (("other", "other"), ("lapsed", "stopped")):
            with self.subTest(level=code):
                level = self.env.ref(f"incom_crm.approach_level_{code}")
                pin = self.decide(decision="level", level_id=level.id)
                self.assertEqual((pin.kind, pin.until), (kind, False))

    def test_pin_cycle_by_bucket_and_by_days(self):
        bucket = self.env.ref("incom_crm.purchase_cycle_60")
        form = self.form()
        form.decision = "cycle"
        form.cycle_id = bucket
        self.assertEqual(form.cycle_days, bucket.days)
        form.cycle_days = 45
        form.reason = "Buys every six weeks"
        form.save().action_apply()
        self.refresh()
        self.assertEqual(self.customer.purchase_cycle_days, 45)
        self.assertEqual(self.customer.purchase_cycle_evidence, "pinned")

    def test_put_off(self):
        until = TODAY + timedelta(days=7)
        self.decide(decision="snooze", until=until)
        self.refresh()
        self.assertEqual(self.customer.snoozed_until, until)
        self.assertEqual(self.customer.care_alert, "ok")

    def test_a_reason_is_needed(self):
        for reason in (False, "", "  ok  ", "a b c d"):
            with self.subTest(reason=reason), self.assertRaisesRegex(UserError, "at least 5"):
                self.decide(decision="level", level_id=self.regular.id, reason=reason)

    def test_bad_input(self):
        for message, values in (
            ("Choose the approach level", {"level_id": False}),
            ("Say until when", {"until": False}),
            ("from 1 to 90 days", {"until": TODAY + timedelta(days=91)}),
            ("from 1 to 90 days", {"until": TODAY}),
            ("future", {"date": TODAY + timedelta(days=1)}),
            ("from 2 to 1100 days", {"kind": "cycle", "until": False, "cycle_days": 1}),
            ("from 2 to 1100 days", {"kind": "cycle", "until": False, "cycle_days": 1101}),
            ("no end date", {"kind": "cycle", "cycle_days": 30}),
            ("from 1 to 30 days", {"kind": "snooze", "until": TODAY + timedelta(days=31)}),
        ):
            with self.subTest(**values), self.assertRaisesRegex(ValidationError, message):
                self.pin(**values)

    def test_contact_stands_for_its_company(self):
        self.assertEqual(self.pin(partner_id=self.contact.id).partner_id, self.customer)

    def test_newer_takes_the_place_of_older(self):
        level = self.pin()
        cycle = self.pin(kind="cycle", level_id=False, cycle_days=30, until=False)
        stopped = self.pin(kind="stopped", level_id=False, until=False)
        foreign = self.pin(partner_id=self.other.id)
        self.assertFalse(level.active)
        self.assertEqual(level.ended_by_id, self.salesperson)
        self.assertTrue(level.ended_date)
        self.assertTrue(cycle.active and stopped.active and foreign.active)

    def test_ended_not_changed_nor_deleted(self):
        pin = self.pin()
        with self.assertRaises(UserError):
            pin.reason = "Another reason"
        pin.action_end()
        self.assertFalse(pin.active)
        with self.assertRaises(UserError):
            pin.active = True
        with self.assertRaises(UserError):
            pin.sudo().unlink()
        self.refresh()
        self.assertFalse(self.customer.approach_level_pinned)

    def test_second_put_off_needs_the_superior(self):
        until = TODAY + timedelta(days=5)
        self.decide(decision="snooze", until=until)
        with self.assertRaisesRegex(AccessError, "Ask your superior"):
            self.decide(decision="snooze", until=until)
        self.assertTrue(self.decide(user=self.director, decision="snooze", until=until))

    def test_second_put_off_after_a_contact(self):
        until = TODAY + timedelta(days=5)
        first = self.decide(decision="snooze", until=until)
        self.env.cr.execute(
            "UPDATE incom_customer_pin SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(minutes=1), first.id],
        )
        first.invalidate_recordset(["create_date"])
        self.env["incom.interaction"].sudo().create(
            {
                "partner_id": self.customer.id,
                "user_id": self.salesperson.id,
                "company_id": self.env.company.id,
                "date": fields.Datetime.now(),
                "channel": "phone",
                "direction": "out",
                "grade": "two_way",
                "body": "They ask for two more weeks",
            }
        )
        second = self.decide(decision="snooze", until=until)
        self.assertNotEqual(first, second)
        self.assertFalse(first.active)

    def test_level_changes_say_why(self):
        self.pin()
        self.refresh()
        change = self.customer.with_user(self.salesperson).approach_level_log_ids
        self.assertEqual(change.to_level_id, self.regular)
        self.assertIn("They told us so", change.explanation)
        purchased = change.sudo().copy(
            {
                "reason": {
                    "purchase_count": 4,
                    "last_purchase_date": "2026-05-04",
                    "purchase_cycle_days": 29,
                    "purchase_cycle_spread": 0.18,
                    "purchase_cycle_evidence": "confirmed",
                }
            }
        )
        words = purchased.with_context(lang="en_US").explanation
        self.assertRegex(words, r"^4 purchases, cycle 29 days, spread 0.18, last on .*2026$")

    def test_history_on_the_customer(self):
        level, stopped = self.pin(), self.pin(kind="stopped", level_id=False, until=False)
        customer = self.customer.with_user(self.salesperson)
        self.assertEqual(customer.customer_pin_ids, stopped | level)
