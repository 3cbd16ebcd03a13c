"""What every measure of one size shares."""

import random
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from .meter import Meter, Report


@dataclass
class Trial:
    """One database with ``n`` customers, measured as of ``today``."""

    env: object
    n: int
    today: date
    seed: float
    report: Report
    draw: random.Random = field(init=False)
    meter: Meter = field(init=False)

    def __post_init__(self):
        self.draw = random.Random(self.seed)
        self.meter = Meter(self.env.cr)
        # ratios of processor time need one process that does it all
        self.env.cr.execute("SET max_parallel_workers_per_gather = 0")
        self.env.cr.commit()

    @cached_property
    def customer_ids(self):
        return self.query("SELECT partner_id FROM incom_customer_profile ORDER BY 1")

    def some_customers(self, count):
        """So many customers, drawn."""
        return sorted(self.draw.sample(self.customer_ids, count))

    def query(self, statement, parameters=None):
        """The first column of a query."""
        self.env.cr.execute(statement, parameters)
        return [row[0] for row in self.env.cr.fetchall()]

    def add(self, name, cost=None, **figures):
        self.report.add(name, self.n, cost, **figures)
