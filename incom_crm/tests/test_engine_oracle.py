from collections import Counter
from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ..engine import refresh, status
from . import histories, oracle
from .common import IncomCrmCommon
from .histories import CALENDARS, CLOSED, TODAY, ZONES

COUNT = 2200
COMPARED = (
    "approach_stage first_purchase_date last_purchase_date purchase_count purchase_gap_count "
    "purchase_gap_max purchase_cycle_computed_days purchase_cycle_days purchase_cycle_spread "
    "purchase_cycle_evidence next_purchase_date window_from window_until late_from stopped_from "
    "revenue_12m revenue_previous_12m median_order_value receivable_amount overdue_amount "
    "open_opportunity_amount unsigned_amount last_care_date last_cared_date silence_from "
    "allowed_silence care_due_date care_missed_from care_neglected_from activity_due_from "
    "activity_missed_from message_missed_from window_need_from window_missed_from birthday_from "
    "birthday_until snoozed_until not_exploited_from badly_exploited_until"
).split()
# What can be worked out again for a day that is past.
RECOMPUTED = (
    "first_purchase_date last_purchase_date purchase_count purchase_gap_count purchase_gap_max "
    "purchase_cycle_computed_days purchase_cycle_days purchase_cycle_spread purchase_cycle_evidence "
    "next_purchase_date window_from window_until late_from stopped_from last_care_date last_cared_date"
).split()


@tagged("post_install", "-at_install")
class TestEngineOracle(IncomCrmCommon):
    """The engine against the definitions in plain Python, on thousands of random customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Branch", "currency_id": cls.company.currency_id.id}
        )
        cls.companies = (cls.company, cls.branch)
        for company, zone in zip(cls.companies, ZONES, strict=True):
            company.incom_tz = zone
        cls._close()
        cls.found = histories.think(COUNT)
        histories.Loader(cls.env, cls.companies, cls.sale_a1).load(cls.found)
        cls.by_partner = {history.partner_id: history for history in cls.found}
        cls.ids = list(cls.by_partner)

    @classmethod
    def _close(cls):
        """Tet for the first company, in leaves that begin and end within a day as people enter them."""
        cls.env["resource.calendar.leaves"].search([("resource_id", "=", False)]).unlink()
        for day in CLOSED:
            cls.env["resource.calendar.leaves"].create(
                {
                    "name": "Tet",
                    "company_id": cls.company.id,
                    "calendar_id": cls.company.resource_calendar_id.id,
                    "date_from": cls.at(cls, day, 1),
                    "date_to": cls.at(cls, day, 22),
                }
            )

    def index(self, company_id):
        return [company.id for company in self.companies].index(company_id)

    def expected(self, row, today=TODAY):
        company = self.index(row["company_id"])
        customer = histories.tell(self.by_partner[row["partner_id"]], company)
        return oracle.profile(customer, company, CALENDARS[company], today)

    def differences(self, rows, names, today=TODAY):
        """``{column: [(history, ours, the oracle's)]}`` of the rows."""
        found = {}
        for row in rows:
            expected = self.expected(row, today)
            for name in names:
                ours, theirs = self.value(row[name]), self.value(expected[name])
                if ours != theirs:
                    found.setdefault(name, []).append(
                        (self.by_partner[row["partner_id"]], row["company_id"], ours, theirs)
                    )
        return found

    @staticmethod
    def value(value):
        if value is None or isinstance(value, (str, date, bool)):
            return value
        return round(float(value), 6)

    def assertAgree(self, rows, names, today=TODAY):
        found = self.differences(rows, names, today)
        told = [
            f"{name}: {len(cases)} differ, e.g. engine {cases[0][2]} oracle {cases[0][3]} "
            f"(company {cases[0][1]}) {cases[0][0]}"
            for name, cases in found.items()
        ]
        self.assertFalse(found, "\n".join(told))

    def rows_on(self, today, ids=None):
        return refresh.compute(self.env, ids or self.ids, today)

    def with_codes(self, rows):
        codes = {level.id: level.code for level in self.env["incom.approach.level"].search([])}
        return [
            {
                **row,
                "level_code": codes[row["approach_level_computed_id"]],
                "effective_code": codes[row["approach_level_id"]],
            }
            for row in rows
        ]

    # -- agreement ------------------------------------------------------------------------------------

    def test_every_column_and_status_today(self):
        rows = self.with_codes(self.rows_on(TODAY))
        self.assertGreaterEqual(len(rows), COUNT)
        self.assertEqual({row["partner_id"] for row in rows}, set(self.ids))
        self.assertAgree(rows, [*COMPARED, "level_code", "effective_code"])
        self.assertBuckets(rows)

    def assertBuckets(self, rows):
        days = {cycle.id: cycle.days for cycle in self.env["incom.purchase.cycle"].search([])}
        for row in rows:
            self.assertEqual(days.get(row["purchase_cycle_id"]), self.expected(row)["bucket"], row)

    def test_statuses_from_the_flip_dates(self):
        refresh.refresh(self.env, self.ids, TODAY)
        today = SQL("%s::date", TODAY)
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT p.partner_id, p.company_id, %s AS purchase_status, %s AS care_alert
                     FROM incom_customer_profile p WHERE partner_id = ANY(%s)""",
                status.purchase_status("p", today),
                status.care_alert("p", today),
                self.ids,
            )
        )
        self.assertAgree(rows, ["purchase_status", "care_alert"])

    def test_past_days(self):
        for age in (1, 17, 90, 411, 800):
            day = TODAY - timedelta(days=age)
            with self.subTest(day=day):
                self.assertAgree(self.rows_on(day), RECOMPUTED, day)

    def test_nothing_is_left_out(self):
        """The random customers meet every word of the definitions, so agreement is no accident."""
        seen = {}
        for history in self.found:
            for company in (0, 1):
                row = oracle.profile(
                    histories.tell(history, company), company, CALENDARS[company], TODAY
                )
                for name in (
                    "level_code",
                    "effective_code",
                    "purchase_cycle_evidence",
                    "purchase_status",
                    "care_alert",
                    "bucket",
                ):
                    seen.setdefault(name, Counter())[row[name]] += 1
        wanted = {
            "level_code": set(oracle.STAGES),
            "effective_code": set(oracle.STAGES),
            "purchase_cycle_evidence": {"none", "provisional", "confirmed", "pinned"},
            "purchase_status": {"never", "in_cycle", "due", "late", "stopped"},
            "care_alert": {"ok", "needs_care", "missed", "neglected"},
            "bucket": {None, 14, 21, 30, 60, 90, 180, 365},
        }
        for name, values in wanted.items():
            for value in values:
                with self.subTest(column=name, value=value):
                    self.assertGreaterEqual(seen[name][value], 5)

    # -- one, some, all ----------------------------------------------------------------------------

    def stored(self):
        rows = self.env.execute_query_dict(
            SQL("SELECT * FROM incom_customer_profile WHERE partner_id = ANY(%s)", self.ids)
        )
        for row in rows:
            row.pop("id")
        return {(row["partner_id"], row["company_id"]): row for row in rows}

    def test_single_batch_and_rebuild_agree(self):
        refresh.refresh(self.env, None, TODAY)
        rebuilt = self.stored()
        self.assertEqual(refresh.refresh(self.env, None, TODAY), 0, "a second run writes nothing")
        self.env.cr.execute(
            "DELETE FROM incom_customer_profile WHERE partner_id = ANY(%s)", [self.ids]
        )
        for start in range(0, COUNT, 700):
            refresh.refresh(self.env, self.ids[start : start + 700], TODAY)
        self.assertEqual(self.stored(), rebuilt)
        singles = self.ids[::40]
        self.env.cr.execute(
            "DELETE FROM incom_customer_profile WHERE partner_id = ANY(%s)", [singles]
        )
        for partner_id in singles:
            refresh.refresh(self.env, [partner_id], TODAY)
        self.assertEqual(self.stored(), rebuilt)

    def test_rows_hold_until_their_next_flip(self):
        refresh.refresh(self.env, self.ids, TODAY)
        before = self.stored()
        for ahead in (1, 3, 12, 31, 61, 92):
            day = TODAY + timedelta(days=ahead)
            moved = []
            for row in self.rows_on(day):
                old = before[row["partner_id"], row["company_id"]]
                if old["next_flip"] is None or old["next_flip"] > day:
                    changed = [name for name in refresh.VALUES if row[name] != old[name]]
                    if changed:
                        moved.append((row["partner_id"], changed, old["next_flip"]))
            with self.subTest(day=day):
                self.assertFalse(moved[:3])
