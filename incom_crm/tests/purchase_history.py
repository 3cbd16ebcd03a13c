"""Purchases for tests of the chance and the back-test, and what plain Python makes of them."""

import random
from collections import Counter
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from odoo import fields
from odoo.tests import TransactionCase
from odoo.tools import SQL

WINDOW = 8


class PurchaseHistoryCase(TransactionCase):
    """A company of its own whose customers bought on given days; noon UTC is its own day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "History", "incom_tz": "UTC"})
        cls.env = cls.env(context={"allowed_company_ids": cls.company.ids})
        cls.Profile = cls.env["incom.customer.profile"]
        cls.today = cls.Profile._today_by_company()[cls.company.id]

    @classmethod
    def buy(cls, histories, amount=100):
        """Write confirmed orders, set-based.

        :param histories: one list of days per customer
        :return: the customers, in the same order
        """
        customers = cls.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(len(histories))]
        )
        rows = [
            (customer.id, fields.Datetime.to_datetime(day) + timedelta(hours=12))
            for customer, days in zip(customers, histories, strict=True)
            for day in days
        ]
        cls.env.cr.execute(
            SQL(
                """INSERT INTO sale_order (name, state, company_id, currency_id, currency_rate, partner_id,
                                           partner_invoice_id, partner_shipping_id, date_order, amount_untaxed)
                   SELECT 'H', 'sale', %s, %s, 1, id, id, id, day, %s
                     FROM unnest(%s, %s) AS bought(id, day)""",
                cls.company.id,
                cls.company.currency_id.id,
                amount,
                [row[0] for row in rows],
                [row[1] for row in rows],
            )
        )
        return customers

    @classmethod
    def close(cls, first, last):
        """Close the company from one day to another."""
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "company_id": cls.company.id,
                "calendar_id": False,
                "resource_id": False,
                "date_from": fields.Datetime.to_datetime(first),
                "date_to": fields.Datetime.to_datetime(last) + timedelta(hours=23),
            }
        )

    def profile(self, customer):
        return self.Profile.search(
            [("partner_id", "=", customer.id), ("company_id", "=", self.company.id)]
        )


def random_histories(count, today, seed=7):
    """Customers of all kinds: even, uneven, rare, long gone, buying again the next day."""
    draw = random.Random(seed)
    histories = []
    for _customer in range(count):
        pace, evenness = draw.uniform(4, 70), draw.choice((0.6, 2, 12))
        age, end = draw.uniform(0, 400), draw.choice((0, 0, 0, draw.uniform(0, 300)))
        days = set()
        while age > end:
            days.add(int(age))
            if draw.random() < 0.1:
                days.add(max(int(age) - 1, 0))
            age -= max(1, draw.gammavariate(evenness, pace / evenness))
        histories.append(sorted(today - timedelta(days=day) for day in days))
    return [history for history in histories if history]


def half_up(number, digits):
    return float(Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


class Purchases:
    """What one customer bought up to a day, in open days.

    :param number: function from a day to its number among the open days
    """

    def __init__(self, days, day, number):
        days = [number(bought) for bought in days if bought <= day]
        kept = []
        for bought in days:
            if not kept or bought - kept[-1] > 1:
                kept.append(bought)
        self.gaps = [later - earlier for earlier, later in zip(kept, kept[1:], strict=False)]
        self.silence = number(day) - days[-1] if days else None
        self.used = self.gaps[-WINDOW:]
        self.cycle = median(self.used) if self.used else None

    def chance(self, curve, days):
        """The chance of a purchase within so many days, None with fewer than two gaps."""
        if len(self.used) < 2:
            return None
        now = survival(curve, self.silence / self.cycle)
        return 1 - survival(curve, (self.silence + days) / self.cycle) / now if now else 0

    @property
    def is_stopped(self):
        longest = max(3 * self.cycle, 45, max(self.used))
        return self.silence > min(longest, max(365, 1.5 * self.cycle))

    @property
    def is_due(self):
        due_in = half_up(self.cycle, 0) - self.silence
        return not self.is_stopped and -self.cycle / 2 <= due_in <= 7


def kaplan_meier(customers):
    """The curve ``{ratio: share of gaps longer}`` of :class:`Purchases`, with the numbers of samples."""
    ended, censored = Counter(), Counter()
    for customer in customers:
        gaps = customer.gaps
        for place in range(2, len(gaps)):
            usual = median(gaps[max(0, place - WINDOW) : place])
            ended[half_up(gaps[place] / usual, 2)] += 1
        if len(customer.used) >= 2:
            censored[half_up(customer.silence / customer.cycle, 2)] += 1
    curve, share, at_risk = {}, 1.0, ended.total() + censored.total()
    for ratio in sorted(ended | censored):
        if ended[ratio]:
            share *= 1 - ended[ratio] / at_risk
            curve[ratio] = share
        at_risk -= ended[ratio] + censored[ratio]
    return curve, ended.total(), censored.total()


def survival(curve, ratio):
    ratio = half_up(ratio, 2)
    return min((share for step, share in curve.items() if step <= ratio), default=1.0)
