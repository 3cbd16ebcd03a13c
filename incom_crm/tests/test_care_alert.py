from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..engine.alerts import asked_for, split
from ..models.care import care_alert_job
from ..models.care.care_alert import REASONS
from .care_alert_case import CareAlertCase


@tagged("post_install", "-at_install")
class TestCareAlert(CareAlertCase):
    def test_activity(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        self.assertEqual(
            (alert.state, alert.reason, alert.care_alert), ("open", "silence", "neglected")
        )
        self.assertEqual((alert.user_id, alert.company_id), (self.sale_a1, self.company))
        activity = alert.activity_id
        self.assertEqual(activity.user_id, self.sale_a1)
        self.assertEqual((activity.res_model, activity.res_id), ("res.partner", customer.id))
        self.assertEqual(activity.date_deadline, self.today)
        self.assertEqual(activity.summary, "Neglected: no contact for 365 days, 30 allowed")
        self.assertIn("never bought", activity.note)

    def test_nobody_is_written_to_and_nobody_follows(self):
        customer = self.neglect()
        messages = self.env["mail.message"].search_count([])
        mails = self.env["mail.mail"].search_count([])
        followers = customer.message_partner_ids
        with self.mail_enabled():
            self.run_job()
        self.assertTrue(self.live(customer))
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(customer.message_partner_ids, followers)

    def test_words_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.sale_a1.lang = "vi_VN"
        mine, other = self.neglect(), self.neglect(user=self.sale_a2)
        with patch.object(
            type(self.env["incom.customer.profile"]),
            "_explain_reason",
            lambda profile, reason, days: f"{reason} in {profile.env.lang}",
        ):
            self.run_job()
        self.assertIn("neglected_silence in vi_VN", self.live(mine).activity_id.summary)
        self.assertIn("neglected_silence in en_US", self.live(other).activity_id.summary)

    def test_runs_in_a_row_change_nothing(self):
        for number in range(3):
            self.neglect(f"Silent {number}")
        self.run_job()
        before = self.stored()
        self.assertEqual(len(before[1]), 3)
        for _run in range(3):
            self.run_job()
        self.assertEqual(self.stored(), before)

    def test_killed_half_way(self):
        """What is committed stays; the next run does the rest."""
        customers = [self.neglect(user=user) for user in (self.sale_a1, self.sale_a2, self.sale_b1)]
        with patch.object(care_alert_job, "PEOPLE_AT_A_TIME", 1):
            self.run_job(stop_after=1)
            self.assertEqual(len(self.live_of(customers)), 1)
            before = self.live_of(customers)
            self.run_job()
        self.assertEqual(len(self.live_of(customers)), 3)
        self.assertLess(before, self.live_of(customers))

    def test_fifteen_of_forty_the_worst_first(self):
        neglected = [self.neglect(f"Silent {number}") for number in range(10)]
        missed = []
        for number in range(30):
            customer = self.make_customer(f"Quiet {number}")
            self.make_interaction(customer, self.days_ago(20))
            self.make_order(customer, self.days_ago(20), state="draft", amount=100.0 + number)
            missed.append(customer)
        self.run_job()
        alerts = self.alerts.search([("user_id", "=", self.sale_a1.id)])
        self.assertEqual(len(alerts), 15)
        self.assertEqual(len(self.open_activities(self.sale_a1)), 15)
        self.assertLess({customer.id for customer in neglected}, set(alerts.partner_id.ids))
        worth_most = {customer.id for customer in missed[-5:]}
        self.assertLess(worth_most, set(alerts.partner_id.ids))
        waiting = [("user_id", "=", self.sale_a1.id), ("alert_waiting", "=", True)]
        self.assertEqual(self.env["incom.customer.profile"].search_count(waiting), 25)
        self.set_parameter("alert_max_open", 17)
        self.run_job()
        self.assertEqual(len(self.open_activities(self.sale_a1)), 17)
        self.assertEqual(self.env["incom.customer.profile"].search_count(waiting), 23)

    def test_none_are_made(self):
        self.set_parameter("alert_max_open", 0)
        customer = self.neglect()
        self.run_job()
        self.assertFalse(self.live(customer))

    def test_not_before_the_history_is_read(self):
        customer = self.neglect()
        self.env["ir.config_parameter"].set_param("incom_crm.backfill_below", 10)
        self.run_job()
        self.assertFalse(self.live(customer))

    def test_closed_when_the_reason_goes(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        activity = alert.activity_id
        rows = self.diary(customer)
        customer.with_user(self.sale_a1).incom_log_interaction("They want more bags")
        self.commit()
        self.assertEqual((alert.state, alert.closed_on), ("closed", self.today))
        self.assertFalse(activity.exists())
        self.assertEqual(len(self.diary(customer) - rows), 1)
        self.run_job()
        self.assertFalse(self.live(customer))

    def test_put_off(self):
        before, after = self.neglect("Before"), self.neglect("After")
        until = self.today + timedelta(days=7)
        before.with_user(self.sale_a1).incom_put_off(until, "On holiday")
        self.run_job()
        self.assertFalse(self.live(before))
        self.assertTrue(self.live(after))
        after.with_user(self.sale_a1).incom_put_off(until, "On holiday")
        self.run_job()
        self.assertFalse(self.live(after))
        self.assertFalse(self.open_activities(self.sale_a1))

    def test_alerts_are_no_reason(self):
        """An activity of the job is no open work: it would keep the alert alive by itself."""
        customer = self.neglect()
        self.run_job()
        self.env["mail.activity"].search(
            [("incom_alert_id", "!=", False)]
        ).date_deadline = self.days_ago(20)
        self.make_interaction(customer, self.today)
        self.assertEqual(self.profile(customer).care_alert, "ok")

    def test_work_due_today_is_no_second_activity(self):
        customer = self.make_customer()
        self.make_interaction(customer, self.today)
        activity = customer.activity_schedule(
            "mail.mail_activity_data_todo", self.today, "Send samples", user_id=self.sale_a1.id
        )
        self.run_job()
        self.assertFalse(self.live(customer))
        activity.date_deadline = self.days_ago(14)
        self.run_job()
        self.assertEqual(self.live(customer).reason, "activity")

    def test_every_reason_has_a_name(self):
        kinds = {split(name)[1] for name in asked_for("profile", SQL("today"))}
        self.assertLessEqual(kinds, set(dict(REASONS)))


@tagged("post_install", "-at_install")
class TestCareAlertCompanies(CareAlertCase):
    def test_one_activity_in_two_companies(self):
        other = self.env["res.company"].create({"name": "Other", "incom_tz": "Asia/Ho_Chi_Minh"})
        customer = self.neglect()
        self.make_interaction(customer, self.days_ago(300), company_id=other.id)
        self.run_job()
        self.assertEqual(self.live(customer).company_id, self.company)
        self.sale_a1.company_ids |= other
        self.run_job()
        self.assertEqual(len(self.live(customer)), 1)
        self.assertEqual(len(self.open_activities(self.sale_a1)), 1)

    def test_company_of_the_person(self):
        other = self.env["res.company"].create({"name": "Other", "incom_tz": "Asia/Ho_Chi_Minh"})
        customer = self.make_customer(company_id=other.id)
        self.make_interaction(customer, self.days_ago(300), company_id=other.id)
        self.run_job()
        self.assertFalse(self.live(customer))
        self.sale_a1.company_ids |= other
        self.run_job()
        self.assertEqual(self.live(customer).company_id, other)


@tagged("post_install", "-at_install")
class TestCareAlertIsolation(CareAlertCase):
    def sees(self, user, alert):
        alerts = self.alerts.with_user(user).search([("id", "=", alert.id)])
        activities = (
            self.env["mail.activity"].with_user(user).search([("incom_alert_id", "=", alert.id)])
        )
        self.assertEqual(bool(alerts), bool(activities), user.login)
        return bool(alerts)

    def test_on(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        for user in (self.sale_a1, self.leader_a, self.director):
            self.assertTrue(self.sees(user, alert), user.login)
        for user in (self.sale_a2, self.leader_b, self.sale_b1):
            self.assertFalse(self.sees(user, alert), user.login)
        for user in (self.office, self.accountant):
            with self.assertRaises(AccessError):
                self.alerts.with_user(user).search([])

    def test_off(self):
        self.env["incom.isolation"]._switch(False)
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        self.assertEqual(alert.user_id, self.sale_a1)
        for user in (self.sale_a1, self.sale_a2, self.leader_b):
            self.assertTrue(self.sees(user, alert), user.login)

    def test_nobody_writes(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer).with_user(self.director)
        with self.assertRaises(AccessError):
            alert.state = "closed"
        with self.assertRaises(AccessError):
            alert.unlink()


@tagged("post_install", "-at_install")
class TestCareAlertCost(CareAlertCase):
    def queries(self, count):
        """Statements of a first run and of one that changes nothing, for so many customers."""
        for number in range(count):
            self.neglect(f"Silent {number}")
        self.commit()
        spent = []
        for _run in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.run_job()
            spent.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(self.open_activities(self.sale_a1)), count)
        self.env["mail.activity"].search([("incom_alert_id", "!=", False)]).unlink()
        self.alerts.search([]).unlink()
        self.env["res.partner"].search([("name", "like", "Silent ")]).unlink()
        return spent

    def test_does_not_grow_with_the_customers(self):
        self.set_parameter("alert_max_open", 100)
        self.queries(2)
        few, many = self.queries(10), self.queries(40)
        self.assertLessEqual(many[0], few[0] + 5)
        self.assertEqual(many[1], few[1])
