from datetime import datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from odoo import Command, fields
from odoo.tests import tagged

from .common import TZ, IncomCrmCommon

OUTCOMES = ("planned", "held", "not_held", "cancelled")
TYPES = ("intro", "opportunity", "incident", "demo", "delivery", "other", None)
FAR_ZONE = "America/Los_Angeles"


class MeetingCommon(IncomCrmCommon):
    """Meetings in one line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.types = {kind.code: kind for kind in cls.env["incom.meeting.type"].search([])}
        cls.customer = cls.env["res.partner"].create(
            {"name": "Customer", "is_company": True, "user_id": cls.sale_a1.id}
        )
        cls.contact = cls.env["res.partner"].create({"name": "Buyer", "parent_id": cls.customer.id})
        cls.stranger = cls.env["res.partner"].create({"name": "Printer's technician"})

    def setUp(self):
        super().setUp()
        self.commit()

    def make_meeting(self, start, user=None, guests=None, kind=None, outcome="planned", **values):
        """A meeting of an hour from a UTC moment on, by default with the customer's contact."""
        user = user or self.sale_a1
        guests = self.contact if guests is None else guests
        return self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": user.id,
                "partner_ids": [Command.set((user.partner_id | guests).ids)],
                "meeting_type_id": self.types[kind].id if kind else False,
                "meeting_outcome": outcome,
                **values,
            }
        )


@tagged("post_install", "-at_install")
class TestMeetingFigures(MeetingCommon):
    """Domains, ratio and report against a count by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.abroad = cls.env["res.company"].create({"name": "Branch abroad", "incom_tz": FAR_ZONE})
        cls.sale_abroad = cls._user("sale_abroad", "sales_team.group_sale_salesman")
        cls.sale_abroad.write(
            {
                "company_ids": [Command.set(cls.abroad.ids)],
                "company_id": cls.abroad.id,
                "crm_manager_id": cls.leader_a.id,
            }
        )
        cls.former_customer = cls.env["res.partner"].create(
            {"name": "Gone", "is_company": True, "user_id": cls.sale_a1.id, "active": False}
        )
        cls.lead = cls.env["crm.lead"].create({"name": "Without a contact", "type": "opportunity"})
        cls.order = cls.env["sale.order"].create({"partner_id": cls.contact.id})

    def ratio(self, user, first=None, last=None, viewer=None):
        events = self.env["calendar.event"].with_user(viewer or user)
        period = (first or self.days_ago(30), last or self.today)
        return events._incom_ratio(user.ids, *period)[user.id]

    def held(self, *kinds):
        for kind in kinds:
            self.make_meeting(self.at(self.days_ago(3)), kind=kind, outcome="held")

    # -- what a customer meeting is ---------------------------------------------------------------

    def link_to(self, record):
        model = self.env["ir.model"]._get(record._name)
        return {"res_model_id": model.id, "res_id": record.id}

    def test_customer_meetings(self):
        moment = self.at(self.days_ago(1))
        none = self.env["res.partner"]
        cases = {
            "guest": ({}, True),
            "the customer itself": ({"guests": self.customer}, True),
            "stranger": ({"guests": self.stranger}, False),
            "nobody": ({"guests": none}, False),
            "colleague": ({"guests": self.sale_a2.partner_id}, False),
            "archived customer": ({"guests": self.former_customer}, False),
            "lead": ({"guests": none, "opportunity_id": self.lead.id}, True),
            "document lead": ({"guests": none, **self.link_to(self.lead)}, True),
            "order": ({"guests": none, **self.link_to(self.order)}, True),
            "document customer": ({"guests": none, **self.link_to(self.contact)}, True),
            "document stranger": ({"guests": none, **self.link_to(self.stranger)}, False),
            "other document": ({"guests": none, **self.link_to(self.product)}, False),
        }
        events = self.env["calendar.event"]
        for name, (values, expected) in cases.items():
            event = self.make_meeting(moment, **values)
            with self.subTest(name):
                self.assertEqual(event.is_customer_meeting, expected)
                found = events.search([("id", "=", event.id), ("is_customer_meeting", "=", True)])
                self.assertEqual(bool(found), expected)
                other = events.search([("id", "=", event.id), ("is_customer_meeting", "=", False)])
                self.assertEqual(bool(other), not expected)

    # -- days -------------------------------------------------------------------------------------

    def test_day_around_midnight(self):
        """23:30 in Viet Nam is the same day there, 00:30 the next; a colleague abroad has his own days."""
        day = self.days_ago(5)
        midnight = self.at(day, 0)
        for minutes, user, expected in (
            (-30, self.sale_a1, day - timedelta(days=1)),
            (30, self.sale_a1, day),
            (30, self.sale_abroad, day - timedelta(days=1)),
        ):
            event = self.make_meeting(midnight + timedelta(minutes=minutes), user)
            self.assertEqual(event.meeting_day, expected)
            self.assert_on_day(event, expected)

    def test_day_of_all_day_meeting(self):
        day = self.days_ago(5)
        values = {"allday": True, "start_date": day, "stop_date": day}
        for user in (self.sale_a1, self.sale_abroad):
            event = self.make_meeting(self.at(day, 12), user, **values)
            self.assertEqual(event.meeting_day, day)
            self.assert_on_day(event, day)

    def assert_on_day(self, event, day):
        events = self.env["calendar.event"]
        for operator, shift, expected in (
            (">=", 0, True),
            (">", 0, False),
            ("<=", 0, True),
            ("<", 0, False),
            (">=", 1, False),
            ("<=", -1, False),
        ):
            bound = fields.Date.to_string(day + timedelta(days=shift))
            domain = [("id", "=", event.id), ("meeting_day", operator, bound)]
            self.assertEqual(bool(events.search(domain)), expected, (operator, shift))

    # -- the ratio --------------------------------------------------------------------------------

    def test_ratio(self):
        self.held("opportunity", "opportunity", "opportunity", "demo", "demo", None)
        for kind, outcome in (
            ("opportunity", "not_held"),
            ("opportunity", "planned"),
            ("demo", "cancelled"),
        ):
            self.make_meeting(self.at(self.days_ago(3)), kind=kind, outcome=outcome)
        self.make_meeting(
            self.at(self.days_ago(3)), guests=self.stranger, kind="demo", outcome="held"
        )
        self.assertEqual(
            self.ratio(self.sale_a1),
            {"held": 5, "opportunity": 3, "untyped": 1, "ratio": 0.6, "band": "green"},
        )

    def test_bands(self):
        limits = {
            (2, 4): "few",
            (0, 0): "few",
            (3, 6): "green",
            (6, 10): "green",
            (4, 10): "yellow",
            (7, 10): "yellow",
            (49, 100): "yellow",
            (61, 100): "yellow",
            (39, 100): "red",
            (71, 100): "red",
            (0, 5): "red",
        }
        events = self.env["calendar.event"]
        for (opportunity, held), band in limits.items():
            judged = events._ratio(held, opportunity, 0)
            self.assertEqual(judged["band"], band, (opportunity, held))
        self.assertIsNone(events._ratio(0, 0, 3)["ratio"])

    def test_legend_of_the_ratio_follows_the_parameters(self):
        self.env.ref("incom_crm.parameter_meeting_ratio_green_from").value = 0.45
        described = self.env["incom.meeting.report"].fields_get(["opportunity_ratio"], ["string"])
        self.assertIn("45 to 60", described["opportunity_ratio"]["string"])

    def test_types_of_a_company_count_by_their_code(self):
        own = self.env["incom.meeting.type"].create({"name": "Price talk", "code": "opportunity"})
        event = self.make_meeting(self.at(self.days_ago(3)), kind="demo", outcome="held")
        event.meeting_type_id = own
        self.assertEqual(self.ratio(self.sale_a1)["opportunity"], 1)

    def test_ratio_is_one_query(self):
        self.held("opportunity", "demo")
        users = self.sale_a1 | self.sale_a2 | self.sale_b1
        events = self.env["calendar.event"].with_user(self.director)
        period = (self.days_ago(30), self.today)
        events._incom_ratio(users.ids, *period)
        self.env.flush_all()
        with self.assertQueryCount(1):
            events._incom_ratio(users.ids, *period)

    def test_ratio_of_a_colleague_cannot_be_learnt(self):
        """Nor from meetings to which one was invited."""
        self.env["incom.isolation"]._switch(True)
        self.held(*["opportunity"] * 5)
        invited = self.make_meeting(self.at(self.days_ago(2)), kind="demo", outcome="held")
        invited.partner_ids |= self.sale_a2.partner_id
        nothing = {"held": 0, "opportunity": 0, "untyped": 0, "ratio": None, "band": "few"}
        self.assertEqual(self.ratio(self.sale_a1, viewer=self.sale_a2), nothing)
        self.assertEqual(self.ratio(self.sale_a1, viewer=self.leader_b), nothing)
        for viewer in (self.sale_a1, self.leader_a, self.director):
            self.assertEqual(self.ratio(self.sale_a1, viewer=viewer)["held"], 6)

    # -- everything at once -----------------------------------------------------------------------

    def test_random_meetings(self):
        """Domains, ratio and report agree with a count that knows only what was entered."""
        random = Random(4)
        known = [self._random_meeting(random) for _number in range(90)]
        known += self._recurring_meetings()
        self.env.flush_all()
        users = self.sale_a1 | self.sale_a2 | self.sale_abroad
        for first_age, last_age in ((30, 0), (9, 9), (21, 12), (2, -10)):
            period = (self.days_ago(first_age), self.days_ago(last_age))
            with self.subTest(period=period):
                self._compare(known, users, period)

    def _compare(self, known, users, period):
        events = self.env["calendar.event"].with_user(self.director)
        ratios = events._incom_ratio(users.ids, *period)
        for user in users:
            expected = _count(known, user, period)
            for name, domain in (
                ("held", events._incom_held_domain(user.ids, *period)),
                ("opportunity", events._incom_opportunity_domain(user.ids, *period)),
                ("untyped", events._incom_untyped_domain(user.ids, *period)),
            ):
                self.assertEqual(ratios[user.id][name], expected[name], (user.login, name))
                self.assertEqual(events.search_count(domain), expected[name], (user.login, name))
        self._compare_report(known, users, period)

    def _compare_report(self, known, users, period):
        """The average of the ratio is right over everybody, whatever one groups by."""
        report = self.env["incom.meeting.report"].with_user(self.director)
        domain = [
            ("user_id", "in", users.ids),
            ("day", ">=", period[0]),
            ("day", "<=", period[1]),
        ]
        counts = [_count(known, user, period) for user in users]
        held = sum(count["held"] for count in counts)
        opportunity = sum(count["opportunity"] for count in counts)
        (ratio,) = report._read_group(domain, [], ["opportunity_ratio:avg"])[0]
        self.assertAlmostEqual(ratio or 0, 100 * opportunity / held if held else 0)
        for groupby in ("user_id", "day:month", "team_id", "meeting_type_id", "meeting_outcome"):
            for _group, *numbers in report._read_group(
                domain,
                [groupby],
                ["opportunity_ratio:avg", "held_count:sum", "opportunity_count:sum"],
            ):
                average, of, part = numbers
                self.assertAlmostEqual(average or 0, 100 * part / of if of else 0)

    def _random_meeting(self, random):
        zone, user = random.choice(
            [(TZ, self.sale_a1), (TZ, self.sale_a2), (FAR_ZONE, self.sale_abroad)]
        )
        day = self.days_ago(random.randint(-12, 35))
        hour, minute = random.choice([(23, 50), (0, 5), (9, 0), (17, 30)])
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
        guests, is_customer = random.choice(
            [(self.contact, True), (self.customer, True), (self.stranger, False)]
            + [(self.contact | self.stranger, True), (self.former_customer, False)]
        )
        values = {
            "kind": random.choice(TYPES),
            "outcome": random.choice((*OUTCOMES, "held", "held")),
            "active": random.random() > 0.1,
            "privacy": random.choice((False, "public", "private")),
        }
        if random.random() < 0.2:
            values.update(allday=True, start_date=day, stop_date=day)
        if random.random() < 0.1:
            values["opportunity_id"], is_customer = self.lead.id, True
        start = local.astimezone(timezone.utc).replace(tzinfo=None)
        self.make_meeting(start, user, guests, **values)
        return {"user": user, "day": day, "is_customer": is_customer, **values}

    def _recurring_meetings(self):
        """Four weeks, of which the second is not held; each is a meeting of its own."""
        first = self.make_meeting(
            self.at(self.days_ago(28)),
            kind="opportunity",
            recurrency=True,
            rrule_type="weekly",
            **{self.days_ago(28).strftime("%a").lower(): True},
            end_type="count",
            count=4,
        )
        occurrences = first.recurrence_id.calendar_event_ids.sorted("start")
        self.assertEqual(len(occurrences), 4)
        known = []
        for number, event in enumerate(occurrences):
            event.meeting_outcome = "not_held" if number == 1 else "held"
            day = self.days_ago(28 - 7 * number)
            known.append(
                {
                    "user": self.sale_a1,
                    "day": day,
                    "is_customer": True,
                    "kind": "opportunity",
                    "outcome": event.meeting_outcome,
                    "active": True,
                }
            )
        return known


def _count(known, user, period):
    held = [
        meeting
        for meeting in known
        if meeting["user"] == user
        and meeting["is_customer"]
        and meeting["active"]
        and meeting["outcome"] == "held"
        and period[0] <= meeting["day"] <= period[1]
    ]
    typed = [meeting["kind"] for meeting in held if meeting["kind"]]
    return {
        "held": len(typed),
        "opportunity": typed.count("opportunity"),
        "untyped": len(held) - len(typed),
    }
