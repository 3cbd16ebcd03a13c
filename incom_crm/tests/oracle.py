"""The definitions once more, in plain Python over plain records: what the engine is held against.

Nothing here asks the database or shares a line with the engine. Sections are those of the product's
definitions; numbers in brackets those of ``docs/design.md``.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import ceil, floor
from statistics import median

ALLOWED_SILENCE = {
    "starting": 14,
    "regular": 14,
    "good": 14,
    "irregular": 30,
    "approaching": 14,
    "potential": 30,
    "lapsed": 60,
}
STAGES = {
    "potential": "before",
    "approaching": "before",
    "starting": "buying",
    "regular": "buying",
    "irregular": "buying",
    "good": "buying",
    "lapsed": "lapsed",
    "other": None,
}


def half_up(value, places=0):
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass
class Calendar:
    """The open and working days of a company (1)."""

    closed: list[date]

    def distance(self, start, stop):
        return (stop - start).days - (
            bisect_right(self.closed, stop) - bisect_right(self.closed, start)
        )

    def flip(self, start, distance):
        """The first day whose distance from ``start`` is at least ``distance``."""
        day = start
        while (missing := distance - self.distance(start, day)) > 0:
            day += timedelta(days=missing)
        return day

    def next_working(self, day):
        day += timedelta(days=1)
        while day.isoweekday() > 5 or day in self.closed:
            day += timedelta(days=1)
        return day


@dataclass
class Order:
    company: int
    day: date
    amount: Decimal
    rate: Decimal = Decimal(1)
    state: str = "sale"
    refunded: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)
    validity: date | None = None
    opportunity: int | None = None
    made: date | None = None


@dataclass
class Contact:
    """One diary row, its day in the time zone of the company that asks."""

    day: date
    order: int
    by_colleague: bool
    grade: str
    incoming: bool = False
    late: bool = False


@dataclass
class Pin:
    company: int
    kind: str
    day: date
    until: date | None = None
    level: str | None = None
    cycle: int | None = None


@dataclass
class Opportunity:
    company: int
    key: int
    revenue: Decimal
    is_open: bool
    made: date


@dataclass
class Customer:
    created: date
    orders: list[Order] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    opportunities: list[Opportunity] = field(default_factory=list)
    activities: list[date] = field(default_factory=list)
    birthdays: list[date] = field(default_factory=list)
    debts: list[tuple[int, date, Decimal]] = field(default_factory=list)


# -- 4. purchases and cycle ------------------------------------------------------------------------


def behind_event(order, today):
    """Whether the order makes a purchase event (3)."""
    if order.state != "sale" or order.amount <= 0 or order.day > today:
        return False
    return credited(order) < Decimal("0.95") * order.amount


def credited(order):
    return max(Decimal(0), order.refunded - max(Decimal(0), order.invoiced - order.amount))


def purchase_events(orders, today):
    """``{day: amount}`` in company currency."""
    events = {}
    for order in orders:
        if behind_event(order, today):
            amount = (order.amount - credited(order)) / order.rate
            events[order.day] = events.get(order.day, Decimal(0)) + amount
    return dict(sorted(events.items()))


def merge(days, calendar):
    """Days of the merged purchases: an event within a day of the last kept one belongs to it (4)."""
    kept = []
    for day in days:
        if not kept or calendar.distance(kept[-1], day) > 1:
            kept.append(day)
    return kept


def months_before(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def gaps_used(kept, calendar, today):
    """The gaps the cycle rests on (5)."""
    gaps = [(later, calendar.distance(earlier, later)) for earlier, later in pairwise(kept)]
    gaps = [gap for gap in gaps[-8:] if gap[0] > months_before(today, 48)]
    if gaps and median(length for _day, length in gaps) <= 150:
        gaps = [gap for gap in gaps if gap[0] > months_before(today, 24)]
    return [length for _day, length in gaps]


def evidence(gaps, pinned):
    if pinned:
        return "pinned"
    if len(gaps) >= 3:
        return "confirmed"
    if len(gaps) == 2 and max(gaps) <= 2 * min(gaps):
        return "provisional"
    return "none"


def bucket(days):
    """The days of the nearest cycle bucket, in log; None for no cycle or one longer than all."""
    buckets = [14, 21, 30, 60, 90, 180, 365]
    if days is None:
        return None
    for this, following in pairwise([*buckets, None]):
        if following is None:
            return this if days <= Decimal("1.5") * this else None
        if days**2 <= this * following:
            return this
    return None


# -- the whole row -------------------------------------------------------------------------------------


def profile(customer, company, calendar, today):
    """Every stored column that does not depend on other customers, and both statuses, on ``today``."""
    row = purchases(customer, company, calendar, today)
    row.update(money(customer, company, today))
    row.update(care_facts(customer, calendar, today))
    row["level_code"] = level(row, customer, company, calendar, today)
    pin = newest_pin(customer, company, "level", today)
    effective = row["level_code"]
    if pin and pin.until >= today:
        effective = pin.level
    row["effective_code"] = effective
    row["approach_stage"] = STAGES[effective]
    row.update(silence(row, effective, customer, calendar))
    row.update(care_dates(row, customer, calendar, today))
    row["snoozed_until"] = getattr(newest_pin(customer, company, "snooze", today), "until", None)
    row["badly_exploited_until"] = badly_exploited(row, customer, company, calendar, today)
    row["not_exploited_from"] = (
        calendar.flip(customer.created, 31)
        if row["last_cared_date"] is None and not row["purchase_count"]
        else None
    )
    row["purchase_status"] = purchase_status(row, today)
    row["care_alert"] = care_alert(row, today)
    return row


def newest_pin(customer, company, kind, today):
    pins = [
        pin
        for pin in customer.pins
        if pin.kind == kind and pin.company == company and pin.day <= today
    ]
    return max(pins, key=lambda pin: pin.day, default=None)


def purchases(customer, company, calendar, today):
    orders = [order for order in customer.orders if order.company == company]
    events = purchase_events(orders, today)
    days = list(events)
    kept = merge(days, calendar)
    gaps = gaps_used(kept, calendar, today)
    pin = newest_pin(customer, company, "cycle", today)
    found = evidence(gaps, pin)
    computed = Decimal(str(median(gaps))) if gaps else None
    spread = (
        Decimal(str(median(abs(Decimal(gap) - computed) for gap in gaps))) / computed
        if gaps
        else None
    )
    cycle = {
        "pinned": Decimal(pin.cycle) if pin else None,
        "confirmed": computed,
        "provisional": computed,
        "none": None,
    }[found]
    row = {
        "first_purchase_date": days[0] if days else None,
        "last_purchase_date": days[-1] if days else None,
        "purchase_count": len(kept),
        "purchase_gap_count": len(gaps),
        "purchase_gap_max": max(gaps, default=None),
        "purchase_cycle_computed_days": computed,
        "purchase_cycle_spread": spread,
        "purchase_cycle_evidence": found,
        "purchase_cycle_days": cycle,
        "bucket": bucket(cycle),
        "kept": kept,
        "gaps": gaps,
        "c": cycle if found in ("pinned", "confirmed") else None,
        "w": cycle,
    }
    row.update(revenue(events, calendar, today))
    row.update(flips(row, calendar))
    return row


def revenue(events, calendar, today):
    age = {day: calendar.distance(day, today) for day in events}
    newest = list(events.values())[-8:]
    return {
        "revenue_12m": half_up(sum(events[day] for day in events if age[day] < 365), 2),
        "revenue_previous_12m": half_up(
            sum(events[day] for day in events if 365 <= age[day] < 730), 2
        ),
        "median_order_value": half_up(median(newest), 2) if newest else None,
    }


def flips(row, calendar):
    """Next due, window, late from and stopped from (7), as days."""
    last, cycle = row["last_purchase_date"], row["w"]
    result = dict.fromkeys(
        ("next_purchase_date", "window_from", "window_until", "late_from", "stopped_from")
    )
    if last is None:
        return result
    result["stopped_from"] = calendar.flip(last, floor(stopped_after(row)) + 1)
    if cycle is None:
        return result
    due = int(half_up(cycle))
    lead = min(max(2, min(14, int(half_up(cycle / 4)))), ceil(cycle / 2) - 1)
    result["next_purchase_date"] = calendar.flip(last, due)
    closed = calendar.flip(last, due + lead + 1)
    if cycle >= 5:
        result["window_from"] = calendar.flip(last, due - lead)
        result["window_until"] = closed - timedelta(days=1)
    if row["c"] is not None:
        result["late_from"] = closed
    return result


def stopped_after(row):
    if (cycle := row["c"]) is not None:
        longest = max(row["gaps"], default=0)
        return min(max(3 * cycle, 45, longest), max(365, Decimal("1.5") * cycle))
    if (cycle := row["w"]) is not None:
        return max(180, Decimal("1.5") * cycle)
    return 180


# -- 7. money -------------------------------------------------------------------------------------------


def money(customer, company, today):
    every = [order for order in customer.orders if order.state in ("draft", "sent")]
    quotations = [order for order in every if order.company == company]
    latest = {order.opportunity: order for order in every if order.opportunity is not None}
    unsigned = [
        order
        for order in quotations
        if order.opportunity is None or latest[order.opportunity] is order
    ]
    quoted = set(latest)
    open_opportunities = [
        lead for lead in customer.opportunities if lead.is_open and lead.company == company
    ]
    debts = [debt for debt in customer.debts if debt[0] == company]
    return {
        "unsigned_amount": half_up(sum(order.amount / order.rate for order in unsigned), 2),
        "open_opportunity_amount": half_up(
            sum(lead.revenue for lead in open_opportunities if lead.key not in quoted), 2
        ),
        "receivable_amount": half_up(sum(debt[2] for debt in debts), 2),
        "overdue_amount": half_up(sum(debt[2] for debt in debts if debt[1] < today), 2),
        "has_opportunity": bool(open_opportunities),
        "has_valid_quotation": any(
            order.validity is None or order.validity >= today for order in quotations
        ),
    }


# -- 5. approach level ---------------------------------------------------------------------------------


def level(row, customer, company, calendar, today):
    last, count, cycle = row["last_purchase_date"], row["purchase_count"], row["c"]

    def holds(kind):
        pin = newest_pin(customer, company, kind, today)
        return pin and (last is None or last <= pin.day)

    if holds("other"):
        return "other"
    if holds("stopped") or (count and today >= row["stopped_from"]):
        return "lapsed"
    if not count:
        cared = row["last_cared_date"]
        lately = cared is not None and calendar.distance(cared, today) <= 90
        if lately or row["has_opportunity"] or row["has_valid_quotation"]:
            return "approaching"
        return "potential"
    silent = calendar.distance(last, today)
    if is_good(row, calendar, today, silent):
        return "good"
    if (
        len(row["gaps"]) >= 4
        and row["purchase_cycle_spread"] <= Decimal("0.35")
        and silent <= 2 * cycle
    ):
        return "regular"
    return "starting" if count <= 2 else "irregular"


def is_good(row, calendar, today, silent):
    cycle = row["c"]
    if calendar.distance(row["first_purchase_date"], today) < 365:
        return False
    span = Decimal(365) if cycle is None else max(Decimal(365), Decimal("1.5") * cycle)
    need = 3 if cycle is None else max(1, floor(Decimal("0.75") * span / cycle))
    recent = sum(1 for day in row["kept"] if calendar.distance(day, today) < span)
    return recent >= need and silent <= (120 if cycle is None else 2 * cycle)


# -- 3. care ------------------------------------------------------------------------------------------------


def is_care(contact):
    return contact.by_colleague and contact.grade in ("content", "two_way")


def care_facts(customer, calendar, today):
    past = [contact for contact in customer.contacts if contact.day <= today]
    care = sorted((contact for contact in past if is_care(contact)), key=lambda c: c.order)
    on_time = [contact for contact in care if not contact.late]
    newest = care[-1].order if care else -1
    waiting = [contact for contact in past if contact.incoming and contact.order > newest]
    recent = [contact for contact in care if calendar.distance(contact.day, today) < 90]
    return {
        "last_care_date": max((contact.day for contact in on_time), default=None),
        "last_cared_date": max((contact.day for contact in care), default=None),
        "message_missed_from": (
            calendar.next_working(min(contact.day for contact in waiting)) if waiting else None
        ),
        "third_care": recent[-3].day if len(recent) >= 3 else None,
    }


def silence(row, code, customer, calendar):
    allowed = ALLOWED_SILENCE.get(code)
    if allowed is not None and STAGES[code] == "buying" and row["c"] is not None:
        allowed = min(Decimal(allowed), max(Decimal(7), row["c"]))
    since = max(
        (day for day in (row["last_care_date"], row["last_purchase_date"]) if day),
        default=customer.created,
    )
    result = {
        "silence_from": since,
        "allowed_silence": allowed,
        "care_due_date": None,
        "care_missed_from": None,
        "care_neglected_from": None,
    }
    if allowed is not None:
        allowed = Decimal(allowed)
        warning = allowed - min(3, ceil(allowed / 5))
        result["care_due_date"] = calendar.flip(since, ceil(warning))
        result["care_missed_from"] = calendar.flip(since, floor(allowed) + 1)
        result["care_neglected_from"] = calendar.flip(since, floor(max(2 * allowed, 30)) + 1)
    return result


def care_dates(row, customer, calendar, today):
    result = {
        "activity_due_from": min(customer.activities, default=None),
        "activity_missed_from": None,
        "window_need_from": None,
        "window_missed_from": None,
        "birthday_from": None,
        "birthday_until": None,
    }
    if customer.activities:
        result["activity_missed_from"] = calendar.next_working(min(customer.activities))
    if row["allowed_silence"] is None:
        return result
    opens, care = row["window_from"], row["last_care_date"]
    if opens and not (care and care >= opens):
        result["window_need_from"] = opens
        if row["c"] is not None:
            result["window_missed_from"] = row["window_until"] + timedelta(days=1)
    ahead = timedelta(days=3)
    coming = [
        turn
        for birthday in customer.birthdays
        for year in (today.year, today.year + 1)
        if (turn := birthday_in(birthday, year)) >= today and not (care and care >= turn - ahead)
    ]
    if coming:
        result["birthday_from"], result["birthday_until"] = min(coming) - ahead, min(coming)
    return result


def birthday_in(birthday, year):
    if (birthday.month, birthday.day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return birthday.replace(year=year)


def badly_exploited(row, customer, company, calendar, today):
    """The first day on which neither reason holds any more (15)."""
    until = []
    made = [order.made for order in customer.orders if order.company == company]
    made += [lead.made for lead in customer.opportunities if lead.company == company]
    third = row["third_care"]
    if third and all(third > day for day in made):
        until.append(calendar.flip(third, 90))
    cared = row["last_cared_date"]
    before = row["revenue_previous_12m"]
    if before > 0 and row["revenue_12m"] < Decimal("0.5") * before and cared:
        if calendar.distance(cared, today) < 90:
            until.append(calendar.flip(cared, 90))
    return max(until, default=None)


# -- statuses ----------------------------------------------------------------------------------------------


def reached(day, today):
    return day is not None and day <= today


def between(start, stop, today):
    return start is not None and start <= today <= stop


def purchase_status(row, today):
    if row["last_purchase_date"] is None:
        return "never"
    if reached(row["stopped_from"], today):
        return "stopped"
    if reached(row["late_from"], today):
        return "late"
    return "due" if between(row["window_from"], row["window_until"], today) else "in_cycle"


def care_alert(row, today):
    if row["snoozed_until"] and today < row["snoozed_until"]:
        return "ok"
    if reached(row["care_neglected_from"], today):
        return "neglected"
    missed = (
        "care_missed_from",
        "activity_missed_from",
        "message_missed_from",
        "window_missed_from",
    )
    if any(reached(row[name], today) for name in missed):
        return "missed"
    if (
        reached(row["care_due_date"], today)
        or reached(row["activity_due_from"], today)
        or between(row["window_need_from"], row["window_until"], today)
        or between(row["birthday_from"], row["birthday_until"], today)
    ):
        return "needs_care"
    return "ok"
