"""What depends on other customers: classes, cycles of an industry, the chance (definitions, 1 and 4)."""

from collections import Counter
from fractions import Fraction

from .numbers import half_up, median
from .records import DEFAULTS


def class_cuts(revenues, parameters=DEFAULTS):
    """Revenue from which a customer is of class A and B: that of rank round(0.2 n) and round(0.5 n).

    >>> class_cuts([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 0])
    (90, 60)
    >>> class_cuts([5])
    (None, 5)
    """
    ranked = sorted((revenue for revenue in revenues if revenue > 0), reverse=True)
    ranks = [
        int(half_up(share * len(ranked))) for share in (parameters.class_a, parameters.class_b)
    ]
    return tuple(ranked[rank - 1] if rank else None for rank in ranks)


def class_of(revenue, reference):
    """A, B, C, or none without revenue."""
    if revenue <= 0:
        return None
    if reference.class_a is not None and revenue >= reference.class_a:
        return "a"
    if reference.class_b is not None and revenue >= reference.class_b:
        return "b"
    return "c"


def industry_medians(customers, parameters=DEFAULTS):
    """Median cycle of the confirmed customers of an industry, where there are ≥ 10 of them.

    :param customers: ``(industry, evidence, computed cycle)`` of each
    """
    cycles = {}
    for industry, evidence, cycle in customers:
        if industry is not None and evidence == "confirmed":
            cycles.setdefault(industry, []).append(cycle)
    return {
        industry: median(known)
        for industry, known in cycles.items()
        if len(known) >= parameters.estimated_customers
    }


def samples(purchases, parameters=DEFAULTS):
    """Ratios of one customer: past gaps with ≥ 2 gaps before them, and today's silence (censored).

    :return: ``([ended ratios], [open ratio or nothing])``
    """
    gaps = [days for _, days in purchases.all_gaps]
    ended = [
        ratio(gap, median(gaps[max(0, place - parameters.gap_count) : place]))
        for place, gap in enumerate(gaps)
        if place >= 2
    ]
    censored = []
    if len(purchases.gaps) >= 2 and purchases.silence:
        censored.append(ratio(purchases.silence, purchases.computed))
    return ended, censored


def ratio(days, usual):
    """A gap or silence in usual gaps, as sampled and looked up: rounded half up to 2 decimals."""
    return half_up(Fraction(days) / usual, 2)


def survival(ended, censored):
    """Kaplan and Meier: ``{ratio: share of gaps longer than it}``.

    >>> {float(x): str(s) for x, s in survival([1, 1, 2, 3], [1, 2]).items()}
    {1.0: '2/3', 2.0: '4/9', 3.0: '0'}
    """
    ends, losses = Counter(ended), Counter(censored)
    curve, share, at_risk = {}, Fraction(1), len(ended) + len(censored)
    for step in sorted(ends | losses):
        if ends[step]:
            share *= 1 - Fraction(ends[step], at_risk)
            curve[step] = share
        at_risk -= ends[step] + losses[step]
    return curve


def share_left(curve, days, usual):
    """S: past the largest sample it keeps its last value."""
    place = ratio(days, usual)
    return min((share for step, share in curve.items() if step <= place), default=Fraction(1))


def chance(purchases, curve, days):
    """1 − S((H + w)/C) / S(H/C), from the computed C; None with fewer than 2 gaps."""
    if len(purchases.gaps) < 2:
        return None
    now = share_left(curve, purchases.silence, purchases.computed)
    if not now:
        return 0
    return 1 - share_left(curve, purchases.silence + days, purchases.computed) / now
