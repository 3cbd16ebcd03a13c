from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.workday.figures import COUNTED, FIGURES
from .test_next_step import WorkCase


class DayCase(WorkCase):
    @property
    def reports(self):
        return self.env["incom.day.report"]

    def report(self, user, day=None):
        return self.reports.search([("user_id", "=", user.id), ("date", "=", day or self.today)])


@tagged("post_install", "-at_install")
class TestDayReport(DayCase):
    """A day of work leaves a report behind."""

    def get_day(self, user, *args):
        return self.reports.with_user(user).get_day(*args)

    def test_today(self):
        self.as_user(self.sale_a1).incom_write_down("Wants a price", outcome="answered")
        self.as_user(self.sale_a1).incom_write_down("", outcome="not_answered")
        self.as_user(self.sale_a1).incom_promise("Send samples", self.tomorrow)
        self.make_order(self.customer, self.today, 250.0, user_id=self.sale_a1.id)
        figures = self.get_day(self.sale_a1)["figures"]
        self.assertEqual(
            {name: number for name, number in figures.items() if number},
            {
                "calls": 2,
                "calls_answered": 1,
                "customers_cared": 1,
                "promises": 1,
                "quotations": 1,
                "quotation_amount": 250.0,
                "orders": 1,
                "order_amount": 250.0,
            },
        )

    def test_close_day(self):
        day = self.reports.with_user(self.sale_a1).close_day("Prices are the problem")
        self.assertTrue(day["closed"])
        self.assertEqual(day["note"], "Prices are the problem")
        report = self.report(self.sale_a1)
        report.with_user(self.sale_a1).action_reopen()
        self.assertFalse(report.closed)

    def test_help_reaches_the_superior(self):
        self.reports.with_user(self.sale_a1).close_day("", "With Bao Bi")
        report = self.report(self.sale_a1)
        self.assertTrue(report.needs_help)
        message = report.message_ids[0]
        self.assertIn(self.leader_a.partner_id, message.notified_partner_ids)
        self.assertIn("With Bao Bi", message.body)
        count = len(report.message_ids)
        self.reports.with_user(self.sale_a1).close_day("", "With Bao Bi and others")
        self.assertEqual(len(report.message_ids), count, "asked once is enough")

    def test_leader_comments_and_the_author_hears_of_it(self):
        self.get_day(self.sale_a1)
        report = self.report(self.sale_a1)
        message = report.with_user(self.leader_a).message_post(
            body="Call them again", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertIn(self.sale_a1.partner_id, message.sudo().notified_partner_ids)

    def test_who_writes_what(self):
        self.get_day(self.sale_a1)
        report = self.report(self.sale_a1)
        report.with_user(self.sale_a1).note = "Mine"
        with self.assertRaises(AccessError):
            report.with_user(self.sale_a1).calls = 99
        with self.assertRaises(AccessError):
            report.with_user(self.sale_a1).closed = True
        for user in (self.leader_a, self.director, self.sale_a2):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user).note = "Theirs"
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user).action_close()

    def test_who_sees_it(self):
        self.get_day(self.sale_a1)
        for user, sees in (
            (self.sale_a1, True),
            (self.leader_a, True),
            (self.director, True),
            (self.sale_a2, False),
            (self.leader_b, False),
        ):
            with self.subTest(user=user.login):
                reports = self.reports.with_user(user)
                self.assertEqual(bool(reports.search([("user_id", "=", self.sale_a1.id)])), sees)
                if sees:
                    self.get_day(user, self.sale_a1.id)
                else:
                    with self.assertRaises(AccessError):
                        self.get_day(user, self.sale_a1.id)

    def test_nonsense(self):
        for day in ("yesterday", 7, self.tomorrow, [self.today], "0001-01-01", True):
            with self.subTest(day=day), self.assertRaises(UserError):
                self.get_day(self.sale_a1, False, day)
        for person in ("sale_a1", [self.sale_a1.id], True, 2**40, self.portal.id):
            with self.subTest(person=person), self.assertRaises(AccessError):
                self.get_day(self.leader_a, person)
        reports = self.reports.with_user(self.sale_a1)
        for args in ((7,), (["x"],), ("x" * 3000,), ("a\0b",), ("x", 7), ("x", ["y"])):
            with self.subTest(args=args), self.assertRaises(UserError):
                reports.close_day(*args)

    def test_a_day_long_ago_is_not_ended(self):
        report = self.reports.with_user(self.sale_a1)._on(self.sale_a1, self.days_ago(9))
        with self.assertRaises(UserError):
            report.action_close()

    def test_figures_open_what_they_counted(self):
        self.as_user(self.sale_a1).incom_write_down("Wants a price", outcome="answered")
        self.make_order(self.customer, self.today, user_id=self.sale_a1.id)
        self.get_day(self.sale_a1)
        report = self.report(self.sale_a1).with_user(self.sale_a1)
        for name, figure in FIGURES.items():
            with self.subTest(figure=name):
                action = report.with_context(figure=name).action_open_figure()
                found = (
                    self.env[action["res_model"]]
                    .with_user(self.sale_a1)
                    .with_context(**action["context"])
                    .search(action["domain"])
                )
                counted = len(found.mapped(figure.each) if figure.each else found)
                self.assertEqual(counted, report[name])


@tagged("post_install", "-at_install")
class TestDaysWorked(DayCase):
    """The job, midnight, and who worked when."""

    def test_job_is_idempotent(self):
        for ago in range(5):
            self.make_interaction(self.customer, self.days_ago(ago))
        with self.enter_registry_test_mode():
            cron = self.env.ref("incom_crm.ir_cron_day_reports")
            cron.method_direct_trigger()
            self.env.invalidate_all()
            mine = self.reports.search([("user_id", "=", self.sale_a1.id)])
            self.assertEqual(mine.mapped("date"), [self.days_ago(ago) for ago in range(4)])
            self.assertEqual(mine.mapped("calls"), [1] * 4)
            before = self.reports.search([]).read(["write_date", *COUNTED])
            cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(self.reports.search([]).read(["write_date", *COUNTED]), before)

    def test_late_entry_counts_on_its_day(self):
        day = self.days_ago(20)
        self.reports.with_user(self.sale_a1)._on(self.sale_a1, day)
        self.make_interaction(self.customer, day, recorded_on=self.at(self.today), late=True)
        with self.enter_registry_test_mode():
            self.env.ref("incom_crm.ir_cron_day_reports").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.report(self.sale_a1, day).calls, 1)

    def test_midnight_is_the_companys(self):
        day = self.days_ago(2)
        for moment in (
            datetime.combine(day, datetime.min.time()) - timedelta(hours=7, seconds=1),
            datetime.combine(day, datetime.min.time()) - timedelta(hours=7),
            datetime.combine(day, datetime.min.time())
            + timedelta(hours=16, minutes=59, seconds=59),
            datetime.combine(day, datetime.min.time()) + timedelta(hours=17),
        ):
            self.make_interaction(self.customer, moment)
        calls = [
            self.reports._figures(self.sale_a1.ids, day, day)[self.sale_a1.id]["calls"]
            for day in (self.days_ago(3), self.days_ago(2), self.days_ago(1))
        ]
        self.assertEqual(calls, [1, 2, 1])

    def test_days_done(self):
        days = self.reports._working_days(self.today, 5)
        self.assertEqual((len(days), days[-1] <= self.today), (5, True))
        self.make_interaction(self.customer, days[1])
        self.reports.with_user(self.sale_a1)._on(self.sale_a1, days[3]).sudo().closed = True
        done = self.reports._days_done((self.sale_a1 | self.sale_a2).ids, self.today)
        self.assertEqual(done[self.sale_a1.id], [False, True, False, True, False])
        self.assertEqual(done[self.sale_a2.id], [False] * 5)

    def test_closed_days_are_no_working_days(self):
        days = self.reports._working_days(self.today, 2)
        self.close_company(days[0], days[0])
        self.assertNotIn(days[0], self.reports._working_days(self.today, 5))
