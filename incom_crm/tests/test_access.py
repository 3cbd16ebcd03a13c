from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestAccess(IncomCrmCommon):
    """Who may read and write what the addon adds."""

    def test_diary_follows_the_customer(self):
        customer = self.make_customer()
        row = self.make_interaction(customer, self.today, user=self.sale_a2)
        diary = self.env["incom.interaction"]
        mine = [("id", "=", row.id)]
        for user in (self.sale_a1, self.leader_a, self.director):
            self.assertEqual(diary.with_user(user).search(mine), row)
        # who wrote it does not see the customer; a leader of others neither
        for user in (self.sale_a2, self.leader_b):
            self.assertFalse(diary.with_user(user).search(mine))
        for user in (self.office, self.accountant, self.portal):
            with self.assertRaises(AccessError):
                diary.with_user(user).search(mine)

    def test_rows_of_the_engine_are_written_by_nobody(self):
        customer = self.make_customer()
        profile = self.profile(customer)
        row = self.make_interaction(customer, self.today)
        for record in (profile, row):
            for user in (self.sale_a1, self.director):
                with self.subTest(model=record._name, user=user.login):
                    with self.assertRaises(AccessError):
                        record.with_user(user).write({"company_id": self.company.id})
                    with self.assertRaises(AccessError):
                        record.with_user(user).unlink()

    def test_portal_user_reads_no_field_of_ours(self):
        partner = self.portal.partner_id
        names = [
            name
            for name, field in self.env["res.partner"]._fields.items()
            if "incom_crm" in (field._modules or ()) and len(field._modules) == 1
        ]
        self.assertIn("care_alert", names)
        for name in names:
            with self.subTest(field=name), self.assertRaises(AccessError):
                partner.with_user(self.portal).read([name])

    def test_accountant_reads_money_and_no_care(self):
        customer = self.make_customer()
        self.make_order(customer, self.days_ago(3))
        self.profile(customer)
        contacts = self.env["res.partner"].with_user(self.accountant)
        mine = contacts.browse(customer.id)
        self.assertEqual(mine.purchase_status, "in_cycle")
        self.assertEqual(mine.revenue_12m, 100.0)
        profile = mine.customer_profile_id
        with self.assertRaises(AccessError):
            mine.read(["status_explanation"])
        for record, name, value in (
            (mine, "care_alert", "ok"),
            (mine, "last_care_date", self.today),
            (profile, "care_alert", "ok"),
            (profile, "silence_from", self.today),
        ):
            with self.subTest(model=record._name, field=name):
                with self.assertRaises(AccessError):
                    record.read([name])
                with self.assertRaises(AccessError):
                    record.search([(name, "=", value)])
                with self.assertRaises(AccessError):
                    record.formatted_read_group([], [name], ["__count"])
        fields_shown = contacts.get_views([(False, "form"), (False, "list")])["models"]
        self.assertNotIn("care_alert", fields_shown["res.partner"]["fields"])
        self.accountant.group_ids += self.env.ref("incom_crm.group_care")
        self.assertEqual(mine.care_alert, "ok")

    def test_limits_of_a_parameter_stay(self):
        manager = self._user("sales_manager", "sales_team.group_sale_manager")
        parameter = self.env.ref("incom_crm.parameter_merge_days").with_user(manager)
        parameter.value = 2
        with self.assertRaises(AccessError):
            parameter.maximum = 1000

    def test_anothers_decision_is_ended_by_a_superior(self):
        customer = self.make_customer()
        pin = (
            self.env["incom.customer.pin"]
            .with_user(self.sale_a1)
            .create(
                {
                    "partner_id": customer.id,
                    "kind": "cycle",
                    "cycle_days": 30,
                    "reason": "Agreed by contract",
                    "date": self.today,
                }
            )
        )
        # a colleague works with the customer for a time; the decision is not his to end
        self.env["incom.customer.share"].create(
            {
                "partner_id": customer.id,
                "res_id": customer.id,
                "user_id": self.sale_a2.id,
                "mode": "write",
                "reason": "Holiday",
            }
        )
        with self.assertRaises(UserError):
            pin.with_user(self.sale_a2).action_end()
        with self.assertRaises(UserError):
            pin.with_user(self.sale_a2).write({"active": False})
        with self.assertRaises(AccessError):
            pin.with_user(self.leader_b).action_end()
        pin.with_user(self.director).write({"active": False, "ended_by_id": self.sale_a1.id})
        self.assertFalse(pin.active)
        self.assertEqual(pin.ended_by_id, self.director)

    def test_anothers_decision_that_is_over_stands_in_nobodys_way(self):
        customer = self.make_customer()
        decision = {"partner_id": customer.id, "kind": "snooze", "reason": "Closed for repairs"}
        pins = self.env["incom.customer.pin"]
        old = pins.with_user(self.director).create({**decision, "until": self.days_ago(-1)})
        self.env.cr.execute(
            "UPDATE incom_customer_pin SET date = %s, create_date = %s, until = %s WHERE id = %s",
            [self.days_ago(9), self.days_ago(9), self.days_ago(2), old.id],
        )
        self.env.invalidate_all()
        self.make_interaction(customer, self.days_ago(1))
        pins.with_user(self.sale_a1).create({**decision, "until": self.days_ago(-5)})
        self.assertFalse(old.active)
