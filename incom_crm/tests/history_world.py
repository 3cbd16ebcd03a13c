"""The world of the random customers: two companies, two currencies, two time zones, two calendars."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .oracle.calendar import calendar_of
from .oracle.records import Company, Policy, Trigger, User, World

# Thursday in Viet Nam, still Wednesday in New York.
NOW = datetime(2026, 3, 11, 18, 30)
DAY = timedelta(days=1)


def days(first, last):
    """Days from the first to the last, both included."""
    return {first + number * DAY for number in range((last - first).days + 1)}


TET = frozenset().union(
    days(date(2021, 2, 10), date(2021, 2, 16)),
    days(date(2022, 1, 31), date(2022, 2, 5)),
    days(date(2023, 1, 20), date(2023, 1, 26)),
    days(date(2024, 2, 8), date(2024, 2, 14)),
    days(date(2025, 1, 25), date(2025, 2, 2)),
    days(date(2026, 2, 14), date(2026, 2, 22)),
    days(date(2026, 4, 30), date(2026, 5, 3)),
)
CHRISTMAS = frozenset().union(
    *(days(date(year, 12, 24), date(year, 12, 26)) for year in range(2020, 2028)),
    {date(2026, 3, 9)},
)
VN = Company("vn", "Asia/Ho_Chi_Minh", decimals=0, closed=TET, workdays=frozenset(range(1, 7)))
US = Company("us", "America/New_York", closed=CHRISTMAS)
WORLD = World(
    companies={"vn": VN, "us": US},
    users={
        "an": User("vn", team="north"),
        "binh": User("vn"),
        "carol": User("us", team="overseas"),
        "gone": User("vn"),
    },
    policies=(
        Policy(14, level="starting"),
        Policy(14, level="regular"),
        Policy(14, level="good"),
        Policy(30, level="irregular"),
        Policy(14, level="approaching"),
        Policy(30, level="potential"),
        Policy(60, level="lapsed", company="vn"),
        Policy(20, level="lapsed", customer_class="a"),
        Policy(12, level="irregular", team="north"),
        Policy(25, level="potential", region="south"),
        Policy(10, company="us", industry="food"),
        Policy(21, customer_class="b", level="irregular"),
        Policy(7, tag="vip"),
        Policy(1, tag="daily"),
    ),
    triggers=(
        Trigger("birthday", 20),
        Trigger("birthday", 0, tag="vip"),
        Trigger("renewal", 30),
        Trigger("cycle", 5, level="regular"),
        Trigger("class", 20, customer_class="b", company="vn", region="north"),
        Trigger("level", 10, level="irregular", team="north"),
        Trigger("purchase", 3, industry="food", level="good"),
        Trigger("purchase", 30, industry="food"),
        Trigger("season", 7, region="south"),
        Trigger("season", 180, tag="plain"),
        Trigger("product", 45, category="filters", industry="trade"),
        Trigger("product", 2, category="paper", company="us"),
    ),
    categories={"filters": None, "air": "filters", "paper": None},
)


def today(company):
    return calendar_of(company).local_day(NOW)


def utc(day, clock, company=VN):
    """The UTC moment of a local time of day."""
    local = datetime.combine(day, clock, ZoneInfo(company.tz))
    return local.astimezone(timezone.utc).replace(tzinfo=None)
