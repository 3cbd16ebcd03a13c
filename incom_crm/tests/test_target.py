from datetime import date, timedelta

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.misc import mute_logger

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestTarget(IncomCrmCommon):
    """Targets: who sets them, who reads them, and the ways to set many at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.targets = cls.env["incom.target"]

    def make(self, user, by=None, **values):
        vals = {"user_id": user.id, "metric": "calls", "value": 10, **values}
        return self.targets.with_user(by or self.leader_a).create(vals)

    def test_month_is_kept_as_its_first_day(self):
        target = self.make(self.sale_a1, month=date(2026, 2, 17))
        self.assertEqual(target.month, date(2026, 2, 1))
        target.month = "2026-03-31"
        self.assertEqual(target.month, date(2026, 3, 1))

    def test_one_target_per_person_month_and_metric(self):
        self.make(self.sale_a1, month=date(2026, 2, 1))
        self.make(self.sale_a1, month=date(2026, 3, 1))
        self.make(self.sale_a1, month=date(2026, 2, 1), metric="revenue")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.make(self.sale_a1, month=date(2026, 2, 20))

    def test_a_target_is_above_zero(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.make(self.sale_a1, value=0)

    def test_set_by_superiors_alone(self):
        self.make(self.sale_a1, by=self.leader_a)
        self.make(self.sale_a1, by=self.director, metric="revenue")
        for by, user in (
            (self.sale_a1, self.sale_a1),
            (self.leader_a, self.leader_a),
            (self.leader_a, self.sale_b1),
            (self.sale_a2, self.sale_a1),
            (self.sale_a1, self.leader_a),
            (self.accountant, self.sale_a1),
        ):
            with self.subTest(by=by.login, user=user.login), self.assertRaises(AccessError):
                self.make(user, by=by, metric="meetings")

    def test_set_by_superiors_alone_where_isolation_is_off(self):
        self.env["incom.isolation"]._switch(False)
        target = self.make(self.sale_a1, by=self.leader_a)
        for user in (self.sale_a1, self.sale_b1, self.leader_b):
            mine = target.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.make(self.sale_a1, by=user, metric="meetings")
                with self.assertRaises(AccessError):
                    mine.value = 1
                with self.assertRaises(AccessError):
                    mine.unlink()

    def test_a_director_sets_anybodys_and_his_own(self):
        self.assertTrue(self.make(self.director, by=self.director))

    def test_stand_in_for_the_superior_sets_targets(self):
        self.env["incom.visibility.grant"].create(
            {
                "user_id": self.leader_b.id,
                "target_id": self.leader_a.id,
                "mode": "write",
                "transitive": True,
                "date_to": self.today,
                "reason": "Holiday",
            }
        )
        self.assertTrue(self.make(self.sale_a1, by=self.leader_b))
        with self.assertRaises(AccessError):
            self.make(self.leader_a, by=self.leader_b)

    def test_read_by_the_person_and_above(self):
        target = self.make(self.sale_a1)
        for user in (self.sale_a1, self.leader_a, self.director):
            self.assertEqual(self.targets.with_user(user).search([("id", "=", target.id)]), target)
        for user in (self.sale_a2, self.sale_b1, self.leader_b):
            self.assertFalse(self.targets.with_user(user).search([("id", "=", target.id)]))

    def test_copy_from_last_month(self):
        month = self.targets._current_month()
        before = month - timedelta(days=1)
        self.make(self.sale_a1, month=before, value=7)
        self.make(self.sale_a2, month=before, value=8)
        kept = self.make(self.sale_a2, month=month, value=9)
        self.make(self.sale_b1, by=self.leader_b, month=before)
        mine = self.targets.with_user(self.leader_a)
        mine.action_copy_last_month()
        mine.action_copy_last_month()
        current = self.targets.search([("month", "=", month)])
        self.assertEqual(
            {(target.user_id, target.value) for target in current},
            {(self.sale_a1, 7), (self.sale_a2, 9)},
        )
        self.assertIn(kept, current)

    def test_wizard_sets_for_the_team(self):
        there = self.make(self.sale_a1, value=3)
        wizard = Form(self.env["incom.target.wizard"].with_user(self.leader_a))
        self.assertEqual(set(wizard.user_ids), {self.sale_a1, self.sale_a2})
        for position, metric in enumerate(self.targets._metrics()):
            with wizard.line_ids.edit(position) as line:
                self.assertEqual(line.metric, metric)
                line.value = {"calls": 40, "revenue": 5_000}.get(metric, 0)
        wizard.save().action_apply()
        found = self.targets.search([("user_id", "in", (self.sale_a1 | self.sale_a2).ids)])
        self.assertEqual(
            {(target.user_id, target.metric, target.value) for target in found},
            {
                (user, metric, value)
                for user in (self.sale_a1, self.sale_a2)
                for metric, value in (("calls", 40), ("revenue", 5_000))
            },
        )
        self.assertIn(there, found)

    def test_wizard_takes_what_all_had_last_month(self):
        before = self.targets._current_month() - timedelta(days=1)
        self.make(self.sale_a1, month=before, value=7)
        self.make(self.sale_a2, month=before, value=7)
        self.make(self.sale_a1, month=before, metric="revenue", value=1)
        self.make(self.sale_a2, month=before, metric="revenue", value=2)
        wizard = self.env["incom.target.wizard"].with_user(self.leader_a).create({})
        wizard.action_take_last_month()
        self.assertEqual(
            {line.metric: line.value for line in wizard.line_ids if line.value}, {"calls": 7}
        )

    def test_wizard_without_a_target_says_so(self):
        wizard = self.env["incom.target.wizard"].with_user(self.leader_a).create({})
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_views_load(self):
        for action in ("target", "work_report", "crm_lead_stage", "customer_care"):
            act = self.env.ref(f"incom_crm.{action}_action")
            views = [(view_id, mode) for view_id, mode in act.views]
            model = self.env[act.res_model].with_user(self.sale_a1)
            with self.subTest(action=action):
                found = model.get_views(views, {"load_filters": True})["views"]
                self.assertEqual(set(found), {mode for _view_id, mode in views})
