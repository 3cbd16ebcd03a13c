from datetime import timedelta

from odoo.tests import tagged

from ..engine import chance, refresh
from .purchase_history import (
    PurchaseHistoryCase,
    Purchases,
    kaplan_meier,
    random_histories,
)


@tagged("post_install", "-at_install")
class TestChance(PurchaseHistoryCase):
    """The survival curve of a company and what is expected of its customers."""

    def setUp(self):
        super().setUp()
        # a company without holidays, so that open days are days
        self.env["resource.calendar.leaves"].search([("resource_id", "=", False)]).unlink()
        self.env["incom.customer.reference"].search([]).unlink()

    def _curve(self):
        refresh.store_references(self.env)
        return (
            self.env["incom.customer.reference"]
            .search([("company_id", "=", self.company.id), ("kind", "=", "chance_curve")])
            .data
        )

    def _purchases(self, histories):
        return [
            Purchases(history, self.today, lambda day: day.toordinal()) for history in histories
        ]

    def test_curve_is_kaplan_meier(self):
        histories = random_histories(120, self.today)
        self.buy(histories)
        expected, ended, still_open = kaplan_meier(self._purchases(histories))
        found = self._curve()
        self.assertFalse(found["is_default"])
        self.assertEqual((found["ended"], found["open"]), (ended, still_open))
        self.assertEqual(found["ratios"], [0, *expected])
        for share, oracle in zip(found["shares"], [1, *expected.values()], strict=True):
            self.assertAlmostEqual(share, oracle, 5)

    def test_chances_of_all_customers(self):
        histories = random_histories(120, self.today)
        customers = self.buy(histories)
        purchases = self._purchases(histories)
        curve, _ended, _open = kaplan_meier(purchases)
        self.Profile._refresh(customers.ids)
        self._curve()
        silent = 0
        for customer, bought in zip(customers, purchases, strict=True):
            profile = self.profile(customer)
            for name, days in (("order_chance", 7), ("return_chance", 90)):
                expected = bought.chance(curve, days)
                silent += expected == 0
                self.assertAlmostEqual(profile[name], expected or 0, 4, (customer.name, name))
        self.assertTrue(silent, "no customer beyond the curve was among them")

    def test_few_samples_take_the_shipped_curve(self):
        self.buy([[self.today - timedelta(days=10 * number) for number in range(9, 0, -1)]])
        found = self._curve()
        self.assertTrue(found["is_default"])
        self.assertEqual((found["ended"], found["open"]), (6, 1))
        shipped = chance.default_curve()
        self.assertEqual(found["ratios"], shipped["ratios"])
        self.assertEqual(found["shares"], shipped["shares"])

    def test_company_without_sales_has_a_curve(self):
        found = self._curve()
        self.assertTrue(found["is_default"])
        self.assertEqual((found["ended"], found["open"]), (0, 0))

    def test_shipped_curve_is_a_survival_curve(self):
        shipped = chance.default_curve()
        self.assertEqual((shipped["ratios"][0], shipped["shares"][0]), (0, 1))
        self.assertEqual(shipped["ratios"], sorted(set(shipped["ratios"])))
        self.assertEqual(shipped["shares"], sorted(shipped["shares"], reverse=True))
        self.assertGreaterEqual(shipped["shares"][-1], 0)

    def test_curve_of_the_day_is_kept(self):
        self._curve()
        histories = random_histories(120, self.today)
        self.buy(histories)
        self.assertTrue(self._curve()["is_default"], "the day's curve was worked out again")

    def test_values(self):
        """Twenty days apart, ten days ago: the chance by the shipped curve, the money by hand."""
        days = [self.today - timedelta(days=10 + 20 * number) for number in range(5, -1, -1)]
        [customer] = self.buy([days], amount=365)
        self.Profile._refresh(customer.ids)
        self._curve()
        profile = self.profile(customer)
        shipped = chance.default_curve()
        curve = dict(zip(shipped["ratios"], shipped["shares"], strict=True))
        [purchases] = self._purchases([days])
        week, quarter = purchases.chance(curve, 7), purchases.chance(curve, 90)
        self.assertEqual(profile.purchase_cycle_computed_days, 20)
        self.assertAlmostEqual(profile.order_chance, week, 6)
        self.assertAlmostEqual(profile.yearly_value, 12 * 365, 2)
        self.assertAlmostEqual(profile.expected_this_week, week * 365, 1)
        self.assertAlmostEqual(profile.worth_at_risk, (1 - quarter) * 12 * 365, 1)
        self.assertAlmostEqual(
            profile.priority, profile.worth_at_risk + profile.expected_this_week, 1
        )
        self.assertIn(profile, self.Profile.search([("order_chance", ">", week - 0.001)]))
        self.assertNotIn(profile, self.Profile.search([("order_chance", ">", week + 0.001)]))

    def test_priority_adds_money_and_leaves_out_who_stopped(self):
        active, gone = self.buy(
            [
                [self.today - timedelta(days=20 * number) for number in range(5, 0, -1)],
                [self.today - timedelta(days=300 + 20 * number) for number in range(5, 0, -1)],
            ]
        )
        self.env["sale.order"].create(
            [
                {
                    "partner_id": customer.id,
                    "order_line": [
                        (0, 0, {"name": "Offer", "price_unit": 50, "product_uom_qty": 1})
                    ],
                }
                for customer in (active, gone)
            ]
        ).order_line.tax_ids = False
        self.Profile._refresh((active | gone).ids)
        self._curve()
        first, last = self.profile(active), self.profile(gone)
        self.assertEqual(first.unsigned_amount, 50)
        self.assertAlmostEqual(
            first.priority, first.worth_at_risk + first.expected_this_week + 50, 1
        )
        self.assertEqual(last.purchase_status, "stopped")
        self.assertEqual((last.unsigned_amount, last.priority), (50, 0))
        ranked = self.Profile.search([("id", "in", (first | last).ids)], order="priority desc")
        self.assertEqual(ranked.ids, [first.id, last.id])

    def test_one_gap_gives_no_chance(self):
        [customer] = self.buy([[self.today - timedelta(days=30), self.today - timedelta(days=5)]])
        self.Profile._refresh(customer.ids)
        self._curve()
        profile = self.profile(customer)
        self.assertEqual((profile.purchase_gap_count, profile.order_chance), (1, 0))
        self.assertFalse(self.Profile.search([("id", "=", profile.id), ("order_chance", ">=", 0)]))

    def test_pinned_cycle_leaves_the_chance_alone(self):
        days = [self.today - timedelta(days=10 + 20 * number) for number in range(5, -1, -1)]
        [customer] = self.buy([days])
        self.Profile._refresh(customer.ids)
        self._curve()
        before = self.profile(customer).order_chance
        self.env["incom.customer.pin"].create(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "kind": "cycle",
                "cycle_days": 90,
                "reason": "Told by phone",
                "date": self.today,
            }
        )
        self.Profile._refresh(customer.ids)
        profile = self.profile(customer)
        self.assertEqual(profile.purchase_cycle_days, 90)
        self.assertEqual(profile.order_chance, before)

    def test_holidays_are_no_silence(self):
        days = [self.today - timedelta(days=20 * number) for number in range(6, 0, -1)]
        [customer] = self.buy([days])
        self.Profile._refresh(customer.ids)
        self._curve()
        before = self.profile(customer).order_chance
        shipped = chance.default_curve()
        curve = dict(zip(shipped["ratios"], shipped["shares"], strict=True))
        self.close(self.today - timedelta(days=9), self.today - timedelta(days=2))
        self.Profile._refresh(customer.ids)
        self.Profile.invalidate_model()
        closed = [self.today - timedelta(days=day) for day in range(2, 10)]
        purchases = Purchases(
            days, self.today, lambda day: day.toordinal() - sum(off <= day for off in closed)
        )
        self.assertEqual(purchases.silence, 12)
        after = self.profile(customer).order_chance
        self.assertNotEqual(after, before)
        self.assertAlmostEqual(after, purchases.chance(curve, 7), 6)
