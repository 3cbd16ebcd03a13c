from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.calendar import (
    OpenDays,
    all_companies,
    company_today,
    company_tz,
    working_weekdays,
)
from .figures import COUNTED, NIGHTLY_DAYS


class DayReport(models.Model):
    """Reports are made and brought up to date by one statement, as often as one likes."""

    _inherit = "incom.day.report"

    @api.model
    def _cron_work_out(self):
        """Work out the last days of everybody, and older days something was written about late."""
        companies = all_companies(self.env).filtered("active")
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(companies))
        for company in companies:
            reports = self.with_company(company)
            today = company_today(company)
            first = today - timedelta(days=NIGHTLY_DAYS - 1)
            people = (
                self.env["res.users"]
                .with_context(active_test=False)
                .search([("company_ids", "in", company.ids), ("share", "=", False)])
            )
            reports._refresh(first, today, user_ids=people.ids)
            for day in reports._days_written_late(first):
                reports._refresh(day, day, user_ids=people.ids)
            if not progress._commit_progress(1):
                break

    @api.model
    def _days_written_late(self, since):
        """Days before ``since`` about which something was written from then on."""
        zone = company_tz(self.env.company)
        begins = OpenDays(self.env.company).utc_start(since)
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT (date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date
                     FROM incom_interaction
                    WHERE company_id = %s AND user_id IS NOT NULL
                      AND recorded_on >= %s AND date < %s""",
                zone,
                self.env.company.id,
                begins,
                begins,
            )
        )
        return sorted(day for (day,) in rows)

    @api.model
    def _refresh(self, first, last, user_ids=None, even_if_nothing=False):
        """Make and bring up to date the reports of days in the current company.

        :param user_ids: whose; None: of everybody who left something, or has a report already
        :param even_if_nothing: make a report also where nothing was done; of ``user_ids`` alone
        """
        self.flush_model()
        counted = self._counted(first, last, user_ids, by_day=True)
        # sudo: figures are the system's, whoever opens the report
        known = self.sudo().search(self._of_days(first, last, user_ids))
        nothing = dict.fromkeys(COUNTED, 0)
        for report in known:
            counted.setdefault((report.user_id.id, report.date), nothing)
        if even_if_nothing:
            for user_id in user_ids:
                for days in range((last - first).days + 1):
                    counted.setdefault((user_id, first + timedelta(days=days)), nothing)
        if counted:
            self._upsert(counted)

    @api.model
    def _of_days(self, first, last, user_ids):
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last)
        )
        return domain if user_ids is None else domain & Domain("user_id", "in", list(user_ids))

    @api.model
    def _upsert(self, counted):
        """Write figures, rows that are right already are left alone.

        :param dict counted: ``{(user_id, day): {figure: number}}``
        """
        columns = SQL(", ").join(SQL.identifier(name) for name in COUNTED)
        rows = SQL(", ").join(
            SQL("(%s, %s::date, %s)", user_id, day, SQL(", ").join(SQL("%s", n) for n in numbers))
            for (user_id, day), numbers in (
                (key, [figures[name] for name in COUNTED]) for key, figures in counted.items()
            )
        )
        self.env.execute_query(
            SQL(
                """INSERT INTO incom_day_report AS report
                          (company_id, create_uid, create_date, write_uid, write_date, user_id, date, %(columns)s)
                   SELECT %(company)s, %(uid)s, %(now)s, %(uid)s, %(now)s, counted.*
                     FROM (VALUES %(rows)s) AS counted
                   ON CONFLICT (user_id, date, company_id) DO UPDATE
                      SET (write_date, %(columns)s) = (EXCLUDED.write_date, %(excluded)s)
                    WHERE (%(old)s) IS DISTINCT FROM (%(excluded)s)
                RETURNING id""",
                columns=columns,
                rows=rows,
                company=self.env.company.id,
                uid=self.env.uid,
                now=self.env.cr.now(),
                excluded=SQL(", ").join(SQL("EXCLUDED.%s", SQL.identifier(n)) for n in COUNTED),
                old=SQL(", ").join(SQL("report.%s", SQL.identifier(n)) for n in COUNTED),
            )
        )
        self.invalidate_model(COUNTED)

    # -- who worked when ---------------------------------------------------------------------------

    @api.model
    def _days_done(self, user_ids, last, count=5):
        """Whether people worked on each of the last working days of the current company.

        Somebody worked a day when the diary has an entry of his, in whatever company, or the day was ended.

        :return: ``{user_id: [bool, ...]}``, the oldest day first
        """
        days = self._working_days(last, count)
        worked = self._days_worked(user_ids, days[0], last)
        return {user_id: [(user_id, day) in worked for day in days] for user_id in user_ids}

    @api.model
    def _working_days(self, last, count):
        """The last working days up to ``last``, the oldest first."""
        closed = set(OpenDays(self.env.company, last).closed)
        weekdays = working_weekdays(self.env.company)
        days, day = [], last
        while len(days) < count:
            if day.isoweekday() in weekdays and day not in closed:
                days.append(day)
            day -= timedelta(days=1)
        return days[::-1]

    @api.model
    def _days_worked(self, user_ids, first, last):
        self.flush_model(["closed", "date", "user_id"])
        company = self.env.company
        zone, days = company_tz(company), OpenDays(company, last)
        rows = self.env.execute_query(
            SQL(
                """SELECT user_id, (date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                     FROM incom_interaction
                    WHERE user_id = ANY(%(users)s) AND source_state <> 'revoked'
                      AND date >= %(begins)s AND date < %(ends)s
                   UNION
                   SELECT user_id, date FROM incom_day_report
                    WHERE user_id = ANY(%(users)s) AND closed AND date BETWEEN %(first)s AND %(last)s""",
                zone=zone,
                users=list(user_ids),
                begins=days.utc_start(first),
                ends=days.utc_start(last + timedelta(days=1)),
                first=first,
                last=last,
            )
        )
        return set(rows)
