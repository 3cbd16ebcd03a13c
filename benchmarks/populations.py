"""Simulated customers, for kinds of trade that the real sales do not cover; seeded."""

import io
import math
import random
from datetime import date

from . import sales

START = 730_000  # the first simulated day, as a proleptic ordinal; loading shifts it
PRODUCT = "Goods"


def grocery(customers=3000, days=365, seed=42):
    """Weekly shoppers: most buy at an even pace of some ten days, and stay for a year or two.

    :return: ``{customer: days on which it buys}``
    """
    draw = random.Random(seed)
    population = {}
    for customer in range(customers):
        pace = draw.lognormvariate(math.log(10), 0.5)
        evenness = draw.choice((2, 4, 8))
        first = draw.uniform(-30, 120)
        left = min(days, first + draw.expovariate(1 / 500))
        population[customer] = _walk(
            first, left, lambda pace=pace, shape=evenness: draw.gammavariate(shape, pace / shape)
        )
    return {customer: bought for customer, bought in population.items() if bought}


def occasional(customers=8000, days=546, seed=42):
    """Occasional buyers as of a record shop: Poisson while they are customers (Schmittlein, Morrison
    and Colombo, Management Science 33(1), 1987), with the rates Fader and Hardie fitted to CDNOW."""
    draw = random.Random(seed)
    population = {}
    for customer in range(customers):
        rate = draw.gammavariate(0.55, 1 / 10.6) / 7
        dropout = draw.gammavariate(0.61, 1 / 11.67) / 7
        first = draw.uniform(0, 84)
        left = min(days, first + _exponential(draw, dropout))
        population[customer] = _walk(first, left, lambda rate=rate: _exponential(draw, rate))
    return population


POPULATIONS = {"grocery": grocery, "occasional": occasional}


def load(env, population, today=None):
    """Load a simulated population into the environment's company.

    :param population: ``{customer: days}``
    :return: number of customers, orders and lines
    """
    rows = io.StringIO()
    for customer, days in population.items():
        for day in days:
            rows.write(f"{customer}\t{date.fromordinal(START + day)} 12:00\t{PRODUCT}\t1\t100\n")
    rows.seek(0)
    sales.create_lines(env.cr)
    env.cr.copy_expert(
        "COPY bench_line (customer, sold_at, product, quantity, unit_price) FROM STDIN", rows
    )
    return sales.load(env, env.company, today)


def _walk(first, left, gap):
    """The days from ``first`` on, a drawn gap apart, before ``left``; none before day 0."""
    days = set()
    moment = first
    while moment < left:
        if moment >= 0:
            days.add(int(moment))
        moment += gap()
    return sorted(days)


def _exponential(draw, rate):
    # a rate can be drawn so small that it underflows
    return draw.expovariate(rate) if rate > 0 else math.inf
