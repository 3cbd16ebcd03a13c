import random
from collections import Counter
from datetime import date, timedelta

from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL

from ..engine import refresh, status
from . import oracle
from .histories import random_customers
from .history_compare import PAST_FIELDS, Report
from .history_loader import HistoryLoader
from .history_world import NOW, WORLD, today
from .oracle.level import STAGES
from .oracle.purchases import Purchases
from .oracle.records import Reference
from .oracle.reference import chance, class_cuts, industry_medians, samples, survival

COUNT = 2200
PAST_DAYS = (
    *(date(2026, 3, 8), date(2026, 2, 20), date(2026, 1, 2), date(2025, 10, 31)),
    *(date(2024, 2, 29), date(2022, 6, 30)),
)
# Each is met by at least twenty rows.
MET = {
    "approach_level": STAGES,
    "approach_level_computed": STAGES,
    "approach_stage": ("before", "buying", "lapsed", None),
    "purchase_cycle_evidence": ("none", "estimated", "provisional", "confirmed", "pinned"),
    "purchase_cycle": (14, 21, 30, 60, 90, 180, 365, None),
    "purchase_status": ("never", "in_cycle", "due", "late", "stopped"),
    "purchase_count": range(10),
    "customer_class": ("a", "b", "c", None),
    "care_alert": ("ok", "needs_care", "missed", "neglected"),
    "reasons": (
        *("neglected_silence", "missed_silence", "missed_activity", "missed_message"),
        *("missed_window", "needs_care_silence", "needs_care_activity", "needs_care_window"),
        *("needs_care_birthday", "needs_care_trigger"),
    ),
    "trigger": (*range(len(WORLD.triggers)), None),
}


@tagged("post_install", "-at_install")
class TestEngineOracle(TransactionCase):
    """The engine's SQL against the definitions in plain Python, on random histories."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = random_customers(COUNT)
        cls.loader = HistoryLoader(cls.env)
        cls.loader.load(cls.customers)
        cls.number = {number: place for place, number in enumerate(cls.loader.ids)}
        cls.today = {key: today(company) for key, company in WORLD.companies.items()}
        with freeze_time(NOW):
            refresh.refresh(cls.env)
        cls.references = cls._references()
        cls.expected = cls._expected(cls.today)

    # -- both sides ----------------------------------------------------------------------------------

    @classmethod
    def _references(cls):
        """Class cuts and cycles of industries by the oracle, from all its rows."""
        rows = cls._expected(cls.today, dict.fromkeys(WORLD.companies, Reference()))
        references = {}
        for key in WORLD.companies:
            own = [row for row in rows.values() if row["company"] == key]
            cycles = industry_medians(
                (row["industry"], row["purchase_cycle_evidence"], row["purchase_cycle_days"])
                for row in own
            )
            references[key] = Reference(*class_cuts(row["revenue_12m"] for row in own), cycles)
        return references

    @classmethod
    def _expected(cls, days, references=None):
        """The oracle's rows: ``{(place of the customer, company): row}``."""
        references = references or cls.references
        return {
            (place, key): oracle.profile(
                customer, WORLD.companies[key], days[key], WORLD, references[key]
            )
            for place, customer in enumerate(cls.customers)
            for key in oracle.companies(customer, WORLD)
        }

    def _found(self, days):
        """The engine's stored rows with both statuses on these days, in the same shape."""
        cases = [
            SQL("WHEN %s THEN %s::date", self.loader.companies[key], day)
            for key, day in days.items()
        ]
        day = SQL("CASE p.company_id %s END", SQL(" ").join(cases))
        reasons = status.care_reasons("p", day)
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT p.*, %s AS purchase_status, %s AS care_alert,
                          array_remove(ARRAY[%s], NULL) AS reasons
                     FROM incom_customer_profile p""",
                status.purchase_status("p", day),
                status.care_alert("p", day),
                SQL(", ").join(
                    SQL("CASE WHEN %s THEN %s END", condition, reason)
                    for reason, condition in reasons.items()
                ),
            )
        )
        return self._decoded(rows)

    def _decoded(self, rows):
        rows = map(self.loader.decode, rows)
        return {(self.number[row["partner_id"]], row["company"]): row for row in rows}

    def _compare(self, expected, found, names=None):
        self.assertEqual(expected.keys(), found.keys(), "customers and companies with a row")
        report = Report()
        for key, row in expected.items():
            title = f"customer {key[0]} in company {key[1]}"
            report.add(title, self.customers[key[0]], row, found[key], names or row.keys())
        if report.counts:
            self.fail(str(report))

    # -- agreement -----------------------------------------------------------------------------------

    def test_all_fields_today(self):
        self._compare(self.expected, self._found(self.today))

    def test_preview(self):
        """Whom each trigger alone asks for today: in the stored rows, whichever asks first there."""
        expected = {
            key: oracle.due_triggers(
                self.customers[key[0]],
                WORLD.companies[key[1]],
                self.today[key[1]],
                WORLD,
                self.references[key[1]],
            )
            for key in self.expected
        }
        profiles = self.env["incom.customer.profile"]
        keys = {number: key for key, number in self.loader.companies.items()}
        with freeze_time(NOW):
            for place, trigger in enumerate(self.loader.settings.triggers):
                found = profiles.search(trigger._due_domain())
                with self.subTest(trigger=place):
                    self.assertEqual(
                        {
                            (self.number[row.partner_id.id], keys[row.company_id.id])
                            for row in found
                        },
                        {key for key, due in expected.items() if place in due},
                    )

    def test_past_days(self):
        """What can be worked out again from today's records; the reference of a past day is not kept."""
        for day in PAST_DAYS:
            days = dict.fromkeys(WORLD.companies, day)
            with self.subTest(day=day):
                refresh.refresh(self.env, self.loader.ids, day)
                expected = self._expected(days, dict.fromkeys(days, Reference()))
                self._compare(expected, self._found(days), PAST_FIELDS)

    def test_days_to_come(self):
        """With nothing new, every field on a later day: purchases, pins and quotations run out."""
        for day in self._later(1, 7, 31, 90, 718):
            days = dict.fromkeys(WORLD.companies, day)
            with self.subTest(day=day):
                refresh.refresh(self.env, self.loader.ids, day)
                self._compare(self._expected(days), self._found(days))

    def _later(self, *ahead):
        return [max(self.today.values()) + timedelta(days=days) for days in ahead]

    def test_references(self):
        """Class cuts, cycles of industries and curves of the day, from all customers of a company."""
        for key, company in self.loader.companies.items():
            data = dict(
                self.env.execute_query(
                    SQL(
                        "SELECT kind, data FROM incom_customer_reference WHERE company_id = %s AND date = %s",
                        company,
                        self.today[key],
                    )
                )
            )
            expected = self.references[key]
            with self.subTest(company=key):
                cuts = data["class_cuts"]
                self.assertEqual(
                    (cuts["a"], cuts["b"]), (float(expected.class_a), float(expected.class_b))
                )
                industries = self.loader.settings.industries
                self.assertEqual(
                    data["industry_cycle"],
                    {str(industries[name].id): float(c) for name, c in expected.cycles.items()},
                )

    def test_chance(self):
        """The company's survival curve, and from it the chance of every customer."""
        with freeze_time(NOW):
            refresh.store_references(self.env)
            found = self._chances()
        differing = [
            (self.customers[place], key, days, expected, found[place, key][days])
            for key in WORLD.companies
            for place, days, expected in self._expected_chances(key)
            if not close(expected, found[place, key][days])
        ]
        self.assertFalse(differing[:3])

    def _expected_chances(self, key):
        """``(place of the customer, days, chance)`` by the oracle's curve of a company."""
        purchases = {
            place: Purchases(customer, WORLD.companies[key], self.today[key], WORLD)
            for place, customer in enumerate(self.customers)
            if (place, key) in self.expected
        }
        taken = [samples(one) for one in purchases.values()]
        ended = [ratio for gaps, _silence in taken for ratio in gaps]
        curve = survival(ended, [ratio for _gaps, silence in taken for ratio in silence])
        for place, one in purchases.items():
            for days in (7, 90):
                yield place, days, chance(one, curve, days)

    def _chances(self):
        """``{(place, company): {days: chance}}`` of the stored rows."""
        profiles = self.env["incom.customer.profile"].search([])
        keys = {number: key for key, number in self.loader.companies.items()}
        return {
            (self.number[profile.partner_id.id], keys[profile.company_id.id]): dict(
                zip((7, 90), values, strict=True)
            )
            for profile, values in (
                (profiles.browse(number), values)
                for number, values in profiles._read_expressions(
                    ["order_chance", "return_chance"]
                ).items()
            )
        }

    # -- one, some, all ------------------------------------------------------------------------------

    def _stored(self):
        rows = self.env.execute_query_dict(SQL("SELECT * FROM incom_customer_profile"))
        for row in rows:
            row.pop("id")
        return {(row["partner_id"], row["company_id"]): row for row in rows}

    def test_rebuild_batch_and_single_agree(self):
        with freeze_time(NOW):
            rebuilt = self._stored()
            self.assertEqual(refresh.refresh(self.env), 0, "a second rebuild writes nothing")
            shuffled = random.Random(5).sample(self.loader.ids, len(self.loader.ids))
            self.env.cr.execute("DELETE FROM incom_customer_profile")
            for start in range(0, len(shuffled), 700):
                refresh.refresh(self.env, shuffled[start : start + 700])
            self.assertEqual(self._stored(), rebuilt)
            singles = shuffled[:60]
            self.env.cr.execute(
                SQL("DELETE FROM incom_customer_profile WHERE partner_id = ANY(%s)", singles)
            )
            for number in singles:
                refresh.refresh(self.env, [number])
            self.assertEqual(self._stored(), rebuilt)

    # -- the days between refreshes ------------------------------------------------------------------

    def _is_past(self, place):
        """The diary takes no contact of tomorrow; one that got in counts from a refresh on its day."""
        return all(contact.at <= NOW for contact in self.customers[place].interactions)

    def test_statuses_hold_until_the_next_flip(self):
        """Statuses are read from flip dates: on any day before ``next_flip`` without a refresh."""
        for day in self._later(1, 2, 5, 14, 40, 90):
            days = dict.fromkeys(WORLD.companies, day)
            found = self._found(days)
            kept = {
                key: row
                for key, row in found.items()
                if not reached(row["next_flip"], day) and self._is_past(key[0])
            }
            expected = {key: row for key, row in self._expected(days).items() if key in kept}
            with self.subTest(day=day):
                self._compare(expected, kept, ("purchase_status", "care_alert", "reasons"))

    def test_rows_hold_until_the_next_flip(self):
        """The first future day on which a stored value may change: before it nothing does."""
        before = self._stored()
        for day in self._later(1, 2, 5, 14, 40, 90):
            moved = []
            for row in refresh.compute(self.env, self.loader.ids, day):
                old = before[row["partner_id"], row["company_id"]]
                changed = [name for name in row if name != "next_flip" and row[name] != old[name]]
                place = self.number[row["partner_id"]]
                if changed and not reached(old["next_flip"], day) and self._is_past(place):
                    moved.append((self.customers[place], changed))
            with self.subTest(day=day):
                self.assertFalse(moved[:3])

    # -- what was met --------------------------------------------------------------------------------

    def test_nothing_is_left_out(self):
        """The random customers meet every word of the definitions, so agreement is no accident."""
        seen = {name: Counter() for name in MET}
        for row in self.expected.values():
            for name, counter in seen.items():
                counter.update(row[name] if name == "reasons" else [row[name]])
        self.assertGreaterEqual(len(self.customers), COUNT)
        for name, values in MET.items():
            for value in values:
                with self.subTest(field=name, value=value):
                    self.assertGreaterEqual(seen[name][value], 20)
        for name in self.expected[next(iter(self.expected))]:
            with self.subTest(field=name):
                values = {str(row[name]) for row in self.expected.values()}
                self.assertGreater(len(values), 1, "the same everywhere")


def close(expected, found):
    """Chances agree to four decimals."""
    if expected is None or found is None:
        return expected is found
    return abs(float(expected) - found) < 5e-5


def reached(day, today):
    return day is not None and day <= today
