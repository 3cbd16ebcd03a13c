from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..models.isolation.isolation import BACK_OFFICE, SWITCH
from ..wizard import isolation_switch_proposal
from .common import SALES_GROUPS, IncomCrmCommon

COUNTED = {"customers": "res.partner", "leads": "crm.lead", "orders": "sale.order"}


class SwitchCommon(IncomCrmCommon):
    """A company that has worked with Odoo as it is: isolation off, nobody above anybody, two teams."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(False)
        cls.admin = cls._user(
            "isolation_admin",
            "sales_team.group_sale_manager,base.group_erp_manager,base.group_partner_manager",
        )
        cls.staff = (
            cls.leader_a | cls.leader_b | cls.sale_a1 | cls.sale_a2 | cls.sale_b1 | cls.sale_b2
        )
        cls.staff.crm_manager_id = False
        cls._team("Team A", cls.leader_a, cls.sale_a1 | cls.sale_a2)
        cls._team("Team B", cls.leader_b, cls.leader_b | cls.sale_b1 | cls.sale_b2)

    @classmethod
    def _team(cls, name, leader, members):
        return cls.env["crm.team"].create(
            {
                "name": name,
                "user_id": leader.id,
                "crm_team_member_ids": [Command.create({"user_id": user.id}) for user in members],
            }
        )

    def open_wizard(self, user=None):
        action = self.env["incom.isolation.switch"].with_user(user or self.admin).action_open()
        return (
            self.env["incom.isolation.switch"]
            .with_user(user or self.admin)
            .browse(action["res_id"])
        )

    def walk(self, wizard, step="preview"):
        while wizard.step != step:
            wizard.action_next()
        return wizard

    def line(self, wizard, user):
        return wizard.person_ids.filtered(lambda person: person.user_id == user)

    def seen(self, user, model):
        """How many records the user's own list shows."""
        self.env.invalidate_all()
        records = (
            self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        )
        if not records.has_access("read"):
            return 0
        return records.search_count(
            [("customer_profile_id", "!=", False)] if model == "res.partner" else []
        )


@tagged("post_install", "-at_install")
class TestSwitch(SwitchCommon):
    """The way to isolation where customers exist."""

    def make_business(self):
        """Customers, leads and orders of several people, and some of nobody."""
        for user in (self.sale_a1, self.sale_a2, self.sale_b1):
            customer = self.make_customer(f"Customer of {user.login}", user)
            self.make_order(customer, self.today, user_id=user.id)
            self.env["crm.lead"].create(
                {
                    "name": "Lead",
                    "partner_id": customer.id,
                    "user_id": user.id,
                    "type": "opportunity",
                }
            )
        orphan = self.make_customer("Orphan", user_id=False)
        self.make_order(orphan, self.days_ago(40), user_id=self.sale_a1.id)
        self.make_order(orphan, self.days_ago(4), user_id=self.sale_b2.id)
        silent = self.make_customer("Nobody's", user_id=False, customer_rank=1)
        self.commit()
        return orphan, silent

    def test_the_tree_is_proposed_from_the_teams(self):
        wizard = self.open_wizard()
        for user in (self.sale_a1, self.sale_a2):
            self.assertEqual(self.line(wizard, user).manager_id, self.leader_a)
            self.assertIn("Team A", self.line(wizard, user).why)
        self.assertEqual(self.line(wizard, self.sale_b1).manager_id, self.leader_b)
        self.assertFalse(self.line(wizard, self.leader_b).manager_id, "nobody leads himself")
        self.assertFalse(self.sale_a1.crm_manager_id, "nothing is written yet")

    def test_what_is_decided_already_is_kept(self):
        self.sale_a1.crm_manager_id = self.leader_b
        line = self.line(self.open_wizard(), self.sale_a1)
        self.assertEqual(line.manager_id, self.leader_b)

    def test_teams_that_lead_each_other_close_no_loop(self):
        self._team("Team C", self.sale_a1, self.leader_a)
        wizard = self.walk(self.open_wizard(), "roles")
        pair = {self.line(wizard, user).manager_id for user in (self.sale_a1, self.leader_a)}
        self.assertEqual(len(pair & {self.sale_a1, self.leader_a}), 1)

    def test_a_loop_drawn_in_the_wizard_is_refused_at_its_step(self):
        wizard = self.open_wizard()
        self.line(wizard, self.leader_a).manager_id = self.sale_a1
        with self.assertRaisesRegex(ValidationError, "cannot be the superior"):
            wizard.action_next()
        self.assertFalse(self.leader_a.crm_manager_id)

    def test_two_who_change_places(self):
        self.sale_a1.crm_manager_id = self.sale_a2
        wizard = self.open_wizard()
        self.line(wizard, self.sale_a1).manager_id = False
        self.line(wizard, self.sale_a2).manager_id = self.sale_a1
        self.walk(wizard).action_switch_on()
        self.assertEqual(self.sale_a2.crm_manager_id, self.sale_a1)
        self.assertFalse(self.sale_a1.crm_manager_id)

    def test_preview_is_what_everybody_then_sees(self):
        self.make_business()
        both = self._user("both", f"{SALES_GROUPS},account.group_account_invoice")
        wizard = self.walk(self.open_wizard(), "roles")
        self.line(wizard, both).back_office = True
        self.walk(wizard)
        users = wizard.person_ids.user_id
        for person in wizard.person_ids:
            for kind, model in COUNTED.items():
                with self.subTest(user=person.user_id.login, kind=kind, when="now"):
                    self.assertEqual(person[f"{kind}_now"], self.seen(person.user_id, model))
        self.assertFalse(self.env["incom.isolation"]._is_on(), "a preview switches nothing on")
        then = {
            (person.user_id, kind): person[f"{kind}_then"]
            for person in wizard.person_ids
            for kind in COUNTED
        }
        wizard.action_switch_on()
        for user in users:
            for kind, model in COUNTED.items():
                with self.subTest(user=user.login, kind=kind, when="then"):
                    self.assertEqual(then[user, kind], self.seen(user, model))
        self.assertEqual(then[self.sale_a2, "customers"], 1)
        self.assertGreater(then[both, "customers"], 1)

    def test_a_preview_leaves_no_trace_for_others(self):
        self.make_business()
        before = {user: self.seen(user, "res.partner") for user in self.staff}
        self.walk(self.open_wizard())
        self.assertEqual({user: self.seen(user, "res.partner") for user in self.staff}, before)
        self.assertIsNone(self.env["incom.isolation"]._plan())

    def test_who_else_reads_everything(self):
        wide = self._user("wide", "sales_team.group_sale_salesman_all_leads")
        both = self._user("both", f"{SALES_GROUPS},account.group_account_invoice")
        wizard = self.walk(self.open_wizard(), "roles")
        self.assertIn(wide, wizard.all_documents_ids.user_id)
        self.assertNotIn(self.director, wizard.all_documents_ids.user_id)
        self.assertNotIn(self.admin, wizard.all_documents_ids.user_id)
        self.assertIn(both, wizard.role_ids.user_id)
        self.assertNotIn(self.accountant, wizard.role_ids.user_id, "he does not sell")
        self.line(wizard, both).back_office = True
        self.walk(wizard).action_switch_on()
        self.assertTrue(both.has_group(BACK_OFFICE))
        again = self.walk(self.open_wizard(), "roles")
        self.line(again, both).back_office = False
        self.walk(again).action_switch_on()
        self.assertFalse(both.has_group(BACK_OFFICE))

    def test_customers_without_owner_get_the_last_orders_salesperson(self):
        orphan, silent = self.make_business()
        wizard = self.walk(self.open_wizard(), "owners")
        proposed = wizard.owner_ids.filtered(lambda owner: owner.user_id == self.sale_b2)
        self.assertEqual((proposed.customer_count, proposed.sample), (1, "Orphan"))
        self.assertGreaterEqual(wizard.unowned_count, 2)
        self.walk(wizard)
        self.assertFalse(orphan.user_id, "nothing is written before it is switched on")
        wizard.action_switch_on()
        self.assertEqual(orphan.user_id, self.sale_b2)
        self.assertFalse(silent.user_id)
        log = self.env["incom.isolation.log"].search([], limit=1)
        self.assertIn(f"{wizard.given_count} customers given", log.note)

    def test_what_is_not_ticked_is_not_assigned(self):
        orphan, _silent = self.make_business()
        wizard = self.walk(self.open_wizard(), "owners")
        wizard.owner_ids.assign = False
        self.walk(wizard).action_switch_on()
        self.assertFalse(orphan.user_id)

    def test_a_salesperson_who_left_is_not_proposed(self):
        orphan, _silent = self.make_business()
        self.sale_b2.active = False
        self.walk(self.open_wizard()).action_switch_on()
        self.assertEqual(orphan.user_id, self.sale_a1)

    def make_orphans(self):
        """Five customers nobody owns, whose last orders are of one salesperson."""
        orphans = self.env["res.partner"]
        for number in range(5):
            orphan = self.make_customer(f"Orphan {number}", user_id=False)
            self.make_order(orphan, self.days_ago(4), user_id=self.sale_a2.id)
            orphans |= orphan
        self.commit()
        return orphans

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("incom_crm.ir_cron_assign_owners").method_direct_trigger()
        self.env.invalidate_all()
        parameters = self.env["ir.config_parameter"]
        self.assertFalse(parameters.get_param(isolation_switch_proposal.ASSIGNING))

    def test_many_are_assigned_by_the_job(self):
        orphans = self.make_orphans()
        with patch.object(isolation_switch_proposal, "BATCH", 2):
            self.walk(self.open_wizard()).action_switch_on()
            self.assertEqual(len(orphans.filtered("user_id")), 2)
            self.run_job()
        self.assertEqual(orphans.user_id, self.sale_a2)
        self.assertEqual(len(orphans.filtered("user_id")), 5)

    def test_the_job_stops_when_it_is_switched_off(self):
        orphans = self.make_orphans()
        with patch.object(isolation_switch_proposal, "BATCH", 2):
            wizard = self.walk(self.open_wizard())
            wizard.action_switch_on()
            wizard.action_switch_off()
            self.run_job()
        self.assertEqual(len(orphans.filtered("user_id")), 2)

    def test_on_off_on(self):
        self.make_business()
        wide = self.seen(self.sale_a1, "res.partner")
        self.walk(self.open_wizard()).action_switch_on()
        narrow = self.seen(self.sale_a1, "res.partner")
        self.assertLess(narrow, wide)
        self.env["res.config.settings"].create({}).action_incom_isolation_off()
        self.assertEqual(self.seen(self.sale_a1, "res.partner"), wide)
        self.assertEqual(self.sale_a1.crm_manager_id, self.leader_a, "the tree stays")
        self.walk(self.open_wizard()).action_switch_on()
        self.assertEqual(self.seen(self.sale_a1, "res.partner"), narrow)
        log = self.env["incom.isolation.log"].search([], limit=3)
        self.assertEqual(log.mapped("event"), ["on", "off", "on"])
        self.assertEqual((log[0].create_uid, log[2].create_uid), (self.admin, self.admin))
        self.assertTrue(log[0].note.startswith("0 "), "nothing new was decided")

    def test_while_it_is_on_a_change_of_the_tree_is_previewed(self):
        self.make_business()
        self.walk(self.open_wizard()).action_switch_on()
        wizard = self.open_wizard()
        self.line(wizard, self.sale_b1).manager_id = self.leader_a
        line = self.line(self.walk(wizard), self.leader_a)
        self.assertEqual(line.customers_now + 1, line.customers_then)
        wizard.action_switch_off()
        self.assertFalse(self.env["incom.isolation"]._is_on())


@tagged("post_install", "-at_install")
class TestSwitchRights(SwitchCommon):
    """Who may not decide cannot, whatever he calls."""

    def attackers(self):
        sales_admin = self._user("only_sales", "sales_team.group_sale_manager")
        user_admin = self._user("only_users", "base.group_erp_manager")
        people = (
            self.sale_a1,
            self.leader_a,
            self.director,
            self.accountant,
            self.office,
            self.portal,
        )
        return (*people, sales_admin, user_admin)

    def test_attackers_cannot_run_the_wizard(self):
        wizard = self.walk(self.open_wizard())
        switch = self.env["incom.isolation.switch"]
        calls = {
            "open": lambda user: switch.with_user(user).action_open(),
            "create": lambda user: switch.with_user(user).create({}),
            "next": lambda user: wizard.with_user(user).action_next(),
            "on": lambda user: wizard.with_user(user).action_switch_on(),
            "off": lambda user: wizard.with_user(user).action_switch_off(),
            "settings": lambda user: (
                self.env["res.config.settings"].with_user(user).new({}).action_incom_isolation_off()
            ),
            "log": lambda user: (
                self.env["incom.isolation.log"].with_user(user).create({"event": "on"})
            ),
            "parameter": lambda user: (
                self.env["ir.config_parameter"].with_user(user).set_param(SWITCH, "off")
            ),
        }
        for user in self.attackers():
            for name, call in calls.items():
                with self.subTest(user=user.login, call=name), self.assertRaises(AccessError):
                    call(user)
        self.assertFalse(self.env["incom.isolation"]._is_on())

    def test_both_kinds_of_administrators_can(self):
        system = self._user("system", "base.group_system")
        for user in (self.admin, system):
            with self.subTest(user=user.login):
                self.walk(self.open_wizard(user)).action_switch_on()
                self.assertTrue(self.env["incom.isolation"]._is_on())
                self.open_wizard(user).action_switch_off()

    def test_only_who_decides_is_reminded_until_he_wants_peace(self):
        self.assertTrue(self.admin._needs_isolation_reminder())
        for user in self.attackers():
            self.assertFalse(user._needs_isolation_reminder())
        self.env["res.users"].with_user(self.admin).incom_remind_of_isolation_later()
        self.assertFalse(self.admin._needs_isolation_reminder())
        self.admin.crm_isolation_reminder_date -= timedelta(days=7)
        self.assertTrue(self.admin._needs_isolation_reminder())
        self.env["incom.isolation"]._switch(True)
        self.assertFalse(self.admin._needs_isolation_reminder())
