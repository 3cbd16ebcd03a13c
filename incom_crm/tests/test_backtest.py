from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ..engine import backtest
from .purchase_history import PurchaseHistoryCase, Purchases, kaplan_meier, random_histories

CLOSED = range(20, 29)


@tagged("post_install", "-at_install")
class TestBacktest(PurchaseHistoryCase):
    """The walk through the past against plain Python, and what is made of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["resource.calendar.leaves"].search([("resource_id", "=", False)]).unlink()
        cls.closed = [cls.today - timedelta(days=day) for day in CLOSED]
        cls.close(min(cls.closed), max(cls.closed))
        cls.histories = random_histories(150, cls.today)
        cls.customers = cls.buy(cls.histories)

    @classmethod
    def number(cls, day):
        return day.toordinal() - sum(off <= day for off in cls.closed)

    def cut(self, week):
        """The first day whose number is so many weeks of open days before today's."""
        day = self.today
        while self.number(day - timedelta(days=1)) >= self.number(self.today) - 7 * week:
            day -= timedelta(days=1)
        return day

    def predictions(self, week):
        """``(chance, returns, customer's place, purchases, open days to the next order)`` at a cut."""
        day = self.cut(week)
        known = [Purchases(history, day, self.number) for history in self.histories]
        curve, ended, still_open = kaplan_meier(known)
        self.assertGreaterEqual(ended + still_open, 200, "the oracle knows no shipped curve")
        return [
            (
                bought.chance(curve, 7),
                bought.chance(curve, 90),
                place,
                bought,
                min((self.number(d) - self.number(day) for d in history if d > day), default=999),
            )
            for place, (bought, history) in enumerate(zip(known, self.histories, strict=True))
            if len(bought.used) >= 3
        ]

    def test_weeks(self):
        weeks = backtest.walk(self.env, self.company)["weeks"]
        self.assertEqual(
            [week["day"] for week in weeks], [self.cut(week) for week in range(13, 0, -1)]
        )
        for number, found in zip(range(13, 0, -1), weeks, strict=True):
            judged = self.predictions(number)
            due = [item for item in judged if item[3].is_due]
            likely = sorted(judged, key=lambda item: (-round(item[0], 6), item[2]))[: len(due)]
            self.assertEqual(found["eligible_count"], len(judged))
            self.assertEqual(found["ordered_count"], sum(item[4] <= 7 for item in judged))
            self.assertEqual(found["listed_count"], len(due))
            self.assertEqual(found["hit_count"], sum(item[4] <= 7 for item in due))
            # two customers may share the last place of the list
            self.assertAlmostEqual(
                found["chance_hit_count"], sum(item[4] <= 7 for item in likely), delta=1
            )

    def test_calibration(self):
        bins = backtest.walk(self.env, self.company)["bins"]
        judged = [item for week in range(1, 14) for item in self.predictions(week)]
        self.assertEqual(len(bins), 10)
        self.assertEqual(sum(tenth["prediction_count"] for tenth in bins), len(judged))
        self.assertEqual(
            sum(tenth["ordered_count"] for tenth in bins), sum(item[4] <= 7 for item in judged)
        )
        self.assertAlmostEqual(
            sum(tenth["predicted"] * tenth["prediction_count"] for tenth in bins),
            sum(item[0] for item in judged),
            2,
        )
        means = [tenth["predicted"] for tenth in bins]
        self.assertEqual(means, sorted(means))

    def test_stopped(self):
        found = backtest.walk(self.env, self.company)["stopped"]
        judged = [item for week in range(13, 26) for item in self.predictions(week)]
        gone = [item for item in judged if item[4] > 90]
        called = [item for item in judged if item[3].is_stopped]
        self.assertTrue(called)
        self.assertEqual(found["judged_count"], len(judged))
        self.assertEqual(found["gone_count"], len(gone))
        self.assertEqual(found["stopped_count"], len(called))
        self.assertEqual(found["stopped_right_count"], sum(item[4] > 90 for item in called))
        back = [item for item in judged if item[4] <= 90]
        for name, key in (("chance_auc", lambda i: i[1]), ("recency_auc", lambda i: -i[3].silence)):
            wins = sum(
                (key(one) > key(other)) + (key(one) == key(other)) / 2
                for one in back
                for other in gone
            )
            self.assertAlmostEqual(found[name], wins / len(back) / len(gone), 3)

    def test_company_without_sales(self):
        empty = self.env["res.company"].create({"name": "Empty"})
        run = self.env["incom.backtest"]._run(empty)
        self.assertTrue(run.default_curve)
        self.assertEqual((run.eligible_count, run.rule_lift, run.stopped_precision), (0, 0, 0))
        self.assertFalse(run.by_chance_alone)

    def test_other_companies_are_left_out(self):
        other = self.env["res.company"].create({"name": "Other", "incom_tz": "UTC"})
        self.assertEqual(self.env["incom.backtest"]._run(other).eligible_count, 0)

    def test_run_adds_the_weeks_up(self):
        run = self.env["incom.backtest"]._run(self.company)
        self.assertEqual(run.date, self.today)
        self.assertEqual(run.eligible_count, sum(run.week_ids.mapped("eligible_count")))
        hits = sum(run.week_ids.mapped("hit_count"))
        self.assertAlmostEqual(run.rule_precision, hits / run.listed_count)
        self.assertAlmostEqual(run.rule_recall, hits / run.ordered_count)
        self.assertAlmostEqual(run.rule_lift, run.rule_precision / run.base_rate)
        self.assertEqual(run.false_alarm_count, run.stopped_count - run.stopped_right_count)
        self.assertEqual(len(run.bin_ids), 10)

    def test_list_goes_by_chance_alone_below_the_lift_expected(self):
        Backtest = self.env["incom.backtest"]
        self.assertFalse(Backtest._due_list_by_chance_alone(self.company))
        parameters = {
            parameter.key: parameter for parameter in self.env["incom.crm.parameter"].search([])
        }
        parameters["due_list_min_lift"].value = parameters["due_list_min_lift"].maximum
        parameters["due_list_min_predictions"].value = parameters[
            "due_list_min_predictions"
        ].minimum
        self.assertTrue(Backtest._run(self.company).by_chance_alone)
        self.assertTrue(Backtest._due_list_by_chance_alone(self.company))
        parameters["due_list_min_lift"].value = parameters["due_list_min_lift"].minimum
        Backtest._run(self.company)
        self.assertFalse(Backtest._due_list_by_chance_alone(self.company), "the newest run decides")

    def test_director_runs_it_and_nobody_else(self):
        def user(login, groups):
            return new_test_user(
                self.env,
                login,
                groups=groups,
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )

        director = user("director", "incom_crm.group_director")
        action = self.env["incom.backtest"].with_user(director).action_run()
        run = self.env["incom.backtest"].with_user(director).browse(action["res_id"])
        self.assertEqual(run.company_id, self.company)
        with Form(run) as form:
            self.assertIn("%", form.summary)
        salesman = user("salesman", "sales_team.group_sale_salesman_all_leads")
        with self.assertRaises(AccessError):
            self.env["incom.backtest"].with_user(salesman).action_run()
        with self.assertRaises(AccessError):
            run.with_user(salesman).read(["summary"])
