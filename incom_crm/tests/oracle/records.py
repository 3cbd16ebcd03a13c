"""Plain records the oracle works on: what a person would look up, without a database.

Times are naive UTC, days are local dates, amounts are ``Decimal``. Users, industries and the like are
plain keys.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Parameters:
    """Every constant with the default the definitions give; the section is behind each group."""

    # 4, purchase events, gaps and cycle
    merge_days: int = 1
    credited_share: Fraction = Fraction("0.95")
    gap_count: int = 8
    gap_months: int = 48
    short_cycle: int = 150
    short_gap_months: int = 24
    confirmed_gaps: int = 3
    provisional_ratio: int = 2
    estimated_customers: int = 10
    top_bucket_factor: Fraction = Fraction("1.5")
    # 4, purchase status
    lead_part: int = 4
    lead_min: int = 2
    lead_max: int = 14
    window_min_cycle: int = 5
    stopped_cycles: int = 3
    stopped_min: int = 45
    stopped_max: int = 365
    stopped_max_cycles: Fraction = Fraction("1.5")
    stopped_no_cycle: int = 180
    # 4, chance
    chance_min_samples: int = 200
    # 5, approach level
    good_age: int = 365
    good_window: int = 365
    good_window_cycles: Fraction = Fraction("1.5")
    good_share: Fraction = Fraction("0.75")
    good_count_no_cycle: int = 3
    recent_cycles: int = 2
    recent_no_cycle: int = 120
    regular_gaps: int = 4
    regular_spread: Fraction = Fraction("0.35")
    starting_count: int = 2
    approaching_days: int = 90
    # 3, care
    silence_cycle_min: int = 7
    neglected_factor: int = 2
    neglected_min: int = 30
    warning_days: int = 3
    warning_part: int = 5
    birthday_days: int = 3
    late_entry_days: int = 3
    not_exploited_days: int = 30
    fruitless_count: int = 3
    fruitless_days: int = 90
    shrink_share: Fraction = Fraction("0.5")
    # 1, money and class
    revenue_days: int = 365
    median_count: int = 8
    class_a: Fraction = Fraction("0.2")
    class_b: Fraction = Fraction("0.5")


DEFAULTS = Parameters()


@dataclass(frozen=True)
class Company:
    key: str
    tz: str
    decimals: int = 2
    closed: frozenset = frozenset()
    #: ISO numbers of the weekdays in the working calendar
    workdays: frozenset = frozenset({1, 2, 3, 4, 5})


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """Whom a policy or trigger is for; what is empty matches everybody."""

    company: str | None = None
    level: str | None = None
    customer_class: str | None = None
    industry: str | None = None
    tag: str | None = None
    region: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class Policy(Criteria):
    """An allowed silence."""

    silence: int


@dataclass(frozen=True)
class Trigger(Criteria):
    """An occasion to be in touch; of two that open on a day the one named first is told."""

    kind: str
    days: int
    #: of the product that was bought
    category: str | None = None


@dataclass
class Invoice:
    """What was invoiced (or credited) of an order: untaxed, in the order's currency."""

    amount: Decimal
    day: date
    refund: bool = False
    state: str = "posted"
    #: one line for all lines of the order, instead of one each
    shared: bool = False


@dataclass
class Order:
    company: str
    at: datetime
    untaxed: Decimal
    state: str = "sale"
    total: Decimal | None = None
    #: order currency per company currency at the document's date
    rate: Decimal = Decimal(1)
    created: datetime | None = None
    validity: date | None = None
    #: place in the customer's leads
    opportunity: int | None = None
    #: place in the customer's contacts, None for the customer itself
    contact: int | None = None
    invoices: list[Invoice] = field(default_factory=list)
    #: of what was ordered
    category: str | None = None
    #: the day on which the contract ends
    renewal: date | None = None

    def __post_init__(self):
        self.total = self.untaxed if self.total is None else self.total
        self.created = self.created or self.at


@dataclass
class Lead:
    company: str | None
    created: datetime
    type: str = "opportunity"
    active: bool = True
    won_status: str = "pending"
    expected: Decimal = Decimal(0)
    probability: int = 0
    contact: int | None = None


@dataclass
class Interaction:
    company: str
    at: datetime
    #: the colleague, None where it came from the customer
    user: str | None = None
    direction: str = "out"
    grade: str = "content"
    recorded: datetime | None = None
    source_state: str = "kept"

    def __post_init__(self):
        self.recorded = self.recorded or self.at

    @property
    def late(self):
        """Written down more than 3 days after the date it bears (2)."""
        return self.recorded > self.at + timedelta(days=DEFAULTS.late_entry_days)

    @property
    def is_care(self):
        """Graded content or two-way, by a colleague (3)."""
        return self.user is not None and self.grade in ("content", "two_way")


@dataclass
class Activity:
    """Something planned on ``customer``, ``contact``, ``lead``, ``order`` or ``invoice``."""

    deadline: date
    on: str = "customer"
    active: bool = True


@dataclass
class Pin:
    """A decision by hand; ``level`` and ``cycle`` belong to the kinds of these names."""

    company: str
    kind: str
    day: date
    until: date | None = None
    level: str | None = None
    cycle: int | None = None
    active: bool = True


@dataclass
class Receivable:
    """An entry on a receivable account: what is left of it, in company currency."""

    company: str
    residual: Decimal
    day: date
    maturity: date | None = None
    posted: bool = True


@dataclass
class Contact:
    birthdate: date | None = None
    active: bool = True


@dataclass
class Customer:
    """A commercial entity with everything that is known of it and its contacts."""

    created: datetime
    owner: str | None = None
    company: str | None = None
    rank: int = 0
    active: bool = True
    #: the partner of an internal user or of a company is nobody's customer
    internal: bool = False
    industry: str | None = None
    size: str | None = None
    region: str | None = None
    tags: tuple = ()
    birthdate: date | None = None
    contacts: list[Contact] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    receivables: list[Receivable] = field(default_factory=list)


@dataclass(frozen=True)
class User:
    company: str
    team: str | None = None


@dataclass(frozen=True)
class Reference:
    """What a row takes from other customers of its company (1)."""

    class_a: Decimal | None = None
    class_b: Decimal | None = None
    #: {industry: days}
    cycles: dict = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """Everything customers have in common; the first company is the one with the smallest id."""

    companies: dict
    users: dict
    policies: tuple
    triggers: tuple = ()
    #: product categories, each with the one above it
    categories: dict = field(default_factory=dict)
    buckets: tuple = (14, 21, 30, 60, 90, 180, 365)
    parameters: Parameters = DEFAULTS
