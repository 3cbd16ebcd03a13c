"""The stretch of days a page is about, in local days of the company."""

import calendar
from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate, format_date

from ...engine.calendar import company_today
from ..care.res_partner_diary import EARLIEST
from .words import in_words

_lt = LazyTranslate(__name__)

DAY = timedelta(days=1)
# Days from here on are slips of the keyboard, and near the end of the calendar.
LATEST = date(9000, 1, 1)
WEEK = timedelta(days=7)
MONTHS = {"month": 1, "quarter": 3, "year": 12}
CODES = {
    "today": _lt("Today"),
    "week": _lt("This Week"),
    "month": _lt("This Month"),
    "quarter": _lt("This Quarter"),
    "year": _lt("This Year"),
    "last_week": _lt("Last Week"),
    "last_month": _lt("Last Month"),
}
CUSTOM = "custom"


class Period(NamedTuple):
    """A closed interval of local days."""

    first: date
    last: date
    code: str = CUSTOM

    def before(self):
        """The period to compare with: the same stretch one week, month, quarter or year earlier; else as
        many days just before."""
        if self.code in MONTHS:
            months = MONTHS[self.code]
            return Period(_months_before(self.first, months), _months_before(self.last, months))
        if self.code == "last_month":
            return Period(_months_before(self.first, 1), self.first - DAY)
        days = WEEK if self.code == "week" else self.last - self.first + DAY
        return Period(self.first - days, self.last - days)

    def __str__(self):
        return f"{self.first}/{self.last}"


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    @api.model
    def _period(self, period="month"):
        """The period behind what a caller asks for; days to come are left out.

        :param period: a code, or ``{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}``
        :raise UserError: for what names no period
        """
        today = company_today(self.env.company)
        if isinstance(period, str) and period in CODES:
            return _coded(period, today)
        if not isinstance(period, dict) or period.keys() != {"from", "to"}:
            raise UserError(self.env._("There is no such period: %(period)s.", period=period))
        first, last = self._checked_day(period["from"]), self._checked_day(period["to"])
        if first > last:
            raise UserError(self.env._("A period ends on its first day or later."))
        if first > today:
            raise UserError(self.env._("The period has not begun yet."))
        return Period(first, min(last, today))

    @api.model
    def _checked_day(self, text):
        """The day behind ``YYYY-MM-DD``.

        :raise UserError: for anything else
        """
        try:
            day = date.fromisoformat(text)
        except (TypeError, ValueError):
            day = None
        if not day or not EARLIEST.date() <= day <= LATEST:
            raise UserError(self.env._("%(text)s is no date.", text=text))
        return day

    def _period_values(self, period):
        """The period as a page gets it."""
        label = (
            in_words(self.env, CODES[period.code])
            if period.code in CODES
            else self.env._(
                "%(first)s to %(last)s",
                first=format_date(self.env, period.first),
                last=format_date(self.env, period.last),
            )
        )
        return {
            "code": period.code,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "label": label,
        }

    def _period_choices(self):
        return [{"code": code, "label": in_words(self.env, label)} for code, label in CODES.items()]


def _coded(code, today):
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    first, last = {
        "today": (today, today),
        "week": (monday, today),
        "month": (month, today),
        "quarter": (month.replace(month=month.month - (month.month - 1) % 3), today),
        "year": (month.replace(month=1), today),
        "last_week": (monday - WEEK, monday - DAY),
        "last_month": (_months_before(month, 1), month - DAY),
    }[code]
    return Period(first, last, code)


def _months_before(day, months):
    """The same day so many months earlier, or the month's last where it is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
