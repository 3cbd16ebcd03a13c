"""Open days, working days and local days of a company (definitions, 1; design, 1)."""

from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta, timezone
from functools import cache
from math import ceil, floor
from zoneinfo import ZoneInfo

FIRST, LAST = date(2005, 1, 1), date(2040, 1, 1)
DAY = timedelta(days=1)


class Calendar:
    """The open days of a company.

    >>> from .records import Company
    >>> tet = Calendar(Company("vn", "UTC", closed=frozenset({date(2026, 2, 17)})))
    >>> tet.distance(date(2026, 2, 16), date(2026, 2, 18))
    1
    >>> tet.reached(date(2026, 2, 16), 1)
    datetime.date(2026, 2, 18)
    """

    def __init__(self, company):
        self.company = company
        self.zone = ZoneInfo(company.tz)
        days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days))
        self.open_days = [day for day in days if day not in company.closed]

    def number(self, day):
        """Open days from the start of the calendar through ``day``."""
        return bisect_right(self.open_days, day)

    def distance(self, start, end):
        return self.number(end) - self.number(start)

    def reached(self, start, value):
        """The first day whose distance from ``start`` is at least ``value``: a flip date."""
        if value <= 0:
            return start
        return self.open_days[self.number(start) + ceil(value) - 1]

    def passed(self, start, value):
        """The first day whose distance from ``start`` is more than ``value``."""
        return self.reached(start, floor(value) + 1)

    def back(self, day, value):
        """The newest open day at least ``value`` open days before ``day``."""
        return self.open_days[self.number(day) - value - 1]

    def local_day(self, moment):
        return moment.replace(tzinfo=timezone.utc).astimezone(self.zone).date()

    def next_working_day(self, day):
        """The first open day of the working week after ``day``."""
        day += DAY
        while day in self.company.closed or day.isoweekday() not in self.company.workdays:
            day += DAY
        return day


@cache
def calendar_of(company):
    return Calendar(company)


def months_before(day, months):
    """Calendar months back; a day that the month does not have becomes its last one.

    >>> months_before(date(2026, 3, 31), 1), months_before(date(2024, 2, 29), 12)
    (datetime.date(2026, 2, 28), datetime.date(2023, 2, 28))
    """
    month = day.year * 12 + day.month - 1 - months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def anniversary(day, year):
    """29 February is kept on the 28th in other years (3).

    >>> anniversary(date(2000, 2, 29), 2026), anniversary(date(2000, 2, 29), 2028)
    (datetime.date(2026, 2, 28), datetime.date(2028, 2, 29))
    """
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
