"""The definitions in plain Python: what every row of the customer profile should hold.

Written from the definitions and the decisions of ``docs/design.md``, apart from the engine and its SQL,
so that each checks the other. No ORM, no database, one customer at a time, nothing stored: every value
is worked out anew from the records and the day.
"""

from fractions import Fraction

from . import care as caring
from . import level as levels
from . import money as sums
from . import trigger as triggers
from .calendar import DAY, calendar_of
from .care import Care
from .purchases import Purchases
from .records import Reference
from .reference import class_of

NO_REFERENCE = Reference()


def is_customer(customer):
    """A commercial entity that may be sold to (1); contacts' facts are the customer's."""
    return (
        customer.active
        and not customer.internal
        and bool(customer.rank > 0 or customer.owner or customer.leads or customer.orders)
    )


def home_company(customer, world):
    """The contact's company, else the owner's, else the first (1)."""
    if customer.company:
        return customer.company
    if customer.owner:
        return world.users[customer.owner].company
    return next(iter(world.companies))


def companies(customer, world):
    """Keys of the companies the customer has a row in: where there are facts, and the home company."""
    if not is_customer(customer):
        return set()
    home = home_company(customer, world)
    facts = [*customer.orders, *customer.receivables, *customer.leads, *customer.interactions]
    return {home, *(fact.company or home for fact in facts)}


def profile(customer, company, today, world, reference=NO_REFERENCE):
    """Every stored value of the row of a customer in a company, with both statuses and the reasons.

    Levels, companies, industries and the like are their keys, a cycle bucket its days, pins the records
    themselves. Amounts are ``Decimal`` rounded to the currency, cycles exact fractions.
    """
    purchases, care, row = up_to_level(customer, company, today, world, reference)
    row |= care_values(purchases, care, world, row)
    row |= exploitation_values(purchases, care, world, row)
    return row


def due_triggers(customer, company, today, world, reference=NO_REFERENCE):
    """The places of the triggers that ask today, each for itself."""
    purchases, care, row = up_to_level(customer, company, today, world, reference)
    traits = care_traits(care, world, row)
    if caring.allowed_silence(world.policies, traits, purchases.rule_cycle) is None:
        return set()
    return {
        place
        for opens, place, _until in triggers.asking(care, purchases, world, traits)
        if opens <= today
    }


def up_to_level(customer, company, today, world, reference):
    """Purchases, care, and the row as far as care depends on it."""
    estimate = reference.cycles.get(customer.industry)
    purchases = Purchases(customer, company, today, world, estimate)
    care = Care(customer, company, today, world.parameters)
    row = {
        "company": company.key,
        "owner": customer.owner,
        "industry": customer.industry,
        "region": customer.region,
        "size": customer.size,
        "customer_since": care.calendar.local_day(customer.created),
        **purchase_values(purchases),
        **money_values(purchases, world, reference),
    }
    row |= level_values(purchases, care, world)
    return purchases, care, row


def purchase_values(purchases):
    """Purchases, cycle and status (4)."""
    calendar, last = purchases.calendar, purchases.last
    row = {
        "first_purchase_date": purchases.first,
        "last_purchase_date": last,
        "purchase_count": purchases.count,
        "purchase_gap_count": len(purchases.gaps),
        "purchase_gap_max": max(purchases.gaps, default=None),
        "purchase_cycle_computed_days": purchases.computed,
        "purchase_cycle_days": purchases.cycle,
        "purchase_cycle_spread": purchases.spread,
        "purchase_cycle_evidence": purchases.evidence,
        "purchase_cycle": purchases.bucket,
        "cycle_pin": purchases.cycle_pin,
        "purchase_status": purchases.status,
        "next_purchase_date": None,
        "window_from": None,
        "window_until": None,
        "late_from": None,
        "stopped_from": last and calendar.passed(last, purchases.stopped_after),
    }
    if last and purchases.due_cycle:
        closed = calendar.passed(last, purchases.due_after + purchases.lead)
        row["next_purchase_date"] = calendar.reached(last, purchases.due_after)
        if purchases.has_window:
            row["window_from"] = caring.window_from(purchases)
            row["window_until"] = closed - DAY
        if purchases.is_sure:
            row["late_from"] = closed
    return row


def money_values(purchases, world, reference):
    """Revenue, class and money on its way (1, 7)."""
    customer, company, today = purchases.customer, purchases.company, purchases.today
    home, days = home_company(customer, world), world.parameters.revenue_days
    usual = sums.usual_purchase(purchases)
    opportunities, weighted = sums.open_opportunities(customer, company, home)
    owed, overdue = sums.receivables(customer, company, today)
    amounts = {
        "revenue_12m": sums.revenue(purchases, 0, days - 1),
        "revenue_previous_12m": sums.revenue(purchases, days, 2 * days - 1),
        "receivable_amount": owed,
        "overdue_amount": overdue,
        "open_opportunity_amount": opportunities,
        "weighted_opportunity_amount": weighted,
        "unsigned_amount": sums.unsigned(customer, company),
    }
    row = {name: sums.money(amount, company) for name, amount in amounts.items()}
    row["median_order_value"] = None if usual is None else sums.money(usual, company)
    row["customer_class"] = class_of(row["revenue_12m"], reference)
    return row


def level_values(purchases, care, world):
    """Effective and computed approach level (5)."""
    customer, company = purchases.customer, purchases.company
    open_deal = sums.has_open_deal(
        customer, company, home_company(customer, world), purchases.today
    )
    computed = levels.computed_level(purchases, care.last_cared, open_deal)
    pin = levels.level_pin(purchases)
    level = pin.level if pin else computed
    return {
        "approach_level": level,
        "approach_level_computed": computed,
        "approach_stage": levels.STAGES[level],
        "level_pin": pin,
    }


def care_values(purchases, care, world, row):
    """Care, the days on which the alert changes, the alert and its reasons (3)."""
    calendar = care.calendar
    known = [day for day in (care.last, purchases.last) if day]
    silence_from = max(known) if known else row["customer_since"]
    traits = care_traits(care, world, row)
    allowed = caring.allowed_silence(world.policies, traits, purchases.rule_cycle)
    asking = None
    if allowed is not None:
        asking = triggers.first_asking(care, purchases, world, traits)
    reasons = caring.reasons(care, purchases, silence_from, allowed, asking)
    due = care.activity_due
    unanswered = care.unanswered
    return {
        "last_care_date": care.last,
        "last_cared_date": care.last_cared,
        "silence_from": silence_from,
        "allowed_silence": allowed,
        **silence_days(care, silence_from, allowed),
        "activity_due_from": due,
        "activity_missed_from": due and calendar.next_working_day(due),
        "message_missed_from": unanswered and calendar.next_working_day(unanswered),
        **window_days(care, purchases, row, allowed),
        **birthday_days(care, allowed),
        **trigger_days(asking),
        "snoozed_until": care.snoozed_until,
        "care_alert": caring.alert(care, reasons),
        "reasons": reasons,
    }


def care_traits(care, world, row):
    """What policies and triggers ask for."""
    customer = care.customer
    owner = world.users.get(customer.owner)
    return {
        "company": care.company.key,
        "level": row["approach_level"],
        "stage": row["approach_stage"],
        "customer_class": row["customer_class"],
        "industry": customer.industry,
        "region": customer.region,
        "team": owner and owner.team,
        "tags": customer.tags,
        "silence_cycle_min": world.parameters.silence_cycle_min,
    }


def silence_days(care, silence_from, allowed):
    names = ("care_due_date", "care_missed_from", "care_neglected_from")
    if allowed is None:
        return dict.fromkeys(names)
    due, missed, neglected = caring.silence_limits(allowed, care.parameters)
    calendar = care.calendar
    days = (
        calendar.reached(silence_from, due),
        calendar.passed(silence_from, missed),
        calendar.passed(silence_from, neglected),
    )
    return dict(zip(names, days, strict=True))


def window_days(care, purchases, row, allowed):
    """When the window asks for care, and when it is missed; null once somebody was in touch."""
    opened = row["window_from"]
    asks = allowed is not None and opened and care.untouched_since(opened)
    return {
        "window_need_from": opened if asks else None,
        "window_missed_from": row["late_from"] if asks and purchases.is_sure else None,
    }


def birthday_days(care, allowed):
    day = care.birthday if allowed is not None else None
    opened = day and day - care.parameters.birthday_days * DAY
    return {"birthday_from": opened, "birthday_until": day}


def trigger_days(asking):
    names = ("trigger_from", "trigger", "trigger_until")
    return dict(zip(names, asking or (None, None, None), strict=True))


def exploitation_values(purchases, care, world, row):
    """Not and badly exploited (3; design, 15)."""
    calendar, parameters = care.calendar, care.parameters
    created = calendar.local_day(care.customer.created)
    never = not (purchases.count or care.cared)
    ends = [calendar.reached(day, parameters.fruitless_days) for day in badly(care, world, row)]
    return {
        "not_exploited_from": calendar.passed(created, parameters.not_exploited_days)
        if never
        else None,
        "badly_exploited_until": max((day for day in ends if day > care.today), default=None),
    }


def badly(care, world, row):
    """The care on which each of the two kinds of bad exploitation rests, as long as it is recent."""
    customer, company, parameters = care.customer, care.company, care.parameters
    if len(care.cared) >= parameters.fruitless_count:
        day = care.day(care.cared[parameters.fruitless_count - 1])
        document = sums.newest_document(
            customer, company, home_company(customer, world), care.calendar, care.today
        )
        if document is None or day > document:
            yield day
    before, now = row["revenue_previous_12m"], row["revenue_12m"]
    if care.cared and before > 0 and now < parameters.shrink_share * Fraction(before):
        yield care.last_cared
