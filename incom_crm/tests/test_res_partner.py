from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from ..engine.calendar import company_today


@tagged("post_install", "-at_install")
class TestResPartner(TransactionCase):
    """The public fields of a customer, searched, sorted, grouped and exported."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.other_company = cls.env["res.company"].create({"name": "Second company"})
        cls.regular = cls.env.ref("incom_crm.approach_level_regular")
        cls.potential = cls.env.ref("incom_crm.approach_level_potential")
        cls.big, cls.small, cls.fresh, cls.child = cls.env["res.partner"].create(
            [
                {"name": "Big", "is_company": True},
                {"name": "Small", "is_company": True},
                {"name": "Fresh", "is_company": True},
                {"name": "Contact"},
            ]
        )
        cls.child.parent_id = cls.big
        cls.partners = cls.big | cls.small | cls.fresh | cls.child
        cls._profile(cls.big, cls.regular, 900.0, "2026-01-10", purchase_count=5)
        cls._profile(cls.small, cls.regular, 100.0, "2026-02-20", purchase_count=2)
        cls._profile(cls.fresh, cls.potential, 0.0, False)
        cls._profile(
            cls.big, cls.potential, 7.0, "2025-01-01", company=cls.other_company, purchase_count=1
        )
        cls.salesperson = new_test_user(
            cls.env,
            "salesperson",
            groups="sales_team.group_sale_salesman,base.group_allow_export",
            company_ids=[Command.set((cls.company | cls.other_company).ids)],
            company_id=cls.company.id,
        )
        (cls.big | cls.small | cls.fresh).user_id = cls.salesperson
        cls.Partner = cls.env["res.partner"].with_user(cls.salesperson)
        cls.ours = Domain("id", "in", cls.partners.ids)

    @classmethod
    def _profile(cls, partner, level, revenue, last_purchase, company=None, **values):
        company = company or cls.company
        return (
            cls.env["incom.customer.profile"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "currency_id": company.currency_id.id,
                    "customer_since": "2024-01-01",
                    "silence_from": "2026-01-01",
                    "approach_level_id": level.id,
                    "approach_level_computed_id": level.id,
                    "approach_stage": level.stage,
                    "purchase_cycle_evidence": "none",
                    "purchase_count": 0,
                    "purchase_gap_count": 0,
                    "revenue_12m": revenue,
                    "revenue_previous_12m": 0.0,
                    "receivable_amount": 0.0,
                    "overdue_amount": 0.0,
                    "open_opportunity_amount": 0.0,
                    "weighted_opportunity_amount": 0.0,
                    "unsigned_amount": 0.0,
                    "last_purchase_date": last_purchase,
                    **values,
                }
            )
        )

    def found(self, *conditions):
        """The names of our contacts a salesperson finds under ``conditions``."""
        domain = self.ours & Domain(list(conditions))
        return set(self.Partner.search(domain).mapped("name"))

    def test_values(self):
        big = self.big.with_user(self.salesperson)
        self.assertEqual(big.approach_level_id, self.regular)
        self.assertEqual(big.revenue_12m, 900.0)
        self.assertEqual(big.last_purchase_date, fields.Date.to_date("2026-01-10"))
        child = self.child.with_user(self.salesperson)
        self.assertFalse(child.customer_profile_id)
        self.assertFalse(child.approach_level_id)
        self.assertEqual(child.revenue_12m, 0.0)

    def test_values_follow_the_company(self):
        big = self.big.with_user(self.salesperson)
        self.assertEqual(big.revenue_12m, 900.0)
        self.assertEqual(big.with_company(self.other_company).revenue_12m, 7.0)
        small = self.small.with_user(self.salesperson).with_company(self.other_company)
        self.assertFalse(small.approach_level_id)

    def test_portal_user_cannot_read(self):
        portal = new_test_user(self.env, "portal", groups="base.group_portal")
        self.assertNotIn("revenue_12m", self.big.with_user(portal).fields_get())

    def test_search_operators(self):
        self.assertEqual(self.found(("approach_level_id", "=", self.regular.id)), {"Big", "Small"})
        self.assertEqual(
            self.found(("approach_level_id", "!=", self.regular.id)), {"Fresh", "Contact"}
        )
        self.assertEqual(
            self.found(("approach_level_id", "in", [self.potential.id, False])),
            {"Fresh", "Contact"},
        )
        self.assertEqual(
            self.found(("approach_level_id", "not in", [self.potential.id])),
            {"Big", "Small", "Contact"},
        )
        self.assertEqual(self.found(("approach_level_id", "=", False)), {"Contact"})
        self.assertEqual(self.found(("approach_level_id", "!=", False)), {"Big", "Small", "Fresh"})
        self.assertEqual(
            self.found(("approach_level_id", "ilike", self.regular.name)), {"Big", "Small"}
        )
        self.assertEqual(self.found(("approach_level_id.stage", "=", "before")), {"Fresh"})

    def test_search_dates_and_numbers(self):
        self.assertEqual(self.found(("last_purchase_date", ">=", "2026-02-01")), {"Small"})
        self.assertEqual(self.found(("last_purchase_date", "<", "2026-02-01")), {"Big"})
        self.assertEqual(self.found(("last_purchase_date", "=", False)), {"Fresh", "Contact"})
        self.assertEqual(self.found(("last_purchase_date", "!=", False)), {"Big", "Small"})
        self.assertEqual(self.found(("revenue_12m", ">", 500)), {"Big"})
        self.assertEqual(self.found(("purchase_count", "=", 2)), {"Small"})
        self.assertEqual(
            self.found(("revenue_12m", ">", 50), ("purchase_count", "<", 5)), {"Small"}
        )

    def test_search_profile(self):
        self.assertEqual(
            self.found(("customer_profile_id", "!=", False)), {"Big", "Small", "Fresh"}
        )
        self.assertEqual(self.found(("customer_profile_id", "=", False)), {"Contact"})
        profile = self.big.with_user(self.salesperson).customer_profile_id
        self.assertEqual(self.found(("customer_profile_id", "=", profile.id)), {"Big"})
        self.assertEqual(
            self.found(("customer_profile_id", "in", [profile.id, False])), {"Big", "Contact"}
        )
        self.assertEqual(
            self.found(("customer_profile_id", "any", [("revenue_12m", ">", 500)])), {"Big"}
        )
        self.assertEqual(
            self.found(("customer_profile_id", "not any", [("revenue_12m", ">", 500)])),
            {"Small", "Fresh", "Contact"},
        )

    def test_search_follows_the_company(self):
        partners = self.Partner.with_company(self.other_company).search(
            self.ours & Domain("approach_level_id", "=", self.potential.id)
        )
        self.assertEqual(partners.mapped("name"), ["Big"])

    def test_search_agrees_with_filtered_domain(self):
        partners = self.partners.with_user(self.salesperson)
        for domain in (
            [("approach_level_id", "=", self.regular.id)],
            [("approach_level_id", "!=", self.regular.id)],
            [("revenue_12m", ">", 50)],
            [("last_purchase_date", "=", False)],
            [("customer_profile_id", "any", [("purchase_count", ">=", 2)])],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(
                    set(partners.filtered_domain(domain).mapped("name")), self.found(*domain)
                )

    def test_search_is_one_sub_query(self):
        domain = Domain("revenue_12m", ">", 500) & Domain("purchase_count", ">", 1)
        query = self.Partner._search(domain)
        code = query.select().code
        self.assertIn('FROM "incom_customer_profile"', code)
        self.assertNotIn("JOIN", code)
        # what changed in who sees what, and the search
        with self.assertQueryCount(2):
            self.Partner.search(domain)

    def test_order(self):
        order = ["Big", "Small", "Fresh", "Contact"]
        found = self.Partner.search(self.ours, order="revenue_12m DESC NULLS LAST")
        self.assertEqual(found.mapped("name"), order)
        found = self.Partner.search(self.ours, order="revenue_12m NULLS FIRST")
        self.assertEqual(found.mapped("name"), order[::-1])
        found = self.Partner.search(
            self.ours & Domain("customer_profile_id", "!=", False),
            order="approach_level_id, purchase_count",
        )
        self.assertEqual(found.mapped("name"), ["Fresh", "Small", "Big"])

    def test_order_joins_the_profile_once(self):
        query = self.Partner._search(
            self.ours, order="approach_level_id, purchase_count, revenue_12m desc"
        )
        self.assertEqual(query.select().code.count('"incom_customer_profile"'), 1)

    def test_group(self):
        groups = self.Partner._read_group(
            self.ours, ["approach_level_id"], ["revenue_12m:sum", "purchase_count:max", "__count"]
        )
        self.assertEqual(
            {level.id: values for level, *values in groups},
            {
                self.regular.id: [1000.0, 5, 2],
                self.potential.id: [0.0, 0, 1],
                False: [False, False, 1],
            },
        )

    def test_group_by_path_and_month(self):
        groups = self.Partner._read_group(
            self.ours, ["approach_level_id.stage", "last_purchase_date:month"], ["__count"]
        )
        self.assertIn(("buying", fields.Date.to_date("2026-02-01"), 1), groups)
        self.assertIn(("before", False, 1), groups)

    def test_status_is_searched_and_grouped_like_a_column(self):
        today = company_today(self.company)
        self.big.customer_profile_id.sudo().care_missed_from = today
        self.small.customer_profile_id.sudo().late_from = today - timedelta(days=1)
        self.env.flush_all()
        self.assertEqual(self.found(("care_alert", "=", "missed")), {"Big"})
        self.assertEqual(self.found(("care_alert", "!=", "missed")), {"Small", "Fresh", "Contact"})
        self.assertEqual(
            self.found(("care_alert", "in", ["missed", "ok"])) - {"Contact"},
            {"Big", "Small", "Fresh"},
        )
        self.assertEqual(self.found(("care_alert", "=", False)), {"Contact"})
        self.assertEqual(self.found(("care_alert", "!=", False)), {"Big", "Small", "Fresh"})
        self.assertEqual(self.found(("purchase_status", "=", "late")), {"Small"})
        groups = self.Partner._read_group(
            self.ours, ["care_alert", "purchase_status"], ["revenue_12m:sum", "__count"]
        )
        self.assertEqual(
            set(groups),
            {
                ("missed", "in_cycle", 900.0, 1),
                ("ok", "late", 100.0, 1),
                ("ok", "never", 0.0, 1),
                (False, False, False, 1),
            },
        )
        self.assertEqual(self.big.with_user(self.salesperson).care_alert, "missed")

    def test_this_month(self):
        today = company_today(self.company)
        first = today.replace(day=1)
        self.big.customer_profile_id.sudo().write(
            {"last_cared_date": first, "last_purchase_date": first - timedelta(days=1)}
        )
        self.small.customer_profile_id.sudo().write(
            {"last_cared_date": first - timedelta(days=1), "last_purchase_date": first}
        )
        self.env.flush_all()
        self.assertEqual(self.found(("care_this_month", "=", "cared")), {"Big"})
        self.assertEqual(self.found(("care_this_month", "=", "not_cared")), {"Small", "Fresh"})
        self.assertEqual(self.found(("purchase_this_month", "=", "bought")), {"Small"})
        self.assertEqual(self.found(("purchase_this_month", "=", "not_bought")), {"Big", "Fresh"})

    def test_days_to_the_next_purchase(self):
        self.env["res.lang"]._activate_lang("en_US")
        today = company_today(self.company)
        big = self.big.with_user(self.salesperson).with_context(lang="en_US")
        for days, text in ((-9, "9 d ago"), (0, "today"), (3, "in 3 d")):
            with self.subTest(days=days):
                due = today + timedelta(days=days)
                self.big.customer_profile_id.sudo().next_purchase_date = due
                self.assertEqual(big.next_purchase_text, text)
        self.assertFalse(self.fresh.next_purchase_text)

    def test_birthday_within_a_week(self):
        today = company_today(self.company)
        for days, soon in ((-1, False), (0, True), (6, True), (7, False)):
            with self.subTest(days=days):
                born = today + timedelta(days=days)
                self.child.birthdate = born.replace(year=1984)
                self.assertEqual(self.found(("birthday_soon", "=", True)) == {"Big"}, soon)
                self.env.invalidate_all()
                self.assertIs(self.big.birthday_soon, soon)
        self.child.birthdate = today.replace(year=1984)
        self.child.active = False
        self.assertFalse(self.found(("birthday_soon", "=", True)))

    def test_last_contact(self):
        diary = self.env["incom.interaction"].sudo()
        common = {
            "company_id": self.company.id,
            "channel": "phone",
            "direction": "out",
            "grade": "content",
            "user_id": self.salesperson.id,
        }
        newest = diary.create(
            [
                {**common, "partner_id": self.big.id, "date": "2026-03-02", "body": "Newest"},
                {**common, "partner_id": self.big.id, "date": "2026-03-01", "body": "Oldest"},
                {**common, "partner_id": self.small.id, "date": "2026-01-31", "body": False},
            ]
        )[0]
        self.env["res.lang"]._activate_lang("en_US")
        partners = self.partners.with_user(self.salesperson).with_context(lang="en_US")
        partners.mapped("last_interaction_text")
        self.env.invalidate_all()
        # the newest lines, what they say, and the languages with their formats
        with self.assertQueryCount(5):
            partners.mapped("last_interaction_text")
        self.assertEqual(partners[0].last_interaction_id, newest)
        self.assertEqual(
            partners.mapped("last_interaction_text"), ["Mar 2 · Newest", "Jan 31", False, False]
        )

    def test_description(self):
        description = self.Partner.fields_get()
        for name in (
            "approach_level_id",
            "approach_stage",
            "care_alert",
            "last_purchase_date",
            "not_exploited",
            "order_chance",
            "priority",
            "purchase_status",
            "revenue_12m",
        ):
            with self.subTest(field=name):
                self.assertTrue(description[name]["searchable"])
                self.assertTrue(description[name]["sortable"])
                self.assertTrue(description[name]["groupable"])
                self.assertTrue(description[name]["exportable"])
                self.assertFalse(description[name]["store"])
        self.assertEqual(description["revenue_12m"]["aggregator"], "sum")
        self.assertEqual(description["purchase_cycle_days"]["aggregator"], "avg")

    def test_export(self):
        rows = self.big.with_user(self.salesperson).export_data(
            ["name", "approach_level_id", "revenue_12m", "last_purchase_date"]
        )["datas"]
        self.assertEqual(
            rows, [["Big", self.regular.name, 900.0, fields.Date.to_date("2026-01-10")]]
        )

    def test_read_many_customers_in_few_queries(self):
        names = ["approach_level_id", "revenue_12m", "last_purchase_date", "purchase_cycle_id"]
        self.Partner.browse(self.partners.ids).read(names)
        for records in (self.big, self.partners):
            self.env.invalidate_all()
            self.Partner.browse(records.ids).mapped("display_name")
            # what changed in who sees what, the links, the profiles' values, the names of the levels
            with self.assertQueryCount(5):
                self.Partner.browse(records.ids).read(names)

    def test_rows_of_other_companies_are_not_seen(self):
        narrow = new_test_user(
            self.env, "narrow", groups="sales_team.group_sale_salesman", company_id=self.company.id
        )
        self.salesperson.crm_manager_id = narrow
        profiles = self.env["incom.customer.profile"].with_user(narrow)
        found = profiles.search([("partner_id", "in", self.partners.ids)])
        self.assertEqual(found.company_id, self.company)
        foreign = self.Partner.with_company(self.other_company).browse(self.big.id)
        with self.assertRaises(AccessError):
            foreign.customer_profile_id.with_user(narrow).check_access("read")
