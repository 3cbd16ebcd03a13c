import random
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo.tests import tagged

from ..models.workday.figures import COUNTED
from .common import TZ
from .test_day_report import DayCase

UTC = ZoneInfo("UTC")
CHANNELS = ("phone", "visit", "email", "sms", "zalo", "facebook", "web", "post", "fax", "other")
MESSAGES = set(CHANNELS) - {"phone", "visit", "other"}
DAYS = 6


def local_day(moment):
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(TZ)).date()


@tagged("post_install", "-at_install")
class TestDayFigures(DayCase):
    """Figures against a count in Python that knows no SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.random = random.Random(20261124)
        cls.people = cls.sale_a1 | cls.sale_a2 | cls.sale_b1
        cls.customers = cls.customer | cls.env["res.partner"].create(
            [
                {"name": f"Random {number}", "is_company": True, "user_id": cls.sale_a1.id}
                for number in range(5)
            ]
        )

    def setUp(self):
        super().setUp()
        for _number in range(120):
            self.make_random_interaction()
        for _number in range(25):
            self.make_random_order()
        for _number in range(15):
            self.make_random_promise()

    def any_moment(self):
        """Around midnights, local and of UTC, most of all."""
        day = self.days_ago(self.random.randrange(1, DAYS + 3))
        hour = self.random.choice((0, 0, 6, 7, 12, 23, 23))
        edge = self.random.choice((0, 1, 3599, self.random.randrange(3600)))
        return self.at(day, hour) + timedelta(seconds=edge)

    def make_random_interaction(self):
        person = self.random.choice((*self.people, None))
        self.make_interaction(
            self.random.choice(self.customers),
            self.any_moment(),
            user=person,
            **({} if person else {"user_id": False, "direction": "in"}),
            channel=self.random.choice(CHANNELS),
            grade=self.random.choice(("attempt", "content", "two_way")),
            source_state=self.random.choice(("kept", "kept", "edited", "deleted", "revoked")),
            late=self.random.random() < 0.2,
            **({"activity_id": self.random.getrandbits(30)} if self.random.random() < 0.3 else {}),
        )

    def make_random_order(self):
        order = self.make_order(
            self.random.choice(self.customers),
            self.any_moment(),
            self.random.choice((0.0, 10.5, 99.99)),
            state=self.random.choice(("draft", "sent", "sale", "sale", "cancel")),
            user_id=self.random.choice(self.people).id,
        )
        self.age(order, "sale_order")

    def make_random_promise(self):
        promise = self.env["mail.activity"].browse(
            self.customer.with_user(self.sale_a1).incom_promise("Samples", self.today)
        )
        promise.user_id = self.random.choice(self.people)
        promise.active = self.random.random() < 0.5
        self.age(promise, "mail_activity")

    def age(self, record, table):
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {table} SET create_date = %s WHERE id = %s", (self.any_moment(), record.id)
        )
        record.invalidate_recordset(["create_date"])

    def counted(self, person, first, last):
        """The same, one record after the other."""
        inside = lambda moment: first <= local_day(moment) <= last  # noqa: E731
        rows = (
            self.env["incom.interaction"]
            .search([])
            .filtered(
                lambda row: (
                    row.user_id == person and row.source_state != "revoked" and inside(row.date)
                )
            )
        )
        calls = rows.filtered(lambda row: row.channel == "phone")
        care = rows.filtered(lambda row: row.grade != "attempt")
        orders = self.env["sale.order"].search([("user_id", "=", person.id)])
        made = orders.filtered(lambda o: o.state != "cancel" and inside(o.create_date))
        sold = orders.filtered(
            lambda o: o.state == "sale" and o.amount_untaxed and inside(o.date_order)
        )
        promises = (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("user_id", "=", person.id),
                    (
                        "activity_type_id",
                        "=",
                        self.env.ref("incom_crm.mail_activity_type_promise").id,
                    ),
                ]
            )
        )
        return {
            "calls": len(calls),
            "calls_answered": len(calls.filtered(lambda row: row.grade == "two_way")),
            "visits": len(care.filtered(lambda row: row.channel == "visit")),
            "messages": len(rows.filtered(lambda row: row.channel in MESSAGES)),
            "customers_cared": len(care.partner_id),
            "works_done": len(rows.filtered("activity_id")),
            "meetings_held": 0,
            "promises": len(promises.filtered(lambda activity: inside(activity.create_date))),
            "quotations": len(made),
            "quotation_amount": round(sum(made.mapped("amount_untaxed")), 2),
            "orders": len(sold),
            "order_amount": round(sum(sold.mapped("amount_untaxed")), 2),
        }

    def rounded(self, figures):
        return {name: round(float(figures[name]), 2) for name in COUNTED}

    def test_periods(self):
        for first, last in ((DAYS, 1), (3, 3), (5, 2), (1, 0)):
            period = (self.days_ago(first), self.days_ago(last))
            figures = self.reports._figures(self.people.ids, *period)
            for person in self.people:
                with self.subTest(period=period, person=person.login):
                    self.assertEqual(
                        self.rounded(figures[person.id]),
                        self.rounded(self.counted(person, *period)),
                    )

    def test_reports_of_each_day(self):
        first, last = self.days_ago(DAYS), self.today
        self.reports._refresh(first, last)
        for report in self.reports.search([("date", ">=", first)]):
            with self.subTest(day=report.date, person=report.user_id.login):
                self.assertEqual(
                    self.rounded(report),
                    self.rounded(self.counted(report.user_id, report.date, report.date)),
                )

    def test_held_meetings_are_those_of_the_ratio(self):
        events = self.env["calendar.event"]
        for outcome in ("held", "held", "not_held", "planned"):
            events.create(
                {
                    "name": "Met",
                    "start": self.at(self.days_ago(2)),
                    "stop": self.at(self.days_ago(2), 11),
                    "user_id": self.sale_a1.id,
                    "partner_ids": self.customer.ids,
                    "meeting_outcome": outcome,
                }
            )
        self.profile(self.customer)
        period = (self.days_ago(3), self.days_ago(1))
        held = events.search_count(
            ["|", *self._all(events._incom_held_domain(self.sale_a1.ids, *period))]
            + self._all(events._incom_untyped_domain(self.sale_a1.ids, *period))
        )
        figures = self.reports._figures(self.sale_a1.ids, *period)[self.sale_a1.id]
        self.assertEqual((figures["meetings_held"], held), (2, 2))

    def _all(self, conditions):
        return ["&"] * (len(conditions) - 1) + list(conditions)

    def test_as_many_queries_for_thirty(self):
        counts = []
        crowd = [
            self._user(f"crowd_{number}", "sales_team.group_sale_salesman") for number in range(30)
        ]
        many = [user.id for user in crowd]
        self.count_for(many)
        for user_ids in (many[:1], many):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.count_for(user_ids)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def count_for(self, user_ids):
        self.reports._figures(user_ids, self.days_ago(5), self.today)
        self.reports._days_done(user_ids, self.today)
