from datetime import date, datetime, timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon

# Wednesday at noon in Viet Nam; the month began on a Monday.
NOW = datetime(2026, 6, 17, 5)
MONTH = date(2026, 6, 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAttainmentWork(IncomCrmCommon):
    """What people did themselves, how a target is shown, and what it costs to ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.targets = cls.env["incom.target"]
        cls.today = NOW.date()

    def meeting(self, day, user=None, outcome="held", kind="opportunity", partner=None):
        types = self.env["incom.meeting.type"]
        user = user or self.sale_a1
        start = self.at(day)
        return self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "user_id": user.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.set([user.partner_id.id, partner.id])],
                "meeting_type_id": kind and types.search([("code", "=", kind)]).id,
                "meeting_outcome": outcome,
            }
        )

    def actual(self, metric, user=None, month=MONTH):
        user = user or self.sale_a1
        found = self.targets._actuals(self.company, month, user.ids, [metric])
        return found.get((user.id, metric), 0)

    def test_meetings(self):
        customer = self.make_customer()
        self.commit()
        other = self.env["incom.meeting.type"].search([("code", "!=", "opportunity")], limit=1)
        for day in (1, 16, 17):
            self.meeting(date(2026, 6, day), partner=customer)
        self.meeting(date(2026, 6, 2), partner=customer, kind=other.code)
        self.meeting(date(2026, 6, 3), partner=customer, outcome="not_held")
        self.meeting(date(2026, 6, 3), partner=customer, kind=False)
        self.meeting(date(2026, 6, 4), partner=self.office.partner_id)
        self.meeting(date(2026, 6, 5), partner=customer, user=self.sale_a2)
        self.meeting(date(2026, 5, 31), partner=customer)
        self.meeting(date(2026, 6, 18), partner=customer)
        self.assertEqual(self.actual("meetings"), 4)
        self.assertEqual(self.actual("opportunity_meetings"), 3)
        self.assertEqual(self.actual("meetings", self.sale_a2), 1)
        self.assertEqual(self.actual("meetings", month=date(2026, 5, 9)), 1)

    def test_calls(self):
        """Answered or not, on whosever customer; cut into days where the company works."""
        customer = self.make_customer()
        others = self.make_customer(user=self.sale_b1)
        self.make_interaction(customer, date(2026, 6, 1))
        self.make_interaction(customer, date(2026, 6, 2), grade="attempt")
        self.make_interaction(others, date(2026, 6, 3), grade="two_way")
        # half past midnight of the first and of the second of June, by local time
        self.make_interaction(customer, datetime(2026, 5, 31, 17, 30))
        self.make_interaction(customer, datetime(2026, 5, 31, 16, 30))
        self.make_interaction(customer, date(2026, 6, 4), channel="visit")
        self.make_interaction(customer, date(2026, 6, 4), source_state="revoked")
        self.make_interaction(customer, date(2026, 6, 4), source_state="edited")
        self.make_interaction(customer, date(2026, 6, 4), user=self.sale_a2)
        self.make_interaction(customer, date(2026, 6, 20))
        self.assertEqual(self.actual("calls"), 5)
        self.assertEqual(self.actual("calls", month=date(2026, 5, 1)), 1)

    def test_share_and_pace(self):
        customer = self.make_customer()
        for day in range(1, 9):
            self.make_interaction(customer, date(2026, 6, day))
        target = self.targets.create(
            {"user_id": self.sale_a1.id, "metric": "calls", "value": 10, "month": MONTH}
        )
        self.assertEqual((target.actual, target.share, target.progress), (8, 0.8, 80))
        # Monday to Friday: 12 of 22 working days are over
        self.assertAlmostEqual(target.expected_share, 12 / 22)
        self.assertEqual(target.pace, "ahead")
        target.value = 20
        self.assertEqual(target.pace, "behind")
        target.value = 8
        self.assertEqual(target.pace, "reached")
        target.month = date(2026, 5, 1)
        self.assertEqual((target.actual, target.expected_share, target.pace), (0, 1, "missed"))
        target.month = date(2026, 7, 1)
        self.assertEqual((target.actual, target.expected_share, target.pace), (0, 0, "coming"))

    def test_holidays_are_no_working_days(self):
        self.close_company(date(2026, 6, 1), date(2026, 6, 5))
        target = self.targets.create(
            {"user_id": self.sale_a1.id, "metric": "calls", "value": 10, "month": MONTH}
        )
        self.assertAlmostEqual(target.expected_share, 7 / 17)

    def test_attainment_of_people(self):
        customer = self.make_customer()
        self.make_interaction(customer, date(2026, 6, 2))
        for user in (self.sale_a1, self.sale_b1):
            for metric, value in (("calls", 4), ("revenue", 1_000)):
                self.targets.create(
                    {"user_id": user.id, "metric": metric, "value": value, "month": MONTH}
                )
        people = (self.sale_a1 | self.sale_a2 | self.sale_b1).ids
        self.env.invalidate_all()
        found = self.targets.with_user(self.leader_a)._attainment(people, date(2026, 6, 9))
        self.assertEqual(
            found[self.sale_a1.id],
            [
                {"metric": "revenue", "label": "Revenue", "target": 1_000, "value": 0, "share": 0},
                {"metric": "calls", "label": "Calls", "target": 4, "value": 1, "share": 0.25},
            ],
        )
        self.assertEqual((found[self.sale_a2.id], found[self.sale_b1.id]), ([], []))

    def test_figures_of_colleagues_are_nobodys_to_know(self):
        self.make_interaction(self.make_customer(), date(2026, 6, 2))
        arguments = (self.company, MONTH, self.sale_a1.ids, ["calls"])
        for user, known in (
            (self.sale_a1, True),
            (self.leader_a, True),
            (self.director, True),
            (self.sale_a2, False),
            (self.leader_b, False),
            (self.office, False),
        ):
            with self.subTest(user=user.login):
                found = self.targets.with_user(user)._actuals(*arguments)
                self.assertEqual(bool(found), known)

    def test_costs_the_same_for_one_and_for_thirty(self):
        people = self.env["res.users"].concat(
            *(
                self._user(f"many_{number}", "sales_team.group_sale_salesman")
                for number in range(30)
            )
        )
        people.crm_manager_id = self.leader_a
        for person in people:
            for metric in self.targets._metrics():
                self.targets.create(
                    {"user_id": person.id, "metric": metric, "value": 5, "month": MONTH}
                )
        mine = self.targets.with_user(self.leader_a)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            attained = mine._attainment(some.ids, MONTH)
            self.assertEqual(sum(map(len, attained.values())), 7 * len(some))
            return self.env.cr.sql_log_count - before

        queries(people)
        one, all_of_them = queries(people[:1]), queries(people)
        self.assertEqual(one, all_of_them)
        self.assertLess(all_of_them, 25)
