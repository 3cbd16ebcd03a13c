"""Days and moments relative to the day of installation."""

from datetime import date, datetime, time, timedelta

import pytz

from . import tables

SUNDAY = 6
OFFICE_OPENS, OFFICE_HOURS = time(8), 9


def closed_days():
    """Every day on which the demo company is closed."""
    days = set()
    for row in tables.rows("closures"):
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return days


class Clock:
    """Counts back from today in open days, as the engine does.

    :param date today: the day of installation in the company's time zone
    :param datetime now: the moment of installation, naive UTC
    :param str tz: name of the company's time zone
    """

    def __init__(self, today, now, tz):
        self.today = today
        self.now = now
        self._tz = pytz.timezone(tz)
        self._closed = closed_days()

    def open_day(self, distance):
        """The open day from which `distance` open days have passed until today."""
        day = self._last(self.today, self._is_open)
        for _ in range(distance):
            day = self._last(day - timedelta(days=1), self._is_open)
        return day

    def working_day(self, distance):
        """The working day (open, no Sunday) that lies `distance` working days back."""
        day = self._last(self.today, self._is_working)
        for _ in range(distance):
            day = self._last(day - timedelta(days=1), self._is_working)
        return day

    def selling_day(self, distance):
        """As `open_day`, moved off Sundays to the working day before."""
        return self._last(self.open_day(distance), self._is_working)

    def ahead(self, days):
        """The day `days` calendar days after today."""
        return self.today + timedelta(days=days)

    def moment(self, day, rng):
        """A moment in office hours of a day, naive UTC; never later than now.

        :param random.Random rng: where in the day
        """
        minutes = rng.randrange(OFFICE_HOURS * 60)
        moment = self.utc(day, OFFICE_OPENS) + timedelta(minutes=minutes)
        if moment <= self.now:
            return moment
        midnight = self.utc(day, time())
        return midnight + (self.now - midnight) * rng.random() if midnight < self.now else moment

    def utc(self, day, at):
        """A local time of a day as naive UTC."""
        local = self._tz.localize(datetime.combine(day, at))
        return local.astimezone(pytz.utc).replace(tzinfo=None, microsecond=0)

    def _is_open(self, day):
        return day not in self._closed

    def _is_working(self, day):
        return self._is_open(day) and day.weekday() != SUNDAY

    @staticmethod
    def _last(day, accepts):
        while not accepts(day):
            day -= timedelta(days=1)
        return day
