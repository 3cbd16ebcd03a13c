"""Random customers that hit the edges of the definitions on purpose.

Hypothesis draws them one by one, always the same ones: a failure on one machine is a failure on all.
"""

from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from .history_world import DAY, NOW, US, VN, WORLD, today, utc
from .oracle.calendar import calendar_of
from .oracle.numbers import median
from .oracle.purchases import lead
from .oracle.records import (
    DEFAULTS,
    Activity,
    Contact,
    Customer,
    Interaction,
    Invoice,
    Lead,
    Order,
    Pin,
    Receivable,
)

# Purchases go back further than any gap that counts.
EARLIEST = 2019
LEVELS = ("potential", "approaching", "starting", "regular", "irregular", "good", "lapsed", "other")
CYCLES = (2, 3, 4, 5, 6, 7, 10, 14, 17, 18, 20, 25, 26, 30, 42, 43, 60, 73, 74, 90, 127, 128)
LONG_CYCLES = (150, 151, 180, 244, 256, 257, 300, 365, 547, 548, 600)
# Gaps in parts of a cycle; the third to fifth have a spread of 0.35 or just above.
RHYTHMS = (
    (1,),
    (1, 1.1, 0.9),
    (0.65, 1, 1, 1.35, 1.35),
    (0.65, 0.65, 1, 1.35, 1.35),
    (0.64, 0.64, 1, 1.36, 1.36),
    (0.3, 1, 1.7, 4),
)
SILENCES = (0, 1, 2, 44, 45, 46, 119, 120, 121, 180, 181, 364, 365, 366, 400, 900)
AGES = (0, 1, 2, 3, 9, 10, 11, 12, 13, 14, 15, 26, 27, 28, 30, 31, 33, 57, 60, 61, 89, 90, 91, 200)
CREATED = (0, 1, 11, 14, 15, 27, 30, 31, 32, 61, 100, 400, 800, 1500, 2190)
TIMES = (time(0, 5), time(6, 59), time(10), time(19, 30), time(23, 50))
AMOUNTS = (1, 100, 250, 999, 1000, 1500, 20000, 333333)
# A rate of 0.3 makes fractions that only rounding ends.
RATES = tuple(map(Decimal, ("1", "1", "1", "0.5", "25000", "0.3")))
GRADES = ("content", "content", "content", "attempt", "two_way")
# The number of contacts with a customer: three fruitless ones are badly exploited.
CONTACT_COUNTS = (0, 0, 0, 1, 1, 2, 3, 4, 5)
# The categories of what a customer orders, in turn.
SHELVES = ((None,), (None,), ("air",), ("filters", "paper"), ("paper",), (None, "air"))
# Ends of contracts from today; most customers have none.
RENEWALS = (*(None,) * 12, -400, -40, -1, 0, 1, 29, 30, 31, 100)
# What may be odd about an order; most are plain.
ODDITIES = ("plain",) * 12 + (
    *("cancelled", "negative", "zero", "draft", "twice", "twice"),
    *("top_up", "top_up", "top_up_chain", "contact", "contact", "elsewhere"),
    *("credit_50", "credit_94", "credit_95", "credit_96", "credit_100", "credit_draft"),
    *("credit_tomorrow", "reinvoiced", "reinvoiced_half"),
)


@lru_cache(maxsize=None, typed=True)
def pick(*values):
    """One of these, each as likely as it is often named; kept, for making a strategy costs time."""
    return st.sampled_from(values)


def chance_of(part):
    """True in one of ``part`` cases."""
    return pick(True, *(False,) * (part - 1))


@cache
def moments(company, ages=AGES):
    """A moment that many open days ago, at an awkward time of day."""
    calendar = calendar_of(company)
    return st.builds(
        lambda age, clock: utc(calendar.back(today(company), age), clock, company),
        pick(*ages),
        pick(*TIMES),
    )


# -- purchases ---------------------------------------------------------------------------------------


def purchase_days(draw, company):
    """Days of purchase: a rhythm, walked back in open days from an awkward silence."""
    count = draw(pick(1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12))
    cycle = draw(pick(*CYCLES, *CYCLES, *LONG_CYCLES))
    rhythm = draw(pick(*RHYTHMS))
    gaps = [
        max(2, round(cycle * rhythm[number % len(rhythm)] + 1e-9)) for number in range(count - 1)
    ]
    if count == 3 and draw(pick(True, False)):
        # two gaps around the ratio of a provisional cycle
        gaps = [cycle, 2 * cycle + draw(pick(0, 1))]
    gaps = draw(st.permutations(gaps)) if len(set(gaps)) > 1 else gaps
    calendar, day = calendar_of(company), today(company)
    day = calendar.back(day, draw(silences(median(gaps) if gaps else None)))
    found = [day]
    for gap in gaps:
        if day.year > EARLIEST:
            day = calendar.back(day, gap)
            found.append(day)
    # calendar time: some of them land in the holidays
    shift = draw(chance_of(10)) * draw(pick(*range(1, 10)))
    return [day - shift * DAY for day in found]


def silences(cycle):
    """Silences just before, at and after each threshold of a cycle."""
    if cycle is None:
        return pick(*SILENCES)
    half, whole = lead(cycle, DEFAULTS), int(cycle)
    edges = (whole - half, whole + half, 2 * whole, 3 * whole, whole * 3 // 2, whole)
    near = {max(0, edge + step) for edge in edges for step in (-1, 0, 1, 2)}
    return pick(*sorted({x for x in near if x < 1200}), *SILENCES)


def orders_on(draw, day, company, contacts, number):
    """The orders of one purchase day, mostly one plain order."""
    oddity = draw(pick(*ODDITIES))
    untaxed = Decimal(draw(pick(*AMOUNTS)))
    if oddity == "elsewhere":
        company = US if company is VN else VN
    order = Order(
        company.key,
        utc(day, draw(pick(*TIMES)), company),
        untaxed,
        rate=draw(pick(*RATES)),
    )
    found = [order]
    if oddity in ("cancelled", "draft"):
        order.state = "cancel" if oddity == "cancelled" else "draft"
    elif oddity == "negative":
        order.untaxed = order.total = -untaxed
    elif oddity == "zero":
        order.untaxed = order.total = Decimal(0)
    elif oddity == "contact" and contacts:
        order.contact = number % contacts
    elif oddity == "twice":
        found.append(Order(company.key, utc(day, time(12), company), untaxed + 7))
    elif oddity.startswith("top_up"):
        last = 4 if oddity == "top_up_chain" else 1
        found += [
            Order(company.key, utc(day + ahead * DAY, time(12), company), untaxed)
            for ahead in range(1, last + 1)
        ]
    else:
        order.invoices = bills(oddity, untaxed, day, draw(chance_of(4)))
    return found


def bills(oddity, untaxed, day, shared):
    """Invoices and credit notes of an order with something odd about them."""
    invoice = Invoice(untaxed, day, shared=shared)
    if oddity.startswith("credit_"):
        share = oddity.removeprefix("credit_")
        part = Decimal(share) / 100 if share.isdigit() else Decimal(1)
        refund = Invoice(untaxed * part, day + DAY, refund=True, shared=shared)
        if share == "draft":
            refund.state = "draft"
        if share == "tomorrow":
            refund.day = today(VN) + DAY
        return [invoice, refund]
    if oddity.startswith("reinvoiced"):
        again = untaxed / 2 if oddity == "reinvoiced_half" else untaxed
        return [invoice, Invoice(untaxed, day, refund=True), Invoice(again, day + DAY)]
    return []


def purchases(draw, contacts):
    """Orders of a customer: none, of one company, or of both."""
    found = []
    kind = draw(pick("none", "vn", "vn", "vn", "us", "us", "both"))
    for company in (VN, US):
        if kind in (company.key, "both"):
            for number, day in enumerate(purchase_days(draw, company)):
                found += orders_on(draw, day, company, contacts, number)
    if draw(chance_of(12)):
        ahead = draw(pick(1, 2, 30))
        moment = utc(today(VN) + ahead * DAY, time(0, 5))
        found.append(Order("vn", moment, Decimal(500), created=NOW))
    return found


def contracts(draw, orders):
    """Gives the orders what was bought with them, and one the end of a contract."""
    shelf, renewal = draw(pick(*SHELVES)), draw(pick(*RENEWALS))
    for number, order in enumerate(orders):
        order.category = shelf[number % len(shelf)]
    if orders and renewal is not None:
        order = orders[draw(pick(0, -1))]
        order.renewal = today(WORLD.companies[order.company]) + renewal * DAY
    return orders


# -- what else happens to a customer ---------------------------------------------------------------


def deals(draw):
    """Leads and the quotations made for them, or for nothing."""
    leads = [
        Lead(
            company=draw(pick(None, "vn", "us")),
            created=min(NOW, draw(moments(VN))),
            type=draw(pick("opportunity", "opportunity", "lead")),
            active=not draw(chance_of(5)),
            won_status=draw(pick("pending", "pending", "pending", "won", "lost")),
            expected=Decimal(draw(pick(0, 1000, 50000))),
            probability=draw(pick(10, 50, 75)),
        )
        for _number in range(draw(pick(0, 0, 0, 1, 2)))
    ]
    quotations = [
        Order(
            company=draw(pick("vn", "us")),
            at=draw(moments(VN)),
            untaxed=Decimal(draw(pick(0, 100, 700))),
            total=Decimal(770),
            state=draw(pick("draft", "sent", "sent", "cancel")),
            rate=draw(pick(*RATES)),
            validity=draw(pick(None, *(today(VN) + ahead * DAY for ahead in (-2, -1, 0, 1)))),
            opportunity=draw(pick(None, *range(len(leads)))),
            created=min(NOW, draw(moments(VN))),
        )
        for _number in range(draw(pick(0, 0, 0, 0, 1, 1, 2, 3)))
    ]
    return leads, quotations


def interaction(draw):
    company = draw(pick(VN, VN, VN, US))
    at = draw(moments(company)) + 2 * DAY * draw(chance_of(20))
    written_after = draw(pick(0, 0, 0, 0, 3, 4)) * DAY
    by_customer = draw(chance_of(8))
    return Interaction(
        company.key,
        at,
        user=None if by_customer else draw(pick("an", "carol")),
        direction="in" if by_customer else draw(pick("out", "out", "out", "in")),
        grade="two_way" if by_customer else draw(pick(*GRADES)),
        recorded=at + written_after + draw(pick(0, 1)) * timedelta(seconds=1),
        source_state=draw(pick("kept", "kept", "kept", "kept", "edited", "deleted")),
    )


def pins(draw):
    """One decision of some kinds, running, over, or ended by hand."""
    found = []
    for kind in ("level", "other", "stopped", "cycle", "snooze"):
        if not draw(chance_of(9)):
            continue
        company = draw(pick(VN, US))
        day = today(company) - draw(pick(0, 1, 5, 20, 45, 90, 200)) * DAY
        pin = Pin(company.key, kind, day, active=not draw(chance_of(8)))
        if kind == "level":
            pin.level = draw(pick(*LEVELS))
        if kind == "cycle":
            pin.cycle = draw(pick(2, 4, 5, 9, 30, 90, 400, 1100))
        if kind in ("level", "snooze"):
            pin.until = today(company) + draw(pick(-9, -1, 0, 1, 8, 30)) * DAY
        found.append(pin)
    return found


@cache
def birthdates():
    """Birthdays around today, on 29 February, and any other."""
    near = pick(*range(-1, 7)).map(lambda ahead: (today(VN) + ahead * DAY).replace(year=1990))
    return st.one_of(near, st.just(date(2000, 2, 29)), st.dates(date(1950, 1, 1), date(2005, 1, 1)))


@cache
def receivables():
    return st.builds(
        Receivable,
        company=pick("vn", "us"),
        residual=pick(0, 1, 5000, 123456, -700).map(Decimal),
        day=pick(1, 40, 100).map(lambda ago: today(VN) - ago * DAY),
        maturity=pick(None, -30, -2, -1, 0, 1, 30).map(
            lambda ahead: None if ahead is None else today(VN) + ahead * DAY
        ),
        posted=pick(True, True, True, False),
    )


@cache
def activities():
    return st.builds(
        Activity,
        deadline=pick(*range(-14, 9)).map(lambda ahead: today(VN) + ahead * DAY),
        on=pick("customer", "contact", "lead", "order", "invoice"),
        active=pick(True, True, True, False),
    )


@cache
def contacts():
    person = st.builds(
        Contact, birthdate=st.none() | birthdates(), active=pick(True, True, True, False)
    )
    return st.lists(person, max_size=2)


@st.composite
def customers(draw):
    """One customer with everything that is known of it; now and then one that is no customer."""
    owned = not draw(chance_of(5))
    people = draw(contacts())
    orders = contracts(draw, purchases(draw, len(people)))
    leads, quotations = deals(draw)
    return Customer(
        created=min(NOW, draw(moments(VN, CREATED))),
        owner=draw(pick(*sorted(WORLD.users))) if owned else None,
        company=draw(pick(None, None, "vn", "us")),
        rank=draw(pick(0, 1)),
        active=not draw(chance_of(40)),
        internal=draw(chance_of(60)),
        industry=draw(pick(None, "trade", "food", "mining")),
        size=draw(pick(None, "small", "large")),
        region=draw(pick(None, "north", "south")),
        tags=draw(pick((), (), (), (), (), (), ("vip",), ("daily",), ("vip", "plain"))),
        birthdate=draw(birthdates()) if draw(chance_of(8)) else None,
        contacts=people,
        orders=orders + quotations,
        leads=leads,
        interactions=[interaction(draw) for _number in range(draw(pick(*CONTACT_COUNTS)))],
        activities=draw(st.lists(activities(), max_size=2)) if draw(chance_of(5)) else [],
        pins=pins(draw),
        receivables=draw(st.lists(receivables(), max_size=3)) if draw(chance_of(3)) else [],
    )


@cache
def random_customers(count):
    """At least as many customers as asked for, the same ones every time.

    After its tenth example hypothesis mostly varies the ones before; short runs of long lists give
    customers that have little in common.
    """
    found = {}
    for number in range(count):
        if len(found) >= count:
            break
        found |= {repr(customer): customer for customer in run(number)}
    return list(found.values())


def run(number, length=30):
    """The customers of one run of hypothesis."""
    found = []

    @seed(number)
    @settings(
        max_examples=9,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(customers(), min_size=length, max_size=length))
    def collect(customers):
        found.extend(customers)

    collect()
    return found
