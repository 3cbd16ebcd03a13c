import doctest
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from odoo.tests import BaseCase, tagged

from . import oracle
from .oracle import calendar, numbers, reference
from .oracle.purchases import Purchases, lead
from .oracle.records import DEFAULTS, Company, Customer, Invoice, Order, Policy, World

TODAY = date(2026, 3, 2)
HERE = Company("here", "UTC")
WORLD = World({"here": HERE}, {}, (Policy(14, level="regular"), Policy(30, level="irregular")))


@tagged("post_install", "-at_install")
class TestOracle(BaseCase):
    """The oracle by examples worked out on paper, so that it is no second unknown."""

    def order(self, age, **values):
        at = datetime.combine(TODAY - timedelta(days=age), datetime.min.time())
        return Order("here", at, Decimal(100), **values)

    def purchases(self, *ages):
        customer = Customer(datetime(2020, 1, 1), orders=[self.order(age) for age in ages])
        return Purchases(customer, HERE, TODAY, WORLD)

    def test_examples_of_the_functions(self):
        for module in (calendar, numbers, reference):
            failed, tried = doctest.testmod(module)
            self.assertFalse(failed)
            self.assertTrue(tried)

    def test_cycle(self):
        """Gaps 19, 28, 29, 38: median 28.5, deviations 9.5, 0.5, 0.5, 9.5 with median 5."""
        bought = self.purchases(152, 133, 105, 76, 38)
        self.assertEqual(bought.gaps, [19, 28, 29, 38])
        self.assertEqual((bought.computed, bought.evidence), (Fraction(57, 2), "confirmed"))
        self.assertEqual(bought.spread, Fraction(10, 57))
        self.assertEqual((bought.due_after, bought.lead, bought.silence), (29, 7, 38))
        self.assertEqual(bought.status, "late")
        self.assertEqual(bought.bucket, 30)

    def test_lead(self):
        leads = {2: 0, 3: 1, 4: 1, 5: 2, 10: 3, 54: 14, 400: 14}
        self.assertEqual({cycle: lead(Fraction(cycle), DEFAULTS) for cycle in leads}, leads)

    def test_credited(self):
        """Credited and invoiced again is not credited; a credit note of tomorrow is none yet."""
        invoice = Invoice(Decimal(100), TODAY)
        refund = Invoice(Decimal(95), TODAY, refund=True)
        tomorrow = Invoice(Decimal(95), TODAY + timedelta(days=1), refund=True)
        for bills, bought in (
            ([invoice], True),
            ([invoice, refund], False),
            ([invoice, refund, invoice], True),
            ([invoice, tomorrow], True),
        ):
            customer = Customer(datetime(2020, 1, 1), orders=[self.order(5, invoices=bills)])
            found = Purchases(customer, HERE, TODAY, WORLD)
            self.assertEqual(bool(found.events), bought)

    def test_row(self):
        """Every twenty days, the last time a week ago: regular, due in thirteen days."""
        row = oracle.profile(
            Customer(
                datetime(2020, 1, 1), orders=[self.order(7 + 20 * number) for number in range(5)]
            ),
            HERE,
            TODAY,
            WORLD,
        )
        self.assertEqual((row["approach_level"], row["purchase_status"]), ("regular", "in_cycle"))
        self.assertEqual(row["next_purchase_date"], TODAY + timedelta(days=13))
        self.assertEqual((row["allowed_silence"], row["care_alert"]), (14, "ok"))
        self.assertEqual(row["care_due_date"], TODAY + timedelta(days=4))
