from odoo import Command, fields
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

from ..engine.handover import Choice
from .common import SALES_GROUPS, TZ
from .test_handover import HandoverCase


class TestHandoverAccess(HandoverCase):
    """Who may hand over, undo and read the log; what the two people see afterwards."""

    def test_new_owner_reads_everything_former_owner_nothing(self):
        world = self.make_world()
        self.make_interaction(world["customer"], self.days_ago(3))
        invoice = world["order"]._create_invoices()
        invoice.invoice_user_id = self.sale_a1
        invoice.action_post()
        self.assertTrue(world["customer"].with_user(self.sale_a1).has_access("write"))
        message = world["customer"].message_post(body="Wants a discount")
        self.hand_over()
        interactions = self.env["incom.interaction"].search(
            [("partner_id", "=", world["customer"].id)]
        )
        self.assertTrue(interactions)
        reads = [
            world[kind]
            for kind in ("customer", "contact", "lead", "quotation", "meeting", "activity")
        ]
        for record in [*reads, *interactions, message]:
            with self.subTest(record=str(record)):
                for user, sees in ((self.sale_a2, True), (self.sale_a1, False)):
                    self.env.invalidate_all()
                    found = record.with_user(user).search([("id", "=", record.id)])
                    self.assertEqual(bool(found), sees, user.login)
                    self.assertEqual(record.with_user(user).has_access("read"), sees, user.login)
        for record in (world["order"], invoice):
            self.assertTrue(record.with_user(self.sale_a2).has_access("read"), record)
        for kind in ("customer", "contact", "lead", "quotation", "meeting"):
            self.assertTrue(world[kind].with_user(self.sale_a2).has_access("write"), kind)

    def test_undo_gives_the_sight_back(self):
        customer = self.make_world()["customer"]
        handover = self.hand_over()
        self.assertFalse(customer.with_user(self.sale_a1).has_access("read"))
        handover.with_user(self.leader_a).action_undo()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(customer.with_user(self.sale_a1).has_access("read"))
        self.assertFalse(customer.with_user(self.sale_a2).has_access("read"))

    def test_who_may(self):
        admin = self._user("admin_it", "base.group_system")
        for by, givers, to, may in (
            (self.leader_a, self.sale_a1, self.sale_a2, True),
            (self.leader_a, self.sale_a1, self.leader_a, True),
            (self.leader_a, self.leader_a, self.sale_a1, True),
            (self.leader_a, self.sale_a1, self.sale_b1, False),
            (self.leader_a, self.sale_b1, self.sale_a1, False),
            (self.leader_b, self.sale_a1, self.sale_a2, False),
            (self.leader_a, self.director, self.sale_a1, False),
            (self.sale_a1, self.sale_a1, self.sale_a1, False),
            (self.sale_a2, self.sale_a1, self.sale_a2, False),
            (self.director, self.sale_a1, self.sale_b1, True),
            (admin, self.sale_a1, self.sale_b1, True),
        ):
            for isolated in (True, False):
                with self.subTest(by=by.login, givers=givers.login, to=to.login, on=isolated):
                    self.env["incom.isolation"]._switch(isolated)
                    customer = self.make_customer(user=givers)
                    self.env.flush_all()
                    if may:
                        self.hand_over(by=by, givers=givers, to=to)
                    else:
                        with self.assertRaises(AccessError):
                            self.hand_over(by=by, givers=givers, to=to)
                    self.assertEqual(customer.user_id, to if may else givers)

    def test_stand_ins(self):
        """Who stands in for a superior may; who stands in for a colleague takes nothing over."""
        grants = self.env["incom.visibility.grant"]
        grants.create(
            [
                {"user_id": self.sale_b1.id, "target_id": self.leader_a.id, "reason": "Holiday"},
                {"user_id": self.sale_a2.id, "target_id": self.sale_a1.id, "reason": "Holiday"},
            ]
        )
        customer = self.make_customer()
        with self.assertRaises(AccessError):
            self.hand_over(by=self.sale_a2)
        self.hand_over(by=self.sale_b1)
        self.assertEqual(customer.user_id, self.sale_a2)

    def test_nothing_is_counted_for_strangers(self):
        """The preview tells nobody how much work another has."""
        self.make_world(user=self.sale_b1)
        self.make_lead(None, self.sale_b1)
        for by, givers, to in (
            (self.leader_a, self.sale_b1, self.sale_a1),
            (self.leader_a, self.sale_a1 | self.sale_b1, self.sale_a2),
            (self.leader_a, self.sale_b1, self.sale_b2),
        ):
            wizard = self.env["incom.handover.wizard"].with_user(by)
            wizard = wizard.new({"giver_ids": givers.ids, "receiver_ids": to.ids})
            self.assertFalse(wizard.customer_count + wizard.lead_count + wizard.order_count)

    def test_picked_customers_of_others(self):
        """Ids of another team's customers, forged into the selection, are refused or move nothing."""
        theirs = self.make_customer(user=self.sale_b1)
        mine = self.make_customer(user=self.sale_a1)
        picked = {
            "givers": self.env["res.users"],
            "partner_ids": [Command.set((theirs | mine).ids)],
        }
        with self.assertRaises(AccessError):
            self.make_wizard(**picked)
        self.env["incom.isolation"]._switch(False)
        self.make_wizard(**picked).action_apply()
        self.assertEqual(theirs.user_id, self.sale_b1)
        self.assertEqual(mine.user_id, self.sale_a2)

    def test_sub_query_is_not_trusted(self):
        """Whatever the choice says, the owners found are checked before anything moves."""
        theirs = self.make_customer(user=self.sale_b1)
        choice = Choice(
            customers=SQL("(%s)", theirs.id),
            giver_ids=[],
            receiver_ids=self.sale_a1.ids,
            now=fields.Datetime.now(),
        )
        with self.assertRaises(AccessError):
            self.env["incom.handover"].with_user(self.leader_a)._start(choice, "Forged")

    def test_log_cannot_be_forged(self):
        customer = self.make_customer()
        handover = self.hand_over(by=self.director, to=self.sale_b1)
        line = handover.line_ids[:1]
        for user in (self.sale_a1, self.leader_a, self.leader_b, self.director):
            for record in (handover.with_user(user), line.with_user(user)):
                with self.subTest(user=user.login, model=record._name):
                    with self.assertRaises(AccessError):
                        record.write({"state": "running"})
                    with self.assertRaises(AccessError):
                        record.copy()
                    with self.assertRaises(AccessError):
                        record.unlink()
            with self.assertRaises(AccessError):
                line.with_user(user).create(
                    {
                        "handover_id": handover.id,
                        "sequence": 1,
                        "kind": "customer",
                        "res_model": "res.partner",
                        "res_id": customer.id,
                        "new_user_id": user.id,
                        "state": "waiting",
                    }
                )

    def test_who_reads_the_log(self):
        self.make_customer()
        within = self.hand_over()
        self.make_customer()
        across = self.hand_over(by=self.director, to=self.sale_b1)
        for user, sees in (
            (self.director, within | across),
            (self.leader_a, within),
            (self.leader_b, across.browse()),
            (self.sale_a1, across.browse()),
            (self.sale_a2, across.browse()),
        ):
            with self.subTest(user=user.login):
                found = self.env["incom.handover"].with_user(user).search([])
                self.assertEqual(found.sudo(), sees)
                lines = self.env["incom.handover.line"].with_user(user).search([])
                self.assertEqual(lines.sudo().handover_id, sees)
        for user in (self.accountant, self.office, self.portal):
            with self.assertRaises(AccessError):
                self.env["incom.handover"].with_user(user).search([])

    def test_undo_by_strangers(self):
        self.make_customer()
        within = self.hand_over()
        self.make_customer()
        across = self.hand_over(by=self.director, to=self.sale_b1)
        for handover, user in (
            (within, self.leader_b),
            (within, self.sale_a1),
            (within, self.sale_a2),
            (across, self.leader_a),
            (across, self.leader_b),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                handover.with_user(user).action_undo()
        self.assertEqual((within | across).mapped("state"), ["done", "done"])

    def test_menu_for_superiors(self):
        menu = self.env.ref("incom_crm.menu_handovers")
        sight = {
            user: menu.id in self.env["ir.ui.menu"].with_user(user).load_menus(False)
            for user in (self.director, self.leader_a, self.sale_a1, self.office)
        }
        self.assertEqual(list(sight.values()), [True, True, False, False])
        self.sale_b2.crm_manager_id = self.sale_a1
        self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(self.sale_a1).load_menus(False))

    def test_action_of_the_list_for_superiors(self):
        with self.assertRaises(AccessError):
            self.env["incom.handover.wizard"].with_user(self.sale_a1).default_get(["reason"])


class TestArchiving(HandoverCase):
    """Archiving somebody who looks after customers asks who gets them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env, "admin_it", groups=f"base.group_system,{SALES_GROUPS}", tz=TZ
        )
        cls.hr = new_test_user(cls.env, "admin_users", groups="base.group_erp_manager", tz=TZ)

    def test_asks(self):
        self.make_customer()
        for by in (self.admin, self.hr):
            user = self.sale_a1.with_user(by)
            for name, arguments in (("action_archive", ()), ("web_save", ({"active": False}, {}))):
                with self.assertRaises(RedirectWarning) as asked:
                    getattr(user, name)(*arguments)
                _message, action_id, _button, context = asked.exception.args
                self.assertEqual(action_id, self.env.ref("incom_crm.handover_wizard_action").id)
                self.assertEqual(context["default_giver_ids"], self.sale_a1.ids)
        self.assertTrue(self.sale_a1.active)

    def test_does_not_ask(self):
        """Nobody is asked about a user without customers, nor a script, import or uninstallation."""
        self.sale_b1.with_user(self.admin).action_archive()
        self.assertFalse(self.sale_b1.active)
        self.make_customer()
        self.sale_a1.with_user(self.admin).write({"active": False})
        self.sale_a1.active = True
        self.sale_a1.sudo().action_archive()
        self.assertFalse(self.sale_a1.active)

    def _asked(self, by, **values):
        """The wizard as the warning opens it."""
        with self.assertRaises(RedirectWarning) as asked:
            self.sale_a1.with_user(by).action_archive()
        context = asked.exception.args[3]
        return (
            self.env["incom.handover.wizard"].with_user(by).with_context(**context).create(values)
        )

    def test_hand_over_and_archive(self):
        world = self.make_world()
        wizard = self._asked(
            self.admin, receiver_ids=[Command.set(self.sale_a2.ids)], reason="Leaves"
        )
        wizard.action_apply()
        self.assertFalse(self.sale_a1.active)
        self.assertEqual(world["customer"].user_id, self.sale_a2)
        self.assertEqual(world["activity"].exists().user_id, self.sale_a2)

    def test_archive_anyway(self):
        """The customers stay with who left, and on the handover list of his superior."""
        customer = self.make_world()["customer"]
        self.commit()
        for by in (self.hr, self.admin):
            self.sale_a1.active = True
            self._asked(by).action_archive_anyway()
            self.assertFalse(self.sale_a1.active)
        self.assertEqual(customer.user_id, self.sale_a1)
        domain = [("user_id", "any", [("active", "=", False)])]
        for user, sees in ((self.leader_a, True), (self.director, True), (self.leader_b, False)):
            found = customer.with_user(user).search(domain)
            self.assertEqual(customer in found, sees, user.login)
        self.hand_over()
        self.assertEqual(customer.user_id, self.sale_a2)

    def test_only_who_may_archive(self):
        """The box forged by a superior who may not archive users archives nobody."""
        self.make_customer()
        with self.assertRaises(AccessError):
            self.make_wizard(by=self.leader_a, archives_givers=True).action_apply()
        wizard = self.make_wizard(by=self.leader_a)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            wizard.action_archive_anyway()
        self.assertTrue(self.sale_a1.active)

    def test_user_administrator_hands_nothing_over(self):
        self.make_customer()
        wizard = self._asked(self.hr, receiver_ids=[Command.set(self.sale_a2.ids)], reason="Leaves")
        with self.assertRaises(AccessError):
            wizard.action_apply()
