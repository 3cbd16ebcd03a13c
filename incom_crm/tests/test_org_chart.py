from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import SALES_GROUPS, IncomCrmCommon


class TestOrgChart(IncomCrmCommon):
    """The screen of the tree shows what its viewer may see, and lets only administrators change it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._user(
            "sales_admin", "sales_team.group_sale_manager,base.group_partner_manager"
        )
        cls.user_admin = cls._user("user_admin", "base.group_erp_manager")

    def chart(self, user):
        return self.env["incom.org.chart"].with_user(user)

    def people(self, user):
        """``{login: person}`` of the tree a user gets."""
        people = self.chart(user).get_tree()["people"]
        logins = {
            user.id: user.login
            for user in self.env["res.users"].with_context(active_test=False).search([])
        }
        return {logins[person["id"]]: person for person in people}

    def test_a_leader_gets_his_tree_to_read(self):
        tree = self.chart(self.leader_a).get_tree()
        self.assertFalse(tree["editable"])
        self.assertEqual(set(self.people(self.leader_a)), {"leader_a", "sale_a1", "sale_a2"})

    def test_administrators_get_everybody_to_change(self):
        ours = {"director", "leader_a", "leader_b", "sale_a1", "sale_a2", "sale_b1", "sale_b2"}
        for user in (self.manager, self.user_admin):
            self.assertTrue(self.chart(user).get_tree()["editable"])
            self.assertLessEqual(ours, set(self.people(user)))
        self.assertFalse(self.chart(self.director).get_tree()["editable"])
        self.assertLessEqual(ours, set(self.people(self.director)))

    def test_numbers_are_those_of_the_list_behind_them(self):
        for number in range(3):
            self.make_customer(f"Of A1 {number}", self.sale_a1)
        self.make_customer("Of B1", self.sale_b1)
        self.commit()
        action = self.chart(self.leader_a).open_customers(self.sale_a1.id)
        listed = self.env["res.partner"].with_user(self.leader_a).search_count(action["domain"])
        self.assertEqual(self.people(self.leader_a)["sale_a1"]["customers"], 3)
        self.assertEqual(listed, 3)
        foreign = self.chart(self.leader_a).open_customers(self.sale_b1.id)
        self.assertFalse(self.env["res.partner"].with_user(self.leader_a).search(foreign["domain"]))

    def test_numbers_one_may_not_know_are_unknown(self):
        self.make_customer("Of A1", self.sale_a1)
        self.commit()
        self.assertIs(self.people(self.user_admin)["sale_a1"]["customers"], False)
        seller = self._user("seller_admin", f"{SALES_GROUPS},base.group_erp_manager")
        self.sale_a2.crm_manager_id = seller
        people = self.people(seller)
        self.assertEqual(
            (people["sale_a1"]["customers"], people["sale_a2"]["customers"]), (False, 0)
        )
        self.assertEqual(self.people(self.manager)["sale_a1"]["customers"], 1)
        self.env["incom.isolation"]._switch(False)
        self.assertEqual(self.people(seller)["sale_a1"]["customers"], 1)

    def test_an_archived_colleague_stays_as_long_as_he_has_customers(self):
        self.make_customer("Left behind", self.sale_a2)
        self.commit()
        (self.sale_a2 | self.sale_b2).active = False
        for user in (self.leader_a, self.manager):
            self.assertFalse(self.people(user)["sale_a2"]["active"])
            self.assertNotIn("sale_b2", self.people(user))

    def test_teams(self):
        self.env["crm.team"].create(
            {
                "name": "North",
                "user_id": self.leader_a.id,
                "crm_team_member_ids": [Command.create({"user_id": self.sale_a1.id})],
            }
        )
        people = self.people(self.manager)
        self.assertIn("North", people["leader_a"]["teams"])
        self.assertEqual(people["sale_a1"]["teams"], ["North"])

    def test_moving_a_person_counts_at_once(self):
        customer = self.make_customer("Of A1", self.sale_a1)
        chart = self.chart(self.manager)
        chart.set_manager(self.sale_a1.id, self.leader_b.id)
        partners = self.env["res.partner"]
        self.assertTrue(partners.with_user(self.leader_b).search([("id", "=", customer.id)]))
        self.assertFalse(partners.with_user(self.leader_a).search([("id", "=", customer.id)]))
        self.chart(self.user_admin).set_manager(self.sale_a1.id, False)
        self.assertFalse(self.sale_a1.crm_manager_id)
        self.assertFalse(partners.with_user(self.leader_b).search([("id", "=", customer.id)]))

    def test_a_loop_is_refused_in_a_sentence(self):
        with self.assertRaisesRegex(ValidationError, "sale_a1.*cannot be the superior"):
            self.chart(self.manager).set_manager(self.director.id, self.sale_a1.id)

    def test_who_may_not_change_the_tree(self):
        for user in (self.sale_a1, self.leader_a, self.director, self.office, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.chart(user).set_manager(self.sale_b1.id, self.leader_a.id)
        self.assertEqual(self.sale_b1.crm_manager_id, self.leader_b)

    def test_only_people_of_the_tree_are_put_into_it(self):
        gone = self._user("gone", SALES_GROUPS)
        gone.active = False
        for user, manager in (
            (self.portal, self.leader_a),
            (self.sale_a1, self.portal),
            (self.sale_a1, gone),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.chart(self.manager).set_manager(user.id, manager.id)


@tagged("post_install", "-at_install")
class TestOrgChartTour(HttpCase):
    """The administrator's way through the screen, on a desk."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.admin, cls.boss, cls.seller = (
            cls.env["res.users"].create(
                {
                    "name": name,
                    "login": login,
                    "lang": "en_US",
                    "group_ids": [Command.set(groups.ids)],
                }
            )
            for name, login, groups in (
                ("Tour Admin", "tour_admin", cls.env.ref("sales_team.group_sale_manager")),
                ("Tour Boss", "tour_boss", cls.env.ref("sales_team.group_sale_salesman")),
                ("Tour Seller", "tour_seller", cls.env.ref("sales_team.group_sale_salesman")),
            )
        )

    def test_move(self):
        self.start_tour("/odoo/customer-people", "incom_crm_org_chart", login=self.admin.login)
        self.assertEqual(self.seller.crm_manager_id, self.boss)


@tagged("post_install", "-at_install")
class TestOrgChartTourOnPhone(TestOrgChartTour):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True
