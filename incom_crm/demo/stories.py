"""Stories: how a customer has bought and been cared for, relative to today.

Each row of ``data/stories.csv`` places a few customers in one state of the CRM. Numbers are
open days back from today:

- ``cycle``, ``rhythm``, ``purchases``: days between purchases, how even they are, how many;
- ``since``: days since the last purchase; ``silence``: days since the last care, empty when
  nobody ever cared; ``age``: days since a customer who never bought was entered;
- ``options``: what else happened, separated by ``|``;
- ``level``, ``evidence``, ``status``, ``alert``: what the CRM says of such a customer. Evidence
  "none" may be "estimated", by the customer's industry.
"""

from dataclasses import dataclass
from functools import cache

from . import tables

# Share of the cycle between successive purchases, newest first and repeated.
# The median of every three or more in a row is about one.
RHYTHMS = {
    "even": (0.9, 1.05, 1.0, 1.1, 0.95),
    "uneven": (0.3, 1.9, 0.5, 1.6, 1.0),
}
# A customer is entered in the system this many days before the first purchase.
ENTERED_BEFORE = 25


@dataclass(frozen=True)
class Story:
    """One row of the table, read."""

    cycle: int
    rhythm: str
    purchases: int
    since: int
    silence: int | None
    age: int
    options: frozenset

    def distances(self):
        """Open days back from today to each purchase, newest first."""
        distances, shares = [], RHYTHMS[self.rhythm]
        distance = self.since
        for number in range(self.purchases):
            distances.append(distance)
            distance += round(self.cycle * shares[number % len(shares)])
        return distances

    def entered(self):
        """Open days since the customer was entered."""
        return max(self.distances(), default=self.age - ENTERED_BEFORE) + ENTERED_BEFORE

    def option(self, prefix):
        """The number behind an option such as ``overdue_40``; 0 without it."""
        found = [name for name in self.options if name.startswith(f"{prefix}_")]
        return int(found[0].rsplit("_", 1)[1]) if found else 0


@cache
def stories():
    """Every story by name."""
    return {row["story"]: _read(row) for row in tables.rows("stories")}


def _read(row):
    return Story(
        cycle=int(row["cycle"] or 0),
        rhythm=row["rhythm"],
        purchases=int(row["purchases"]),
        since=int(row["since"] or 0),
        silence=int(row["silence"]) if row["silence"] else None,
        age=int(row["age"] or 0),
        options=frozenset(filter(None, row["options"].split("|"))),
    )
