"""Open and working days of a company, as SQL expressions over a relation of companies.

An *open day* is a day that is no company holiday; ``open_no`` numbers them. With the closed days of
a company as a short sorted array, both directions are a binary search, not a table:

* ``open_no(day) = day - epoch - #{closed days <= day}``
* ``day_of(no) = epoch + no + #{closed days whose open_no < no}``, the first day that reaches ``no``

Every statement of the engine starts from the relation ``incom_t_company`` with one row per company:
``company_id, tz, shift, today, o_today, ends, recent_from, closed, closed_no, workdays, currency_id, decimals,
first``; ``ends`` is the UTC time at which today ends, ``recent_from`` the one at which the last
``fruitless_days`` open days begin.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.tools import SQL

EPOCH = date(1970, 1, 1)
EPOCH_SQL = SQL("DATE '1970-01-01'")
# Keeps the array of a company without holidays from being empty.
NEVER = 2**31 - 1
# Documents from before this year take the zone's distance from UTC of today where it has not changed since.
SHIFT_SINCE = 1990
LONGEST_CLOSURE = timedelta(days=366)
WEEK = 7
NON_WORKING_DAYS_LOOKED_AT = 400
# Days from here on are sentinels of imported data, not dates.
LAST_DAY = SQL("DATE '9000-01-01'")


def open_no(day: SQL) -> SQL:
    """The number of open days up to and including ``day`` of the company ``co``."""
    return SQL(
        "((%(day)s) - %(epoch)s - width_bucket((%(day)s) - %(epoch)s, co.closed))",
        day=day,
        epoch=EPOCH_SQL,
    )


def day_of(number: SQL) -> SQL:
    """The first day on which the open days of the company ``co`` reach ``number``."""
    return SQL(
        "(%(epoch)s + (%(no)s)::int + width_bucket((%(no)s)::int - 1, co.closed_no))",
        no=number,
        epoch=EPOCH_SQL,
    )


def flip_day(day: SQL, distance: SQL) -> SQL:
    """The first day whose distance in open days from ``day`` is at least ``distance`` (above 0)."""
    return day_of(SQL("%s + %s", open_no(day), distance))


def local_day(timestamp: SQL) -> SQL:
    """The day of a UTC timestamp in the time zone of the company ``co``.

    A zone without daylight saving time is a sum, which costs a third of asking for the zone's rules.
    """
    return SQL(
        """(CASE WHEN co.shift IS NOT NULL THEN %(at)s + co.shift
                 ELSE %(at)s AT TIME ZONE 'UTC' AT TIME ZONE co.tz END)::date""",
        at=timestamp,
    )


def next_working_day(day: SQL) -> SQL:
    """The first working day of the company ``co`` after ``day``; further days are looked at where it is late."""

    def within(span):
        return SQL(
            """(SELECT min(step.day::date)
                  FROM generate_series((%(day)s) + 1, (%(day)s) + %(span)s, interval '1 day') AS step(day)
                 WHERE extract(isodow FROM step.day)::int = ANY(co.workdays)
                   AND NOT (step.day::date - %(epoch)s) = ANY(co.closed))""",
            day=day,
            span=span,
            epoch=EPOCH_SQL,
        )

    return SQL("coalesce(%s, %s)", within(WEEK), within(NON_WORKING_DAYS_LOOKED_AT))


def companies(env, today=None) -> SQL:
    """The relation of companies, as a SELECT.

    :param date today: the day to compute for; by default each company's own today
    """
    rows = [_company_row(env, company, today) for company in all_companies(env)]
    return SQL(
        """SELECT * FROM (VALUES %s) AS company
           (company_id, tz, shift, today, o_today, ends, recent_from, closed, closed_no, workdays, currency_id,
            decimals, first)""",
        SQL(", ").join(rows),
    )


def company_today(company) -> date:
    """Today in the time zone of the company."""
    return today_in(company_tz(company))


def today_in(zone: str) -> date:
    return datetime.now(ZoneInfo(zone)).date()


def utc_start(day: date, zone: ZoneInfo) -> datetime:
    """The UTC time at which a day of the zone begins."""
    return datetime.combine(day, time(), zone).astimezone(timezone.utc).replace(tzinfo=None)


def company_tz(company) -> str:
    # sudo: a setting every calculation of the company rests on
    return company.sudo().incom_tz or "UTC"


def closed_days(company) -> list[date]:
    """The company's holidays: days whose local noon lies in a global leave, sorted."""
    company.env["resource.calendar.leaves"].flush_model()
    rows = company.env.execute_query(
        SQL(
            """SELECT date_from, date_to FROM resource_calendar_leaves
                WHERE resource_id IS NULL
                  AND (company_id IS NULL OR company_id = %s)
                  AND (calendar_id IS NULL OR calendar_id = %s)
                  AND date_to - date_from <= %s""",
            company.id,
            company.resource_calendar_id.id or None,
            LONGEST_CLOSURE,
        )
    )
    zone = ZoneInfo(company_tz(company))
    days = set()
    for start, stop in rows:
        start, stop = start.replace(tzinfo=timezone.utc), stop.replace(tzinfo=timezone.utc)
        day = start.astimezone(zone).date()
        while day <= stop.astimezone(zone).date():
            if start <= datetime.combine(day, time(12), zone) <= stop:
                days.add(day)
            day += timedelta(days=1)
    return sorted(days)


def closed_ordinals(company) -> list[int]:
    """The holidays as days since the epoch, for ``co.closed`` of :func:`open_no`; never empty."""
    return [*((day - EPOCH).days for day in closed_days(company)), NEVER]


def working_weekdays(company) -> list[int]:
    """ISO numbers of the weekdays in the company's working calendar; Monday to Friday without one."""
    # sudo: the working hours of the company, whoever computes
    attendances = company.sudo().resource_calendar_id.attendance_ids
    weekdays = {
        int(attendance.dayofweek) + 1
        for attendance in attendances
        if attendance.day_period != "lunch" and not attendance.display_type
    }
    return sorted(weekdays) or [1, 2, 3, 4, 5]


def working_days_back(company, count: int, today: date | None = None) -> date:
    """The newest day after which ``count`` working days, today included, have begun."""
    day = today or company_today(company)
    closed, weekdays = set(closed_days(company)), working_weekdays(company)
    earliest = day - timedelta(days=NON_WORKING_DAYS_LOOKED_AT)
    while count and day > earliest:
        count -= day.isoweekday() in weekdays and day not in closed
        day -= timedelta(days=1)
    return day


def all_companies(env):
    # sudo: the engine computes every company's rows
    return env["res.company"].sudo().with_context(active_test=False).search([], order="id")


def _company_row(env, company, today) -> SQL:
    days = OpenDays(company, today)
    closed = [(day - EPOCH).days for day in days.closed]
    closed_no = [day - position for position, day in enumerate(closed, start=1)]
    recent = days.first_of_last(env["incom.crm.parameter"]._get("fruitless_days"))
    return SQL(
        """(%s, %s, %s::interval, %s::date, %s, %s::timestamp, %s::timestamp,
            %s::int[], %s::int[], %s::int[], %s, %s, %s)""",
        company.id,
        company_tz(company),
        days.shift(),
        days.today,
        days.distance(EPOCH, days.today),
        days.utc_start(days.today + timedelta(days=1)),
        days.utc_start(recent),
        [*closed, NEVER],
        [*closed_no, NEVER],
        working_weekdays(company),
        company.currency_id.id,
        company.currency_id.decimal_places,
        company == all_companies(env)[:1],
    )


class OpenDays:
    """Open-day arithmetic of one company in Python, for parameters of a statement and for words."""

    def __init__(self, company, today=None):
        self.today = today or company_today(company)
        self.closed = closed_days(company)
        self._zone = ZoneInfo(company_tz(company))

    def distance(self, start: date, stop: date) -> int:
        """Open days from ``start`` to ``stop``."""
        closed = bisect_right(self.closed, stop) - bisect_right(self.closed, start)
        return (stop - start).days - closed

    def reach(self, start: date, distance: int) -> date:
        """The first day whose distance in open days from ``start`` is at least ``distance``."""
        day = start + timedelta(days=distance)
        while self.distance(start, day) < distance:
            day += timedelta(days=1)
        return day

    def first_of_last(self, count: int) -> date:
        """The first of the last ``count`` open days, today included."""
        day = self.today - timedelta(days=count - 1)
        while self.distance(day - timedelta(days=1), self.today) < count:
            day -= timedelta(days=1)
        return day

    def shift(self) -> timedelta | None:
        """The zone's distance from UTC where it never changed and will not; None elsewhere."""
        years = range(SHIFT_SINCE, self.today.year + 2)
        shifts = {
            datetime(year, month, 15, tzinfo=self._zone).utcoffset()
            for year in years
            for month in range(1, 13)
        }
        return shifts.pop() if len(shifts) == 1 else None

    def utc_start(self, day: date) -> datetime:
        """The UTC time at which a local day begins."""
        return utc_start(day, self._zone)
