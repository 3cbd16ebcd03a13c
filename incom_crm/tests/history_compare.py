"""Compares rows of the engine with rows of the oracle, and says readably where they part."""

from collections import Counter
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal

# Recomputable for any past day from today's records (definitions, head).
PAST_FIELDS = (
    *("first_purchase_date", "last_purchase_date", "purchase_count", "purchase_gap_count"),
    *("purchase_gap_max", "purchase_cycle_computed_days", "purchase_cycle_days"),
    *("purchase_cycle_spread", "purchase_cycle_evidence", "purchase_cycle", "next_purchase_date"),
    *("window_from", "window_until", "late_from", "stopped_from", "purchase_status"),
    *("last_care_date", "last_cared_date", "revenue_12m", "median_order_value"),
)
TOLERANCE = 1e-9
SHOWN = 3


def differences(expected, found, names):
    """``{name: (expected, found)}`` of the values that differ."""
    return {
        name: (expected[name], found[name])
        for name in names
        if not same(expected[name], found[name])
    }


def same(expected, found):
    """Amounts and days exactly; cycles, which the database keeps as floats, to the last digits."""
    if isinstance(found, float) and expected is not None:
        return abs(float(expected) - found) <= TOLERANCE * max(1, abs(found))
    return expected == found and (expected is None) == (found is None)


class Report:
    """Collects the differences of many rows."""

    def __init__(self):
        self.counts = Counter()
        self.shown = []

    def add(self, title, record, expected, found, names):
        """Compare one row; describe it if it is one of the first that differ."""
        differing = differences(expected, found, names)
        new = differing.keys() - self.counts.keys()
        self.counts.update(differing.keys())
        if differing and (new or len(self.shown) < SHOWN):
            lines = [
                f"  {name}: oracle {show(oracle)}, engine {show(engine)}"
                for name, (oracle, engine) in differing.items()
            ]
            self.shown.append("\n".join([title, *lines, f"  {show(record)}"]))

    def __str__(self):
        return "\n\n".join([f"rows that differ, by field: {dict(self.counts)}", *self.shown])


def show(value):
    """A record with what is not its default, on one line."""
    if is_dataclass(value):
        told = [
            f"{item.name}={show(getattr(value, item.name))}"
            for item in fields(value)
            if getattr(value, item.name) != default(item)
        ]
        return f"{type(value).__name__}({', '.join(told)})"
    if isinstance(value, list):
        return f"[{', '.join(map(show, value))}]"
    return str(value) if isinstance(value, Decimal) or hasattr(value, "isoformat") else repr(value)


def default(item):
    if item.default_factory is not MISSING:
        return item.default_factory()
    return item.default
