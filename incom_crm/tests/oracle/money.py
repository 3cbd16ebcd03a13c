"""Money and what became of care (definitions, 1, 3 and 7; design, 15 and 17)."""

from fractions import Fraction

from .numbers import half_up, median


def revenue(purchases, first, last):
    """Untaxed value of the purchase events from ``first`` to ``last`` open days ago."""
    calendar, today = purchases.calendar, purchases.today
    return sum(
        (
            value
            for day, value in purchases.events.items()
            if first <= calendar.distance(day, today) <= last
        ),
        Fraction(0),
    )


def usual_purchase(purchases):
    """Median of the last 8 events."""
    newest = list(purchases.events.values())[-purchases.parameters.median_count :]
    return median(newest) if newest else None


def of_company(leads, company, home):
    """A lead without company belongs to the home company."""
    return [lead for lead in leads if (lead.company or home) == company.key]


def is_open(lead):
    return lead.type == "opportunity" and lead.active and lead.won_status == "pending"


def is_quotation(order):
    return order.state in ("draft", "sent")


def has_open_deal(customer, company, home, today):
    """An open opportunity or an unexpired quotation."""
    return any(map(is_open, of_company(customer.leads, company, home))) or any(
        is_quotation(order) and (order.validity is None or order.validity >= today)
        for order in customer.orders
        if order.company == company.key
    )


def open_opportunities(customer, company, home):
    """M1, and weighted: open opportunities without a quotation of their own."""
    quoted = {order.opportunity for order in customer.orders if is_quotation(order)}
    leads = [
        lead
        for place, lead in enumerate(customer.leads)
        if is_open(lead) and place not in quoted and (lead.company or home) == company.key
    ]
    return (
        sum((Fraction(lead.expected) for lead in leads), Fraction(0)),
        sum((Fraction(lead.expected) * lead.probability / 100 for lead in leads), Fraction(0)),
    )


def unsigned(customer, company):
    """M2: draft and sent quotations with tax, of several for one opportunity the latest."""
    quotations = sorted(filter(is_quotation, customer.orders), key=lambda order: order.at)
    latest = {order.opportunity: order for order in quotations}
    return sum(
        (
            Fraction(order.total) / Fraction(order.rate)
            for order in quotations
            if order.company == company.key
            and (order.opportunity is None or order is latest[order.opportunity])
        ),
        Fraction(0),
    )


def receivables(customer, company, today):
    """What is owed, and what of it is overdue; credits are not netted."""
    owed = [
        one
        for one in customer.receivables
        if one.posted and one.company == company.key and one.residual > 0
    ]
    overdue = [one for one in owed if (one.maturity or one.day) < today]
    return (
        sum(Fraction(one.residual) for one in owed),
        sum(Fraction(one.residual) for one in overdue),
    )


def newest_document(customer, company, home, calendar, today):
    """The day on which the newest opportunity, quotation or order was made."""
    leads = [
        lead for lead in of_company(customer.leads, company, home) if lead.type == "opportunity"
    ]
    orders = [order for order in customer.orders if order.company == company.key]
    days = [calendar.local_day(one.created) for one in [*leads, *orders]]
    return max((day for day in days if day <= today), default=None)


def money(value, company):
    return half_up(value, company.decimals)
