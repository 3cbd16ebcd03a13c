"""Purchases, the purchase cycle and the purchase status (definitions, 4)."""

from fractions import Fraction
from functools import cached_property
from math import ceil, sqrt

from .calendar import calendar_of, months_before
from .numbers import half_up, median


def credited(order, today):
    """Untaxed value of an order credited and not invoiced again (design, 3)."""
    posted = [bill for bill in order.invoices if bill.state == "posted" and bill.day <= today]
    refunds = sum(bill.amount for bill in posted if bill.refund)
    invoiced = sum(bill.amount for bill in posted if not bill.refund)
    return max(Fraction(0), Fraction(refunds - max(0, invoiced - order.untaxed)))


def lead(cycle, parameters):
    """Half of the reorder window: clamp(round(C/4), 2, 14), but at most ⌈C/2⌉ − 1."""
    part = int(half_up(cycle / parameters.lead_part))
    return min(
        max(parameters.lead_min, min(parameters.lead_max, part)),
        ceil(cycle / 2) - 1,
    )


def bucket(cycle, days, parameters):
    """The bucket nearest in log: cuts are geometric means of neighbours, the last times 1.5."""
    days = sorted(days)
    cuts = [sqrt(shorter * longer) for shorter, longer in zip(days, days[1:], strict=False)]
    cuts.append(days[-1] * parameters.top_bucket_factor)
    return next((name for name, cut in zip(days, cuts, strict=True) if cycle <= cut), None)


class Purchases:
    """What a customer bought from one company up to a day."""

    def __init__(self, customer, company, today, world, estimate=None):
        self.customer, self.company, self.today = customer, company, today
        self.parameters, self.buckets = world.parameters, world.buckets
        self.calendar = calendar_of(company)
        #: median of the industry, from the reference of the day
        self.estimate = estimate

    # -- events ------------------------------------------------------------------------------------

    @cached_property
    def confirmed(self):
        """``(day, order)`` of the confirmed orders up to today."""
        found = [
            (self.calendar.local_day(order.at), order)
            for order in self.customer.orders
            if order.company == self.company.key and order.state == "sale"
        ]
        return [(day, order) for day, order in found if day <= self.today]

    @cached_property
    def bought(self):
        """``(day, order, credited)`` of the confirmed orders of value, not credited ≥ 95 %."""
        return [
            (day, order, off)
            for day, order, off in (
                (day, order, credited(order, self.today)) for day, order in self.confirmed
            )
            if order.untaxed > 0 and off < self.parameters.credited_share * Fraction(order.untaxed)
        ]

    @cached_property
    def events(self):
        """One per local day with an order that counts: ``{day: value}``."""
        events = {}
        for day, order, off in self.bought:
            value = (Fraction(order.untaxed) - off) / Fraction(order.rate)
            events[day] = events.get(day, 0) + value
        return dict(sorted(events.items()))

    @property
    def first(self):
        return min(self.events, default=None)

    @property
    def last(self):
        return max(self.events, default=None)

    @cached_property
    def merged(self):
        """Days of the kept events: a top-up belongs to the purchase before it."""
        kept = []
        for day in self.events:
            if not kept or self.calendar.distance(kept[-1], day) > self.parameters.merge_days:
                kept.append(day)
        return kept

    @property
    def count(self):
        return len(self.merged)

    @property
    def silence(self):
        """H: open days since the last event, the newest raw day."""
        return self.calendar.distance(self.last, self.today) if self.events else None

    # -- cycle -------------------------------------------------------------------------------------

    @cached_property
    def all_gaps(self):
        """``(later day, open days)`` between successive merged events, oldest first."""
        return [
            (later, self.calendar.distance(earlier, later))
            for earlier, later in zip(self.merged, self.merged[1:], strict=False)
        ]

    @cached_property
    def gaps(self):
        """The gaps that count: the last 8 within 48 months, of short ones those within 24."""
        parameters = self.parameters
        newest = self.all_gaps[-parameters.gap_count :]
        gaps = self._within(newest, parameters.gap_months)
        if gaps and median(days for _, days in gaps) <= parameters.short_cycle:
            gaps = self._within(gaps, parameters.short_gap_months)
        return [days for _, days in gaps]

    def _within(self, gaps, months):
        start = months_before(self.today, months)
        return [(later, days) for later, days in gaps if later > start]

    @cached_property
    def computed(self):
        return median(self.gaps) if self.gaps else None

    @cached_property
    def spread(self):
        if not self.gaps:
            return None
        return median(abs(gap - self.computed) for gap in self.gaps) / self.computed

    @cached_property
    def cycle_pin(self):
        return newest_pin(self.customer, self.company, "cycle", self.today)

    @cached_property
    def evidence(self):
        if self.cycle_pin:
            return "pinned"
        if len(self.gaps) >= self.parameters.confirmed_gaps:
            return "confirmed"
        if len(self.gaps) == 2 and max(self.gaps) <= self.parameters.provisional_ratio * min(
            self.gaps
        ):
            return "provisional"
        return "none" if self.estimate is None else "estimated"

    @cached_property
    def cycle(self):
        """The cycle shown, by its evidence."""
        return {
            "pinned": self.cycle_pin and Fraction(self.cycle_pin.cycle),
            "confirmed": self.computed,
            "provisional": self.computed,
            "estimated": self.estimate,
            "none": None,
        }[self.evidence]

    @property
    def is_sure(self):
        return self.evidence in ("pinned", "confirmed")

    @property
    def rule_cycle(self):
        """C of the levels: pinned or confirmed, otherwise "no C"."""
        return self.cycle if self.is_sure else None

    @property
    def due_cycle(self):
        """C with a next due day: a provisional one too."""
        return self.cycle if self.is_sure or self.evidence == "provisional" else None

    @property
    def bucket(self):
        return self.due_cycle and bucket(self.due_cycle, self.buckets, self.parameters)

    # -- status ------------------------------------------------------------------------------------

    @property
    def due_after(self):
        return int(half_up(self.due_cycle))

    @property
    def lead(self):
        return lead(self.due_cycle, self.parameters)

    @property
    def has_window(self):
        return (
            bool(self.events and self.due_cycle)
            and self.due_cycle >= self.parameters.window_min_cycle
        )

    @property
    def stopped_after(self):
        """Stopped when H is more than this."""
        parameters, cycle = self.parameters, self.due_cycle
        if self.is_sure:
            late = max(
                parameters.stopped_cycles * cycle, parameters.stopped_min, max(self.gaps, default=0)
            )
            last = max(parameters.stopped_max, parameters.stopped_max_cycles * cycle)
            return min(late, last)
        if self.evidence == "provisional":
            return max(parameters.stopped_no_cycle, parameters.stopped_max_cycles * cycle)
        return parameters.stopped_no_cycle

    @property
    def status(self):
        if not self.events:
            return "never"
        if self.silence > self.stopped_after:
            return "stopped"
        if self.is_sure and self.silence > self.due_after + self.lead:
            return "late"
        if self.has_window and abs(self.silence - self.due_after) <= self.lead:
            return "due"
        return "in_cycle"


def newest_pin(customer, company, kind, today):
    """The newest decision of a kind that was not ended; of one day the one written last."""
    pins = [
        pin
        for pin in reversed(customer.pins)
        if (pin.company, pin.kind, pin.active) == (company.key, kind, True) and pin.day <= today
    ]
    return max(pins, key=lambda pin: pin.day, default=None)
