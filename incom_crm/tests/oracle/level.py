"""Approach level, computed and effective (definitions, 5; design, 8)."""

from math import floor

from .purchases import newest_pin

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


def computed_level(purchases, last_cared, has_open_deal):
    """First match wins; total and exclusive.

    :param last_cared: day of the newest care, late entries included
    :param has_open_deal: an open opportunity or an unexpired quotation
    """
    parameters, count = purchases.parameters, purchases.count
    if said(purchases, "other"):
        return "other"
    if purchases.status == "stopped" or said(purchases, "stopped"):
        return "lapsed"
    if count and is_good(purchases):
        return "good"
    if is_regular(purchases):
        return "regular"
    if count:
        return "starting" if count <= parameters.starting_count else "irregular"
    cared_lately = (
        last_cared is not None
        and purchases.calendar.distance(last_cared, purchases.today) <= parameters.approaching_days
    )
    return "approaching" if cared_lately or has_open_deal else "potential"


def said(purchases, kind):
    """Whether "not a buyer" or "stopped" was said and no purchase event came after it."""
    pin = newest_pin(purchases.customer, purchases.company, kind, purchases.today)
    return pin is not None and not (purchases.last and purchases.last > pin.day)


def is_good(purchases):
    """Hợp tác tốt > 1 năm."""
    parameters, calendar, today = purchases.parameters, purchases.calendar, purchases.today
    cycle = purchases.rule_cycle
    if calendar.distance(purchases.first, today) < parameters.good_age:
        return False
    if cycle:
        window = max(parameters.good_window, parameters.good_window_cycles * cycle)
        needed = max(1, floor(parameters.good_share * window / cycle))
        recent = parameters.recent_cycles * cycle
    else:
        window, needed = parameters.good_window, parameters.good_count_no_cycle
        recent = parameters.recent_no_cycle
    bought = sum(calendar.distance(day, today) < window for day in purchases.merged)
    return bought >= needed and purchases.silence <= recent


def is_regular(purchases):
    """Đặt hàng đều."""
    parameters, cycle = purchases.parameters, purchases.rule_cycle
    return (
        len(purchases.gaps) >= parameters.regular_gaps
        and purchases.spread <= parameters.regular_spread
        and purchases.silence <= parameters.recent_cycles * cycle
    )


def level_pin(purchases):
    """The pinned level that overrides the computed one; it holds through its last day."""
    pin = newest_pin(purchases.customer, purchases.company, "level", purchases.today)
    return pin if pin and pin.until >= purchases.today else None
