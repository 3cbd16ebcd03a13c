from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SALES_GROUPS, IncomCrmCommon

ROLES = ("salesperson", "leader", "director")


@tagged("post_install", "-at_install")
class TestCockpitAccess(IncomCrmCommon):
    """Who opens which page, of whom; and what a caller may ask for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.customers = {
            user.login: cls.env["res.partner"].create(
                {"name": f"Customer of {user.login}", "is_company": True, "user_id": user.id}
            )
            for user in (cls.sale_a1, cls.sale_a2, cls.sale_b1, cls.leader_a)
        }

    def setUp(self):
        super().setUp()
        self.commit()

    def cockpit(self, user):
        return self.env["incom.cockpit"].with_user(user)

    def count(self, user, role="salesperson", of=None):
        tiles = self.cockpit(user).get_tiles(role, "month", of and of.id)
        return tiles["all"]["count"]

    # -- pages ---------------------------------------------------------------------------------------

    def test_pages_by_role(self):
        for user, roles in (
            (self.sale_a1, ROLES[:1]),
            (self.leader_a, ROLES[:2]),
            (self.director, ROLES),
        ):
            for role in ROLES:
                with self.subTest(user=user.login, role=role):
                    if role in roles:
                        self.assertTrue(self.cockpit(user).get_page(role)["tiles"])
                    else:
                        with self.assertRaises(AccessError):
                            self.cockpit(user).get_page(role)

    def test_who_does_not_sell_has_no_page(self):
        for user in (self.accountant, self.office, self.portal, self.env.ref("base.public_user")):
            for role in ROLES:
                with self.subTest(user=user.login, role=role), self.assertRaises(AccessError):
                    self.cockpit(user).get_tiles(role)

    def test_people_to_choose(self):
        for user, people in (
            (self.sale_a1, self.sale_a1),
            (self.leader_a, self.leader_a | self.sale_a1 | self.sale_a2),
        ):
            page = self.cockpit(user).get_page("salesperson")
            self.assertEqual({person["id"] for person in page["people"]}, set(people.ids))
            self.assertEqual(page["people"][0], {"id": user.id, "name": user.name, "depth": 0})

    # -- whose ---------------------------------------------------------------------------------------

    def test_own_customers_and_those_below(self):
        self.assertEqual(self.count(self.sale_a1), 1)
        self.assertEqual(self.count(self.leader_a), 1)
        self.assertEqual(self.count(self.leader_a, of=self.sale_a2), 1)
        self.assertEqual(self.count(self.leader_a, "leader"), 3)
        self.assertEqual(self.count(self.director, "leader"), 4)
        self.assertEqual(self.count(self.director, "director", self.leader_b), 1)

    def test_nobody_looks_outside_his_tree(self):
        for user, role, others in (
            (self.sale_a1, "salesperson", (self.sale_a2, self.leader_a, self.director)),
            (self.leader_a, "salesperson", (self.sale_b1, self.leader_b, self.director)),
            (self.leader_a, "leader", (self.leader_b, self.director)),
        ):
            for other in others:
                for call in ("get_tiles", "get_page"):
                    with self.subTest(user=user.login, of=other.login, call=call):
                        with self.assertRaises(AccessError) as refusal:
                            getattr(self.cockpit(user), call)(role, "month", other.id)
                        self.assertNotIn(other.name, str(refusal.exception))

    def test_numbers_that_are_nobody(self):
        nobody = max(self.env["res.users"].with_context(active_test=False).search([]).ids) + 1
        for number in (nobody, 0, -1):
            with self.subTest(number=number), self.assertRaises(AccessError):
                self.cockpit(self.director).get_tiles("salesperson", "month", number)

    def test_stand_in_opens_the_page(self):
        """Who stands in for a colleague looks at his day, as long as it lasts."""
        self.env["incom.visibility.grant"].create(
            {
                "user_id": self.sale_a1.id,
                "target_id": self.sale_b1.id,
                "mode": "read",
                "date_from": self.today,
                "date_to": self.days_ago(-2),
                "reason": "On leave",
            }
        )
        self.assertEqual(self.count(self.sale_a1, of=self.sale_b1), 1)
        with freeze_time(datetime.now() + timedelta(days=4)), self.assertRaises(AccessError):
            self.count(self.sale_a1, of=self.sale_b1)

    def test_grid_tells_of_days_and_targets(self):
        self.env["incom.target"].create(
            {"user_id": self.sale_a1.id, "month": self.today, "metric": "calls", "value": 10}
        )
        for age in range(7):
            self.make_interaction(self.customers["sale_a1"], self.days_ago(age))
        self.commit()
        grid = self.cockpit(self.leader_a).get_page("leader")["grid"]
        self.assertEqual([column["key"] for column in grid["columns"]][:2], ["days", "target"])
        cells = {row["user"]["id"]: row["cells"] for row in grid["rows"]}
        self.assertEqual(cells[self.sale_a1.id]["days"]["dots"], [True] * 5)
        self.assertEqual(cells[self.sale_a2.id]["days"]["dots"], [False] * 5)
        self.assertTrue(cells[self.sale_a1.id]["target"]["value"])
        self.assertNotIn("target", cells[self.sale_a2.id])

    def test_who_stands_above_the_director_has_a_row_of_his_own(self):
        """He has everybody below; what is theirs stays in their rows, and each row opens what it counts."""
        owner = self._user("owner_of_all", SALES_GROUPS)
        self.director.crm_manager_id = owner
        of_owner = self.make_customer("Of the owner", owner)
        of_a = self.customers["sale_a1"]
        for customer in (of_owner, of_a):
            self.make_interaction(customer, self.today)
        self.commit()
        grid = self.cockpit(self.director).get_page("director")["grid"]
        cells = {row["user"]["id"]: row["cells"]["cared"] for row in grid["rows"]}
        self.assertIn(owner.id, cells)
        partners = self.env["res.partner"].with_user(self.director)
        for cell in (cells[owner.id], cells[self.leader_a.id]):
            self.assertEqual(partners.search_count(cell["domain"]), cell["count"])
        self.assertEqual(partners.search(cells[owner.id]["domain"]), of_owner)
        self.assertEqual(partners.search(cells[self.leader_a.id]["domain"]), of_a)

    def test_unowned_customers_are_in_the_companys_grid(self):
        self.customers["sale_b1"].write({"user_id": False, "customer_rank": 1})
        self.commit()
        page = self.cockpit(self.director).get_page("director")
        nobody = [row for row in page["grid"]["rows"] if not row["user"]["id"]]
        self.assertEqual(len(nobody), 1)
        self.assertEqual(nobody[0]["cells"]["cared"]["value"], 0)
        domain = nobody[0]["cells"]["cared"]["domain"]
        self.assertEqual(self.env["res.partner"].search_count(domain), 0)
        self.assertIn("customer_profile_id", str(domain))

    def test_isolation_off_keeps_the_tree(self):
        """Everybody sees everything then, but a page is still somebody's."""
        self.env["incom.isolation"]._switch(False)
        self.assertEqual(self.count(self.sale_a1), 1)
        with self.assertRaises(AccessError):
            self.count(self.sale_a1, of=self.sale_a2)

    # -- what is asked ---------------------------------------------------------------------------------

    def test_bad_roles(self):
        for role in ("boss", "", 1, [], ["leader"], {"leader": 1}):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.cockpit(self.director).get_tiles(role)

    def test_nothing_asked_is_the_widest_page_of_the_month(self):
        for user, role in zip((self.sale_a1, self.leader_a, self.director), ROLES, strict=True):
            page = self.cockpit(user).get_page(None, None, None)
            self.assertEqual((page["role"], page["period"]["code"]), (role, "month"))

    def test_bad_people(self):
        for user_id in ("1", [self.sale_a1.id], 1.5, True, {}):
            with self.subTest(user=user_id), self.assertRaises(UserError):
                self.cockpit(self.director).get_tiles("salesperson", "month", user_id)

    def test_bad_periods(self):
        for period in (
            *("yesterday", "", 7, [], {}, "2026-01-01/2026-01-31"),
            {"from": "2026-01-01"},
            {"from": "2026-01-01", "to": "2026-01-31", "and": 1},
            {"from": "2026-02-01", "to": "2026-01-31"},
            {"from": "2026-02-30", "to": "2026-03-01"},
            {"from": 20260101, "to": "2026-03-01"},
            {"from": None, "to": None},
            {"from": "2999-01-01", "to": "2999-02-01"},
        ):
            with self.subTest(period=period), self.assertRaises(UserError):
                self.cockpit(self.director).get_tiles("salesperson", period)

    # -- only reading ----------------------------------------------------------------------------------

    def test_pages_only_read(self):
        """They may be asked of a replica: nothing is written, not even a sequence."""
        self.env.flush_all()
        for user, role in zip((self.sale_a1, self.leader_a, self.director), ROLES, strict=True):
            for call in ("get_tiles", "get_page"):
                with self.subTest(role=role, call=call), self.env.cr.savepoint(flush=False) as kept:
                    self.env.cr.execute("SET TRANSACTION READ ONLY")
                    self.assertTrue(getattr(self.cockpit(user), call)(role))
                    kept.rollback()
                method = getattr(type(self.env["incom.cockpit"]), call)
                self.assertTrue(method._readonly)

    # -- cost ------------------------------------------------------------------------------------------

    def queries(self, user, role):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.cockpit(user).get_page(role)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow(self):
        """A page of 200 customers asks as often as one of 20."""
        partners = self.env["res.partner"]
        values = {"is_company": True, "user_id": self.sale_a1.id, "phone": "+84 90 000 0000"}
        found = {}
        for count in (20, 200):
            wanted = count - partners.search_count([("user_id", "=", self.sale_a1.id)])
            made = partners.create([{**values, "name": f"Customer {n}"} for n in range(wanted)])
            for partner in made[:5]:
                self.make_interaction(partner, self.days_ago(40))
            self.env["incom.customer.profile"]._refresh()
            for user, role in ((self.sale_a1, "salesperson"), (self.leader_a, "leader")):
                self.queries(user, role)
                found.setdefault(role, []).append(self.queries(user, role))
        for role, (few, many) in found.items():
            self.assertEqual(few, many, role)

    def test_customer_tiles_are_one_statement(self):
        """All that is counted by the profile comes from one pass, in past periods as well."""
        cockpit = self.cockpit(self.leader_a)
        environment = type(self.env)
        execute = environment.execute_query
        statements = []

        def spy(env, query):
            statements.append(query.code)
            return execute(env, query)

        for period in ("month", "last_month"):
            scope = cockpit._scope("leader", period, False)
            statements.clear()
            with patch.object(environment, "execute_query", spy):
                cockpit._counts(scope)
            with self.subTest(period=period):
                passes = [code for code in statements if 'FROM "incom_customer_profile"' in code]
                self.assertEqual(len(passes), 1)

    # -- days and companies ----------------------------------------------------------------------------

    def test_midnight_is_the_companys(self):
        """At 17:30 UTC it is tomorrow in Viet Nam, whatever zone the viewer is in."""
        self.sale_a1.tz = "America/New_York"
        with freeze_time("2026-03-31 17:30:00"):
            page = self.cockpit(self.sale_a1).get_page("salesperson", "month")
        self.assertEqual(page["today"], "2026-04-01")
        self.assertEqual(page["period"]["from"], "2026-04-01")
        with freeze_time("2026-03-31 16:30:00"):
            page = self.cockpit(self.sale_a1).get_page("salesperson", "month")
        self.assertEqual((page["period"]["from"], page["today"]), ("2026-03-01", "2026-03-31"))

    def test_each_company_counts_its_own(self):
        other = self.env["res.company"].create({"name": "Second", "incom_tz": "Asia/Ho_Chi_Minh"})
        self.sale_a1.company_ids = [Command.link(other.id)]
        customer = self.make_customer("Of both", user=self.sale_a1)
        self.make_order(customer, self.days_ago(400), company=other)
        self.commit()
        in_other = self.cockpit(self.sale_a1).with_company(other)
        here = self.cockpit(self.sale_a1).with_company(self.company)
        self.assertEqual(in_other.get_tiles()["all"]["count"], 1)
        self.assertEqual(in_other.get_tiles()["stopped"]["count"], 1)
        self.assertEqual(here.get_tiles()["all"]["count"], 2)
        self.assertEqual(here.get_tiles()["stopped"]["count"], 0)
