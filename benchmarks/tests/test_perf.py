import io
from contextlib import redirect_stdout
from datetime import date
from unittest.mock import patch

from odoo.addons.incom_crm.engine import refresh

from benchmarks import sales
from benchmarks.perf import compare_sizes, dashboard, floor, generate, orm, refreshing
from benchmarks.perf.meter import Cost, Report
from benchmarks.perf.trial import Trial

from .common import DatabaseCase

N = 60
TODAY = date(2026, 5, 20)


class TestPerf(DatabaseCase):
    """The made-up company and the measures on it, tiny and without a commit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Profile = cls.env["incom.customer.profile"]
        with patch.object(generate, "SALESPEOPLE", 3), patch.object(generate, "RESERVED", 10):
            cls.filled = list(generate.fill(cls.env, N, 0.5, TODAY))
        cls.customers = cls.env["res.partner"].search([("name", "=like", "Customer %")])
        refresh.refresh(cls.env, cls.customers.ids, TODAY)
        with redirect_stdout(io.StringIO()):
            cls.report = Report()

    def trial(self):
        with patch.object(self.env.cr, "commit"):
            trial = Trial(self.env, N, TODAY, 0.5, self.report)
        trial.customer_ids = self.customers.ids
        return trial

    def test_population(self):
        self.assertEqual(self.filled, [name for name, _statements in generate.sections()])
        self.assertEqual(len(self.customers), N)
        self.assertEqual(self.customers.commercial_partner_id, self.customers)
        contacts = self.customers.child_ids
        self.assertEqual(len(contacts), 0.3 * N)
        self.assertEqual(contacts.commercial_partner_id, contacts.parent_id)
        orders = self.env["sale.order"].search([("partner_id", "in", self.customers.ids)])
        for order in orders:
            self.assertAlmostEqual(
                sum(order.order_line.mapped("price_subtotal")), order.amount_untaxed, 2
            )
        moves = self.env["account.move"].search([("partner_id", "in", self.customers.ids)])
        for move in moves:
            self.assertAlmostEqual(sum(move.line_ids.mapped("balance")), 0, 2)
        self.assertTrue(moves.filtered(lambda move: move.amount_residual > 0))
        self.assertEqual(len(self.customers.message_ids), 5 * N)

    def test_all_kinds_of_customers(self):
        rows = self.Profile.search([("partner_id", "in", self.customers.ids)])
        self.assertEqual(len(rows), N)
        self.assertLessEqual({"none", "confirmed"}, set(rows.mapped("purchase_cycle_evidence")))
        self.assertEqual(set(rows.mapped("approach_stage")), {"before", "buying", "lapsed"})

    def test_engine_agrees_with_both_ways_of_the_orm(self):
        found = orm.batched(self.env, self.customers.ids, TODAY)
        self.assertEqual(orm.differences(self.env, found), [])
        found = {customer_id: orm.naive(self.env, customer_id, TODAY) for customer_id in found}
        self.assertEqual(orm.differences(self.env, found), [])

    def test_a_difference_is_found(self):
        found = orm.batched(self.env, self.customers.ids, TODAY)
        found[self.customers[7].id]["purchase_count"] += 1
        found[self.customers[9].id]["last_care_date"] = date(2000, 1, 1)
        self.assertEqual(
            set(orm.differences(self.env, found)), {self.customers[7].id, self.customers[9].id}
        )

    def test_dashboard(self):
        self.assertEqual(len(dashboard.TILES), 25)
        salesperson = self.env["res.users"].search([("login", "=", sales.LOGIN.format(1))])
        scope = [("user_id", "=", salesperson.id)]
        profile = self.Profile.with_user(salesperson)
        self.assertEqual(profile.search_count(scope), 10)
        self.assertEqual(dashboard.one_pass(profile, scope), dashboard.one_by_one(profile, scope))
        director = self.Profile.with_user(self.env.ref("base.user_admin"))
        self.assertEqual(dashboard.one_pass(director, []), dashboard.one_by_one(director, []))

    def test_floor_reads_every_source(self):
        floor.read(self.env.cr, floor.SOURCES | floor.ENGINE_SOURCES)
        self.assertEqual(len(floor.SOURCES), 7)

    def test_touched_customers_change(self):
        trial = self.trial()
        with patch.object(self.env.cr, "commit"):
            refreshing.touch(trial, self.customers[:5].ids)
        self.assertEqual(refresh.refresh(self.env, self.customers.ids, TODAY), 5)
        rows = self.Profile.search([("partner_id", "in", self.customers[:5].ids)])
        self.assertEqual(set(rows.mapped("last_care_date")), {TODAY})

    def test_batches_are_those_of_the_job(self):
        trial = self.trial()
        trial.n = 100_000
        self.assertEqual(
            list(map(len, refreshing.batches(trial, list(range(2500))))), [1000, 1000, 500]
        )
        self.assertEqual(refreshing.batches(trial, list(range(15_000))), [None])

    def test_draws_repeat(self):
        self.assertEqual(self.trial().some_customers(5), self.trial().some_customers(5))

    def test_sizes_are_compared(self):
        report = self.report
        report.lines.clear()
        small, large = Cost(wall=1, cpu=1, client=0), Cost(wall=14, cpu=14, client=0)
        with redirect_stdout(io.StringIO()):
            compare_sizes(report, {100: (small, small), 1000: (large, small)})
        self.assertEqual([line.verdict for line in report.lines], ["FAIL", "PASS"])
