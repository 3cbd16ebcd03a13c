from datetime import timedelta

from odoo.tests import tagged

from ..engine.calendar import working_days_back
from .care_alert_case import CareAlertCase


@tagged("post_install", "-at_install")
class TestCareAlertByPeople(CareAlertCase):
    """What people do with the activities."""

    def test_attempt(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        alert.activity_id.with_user(self.sale_a1).action_done()
        self.assertEqual((alert.state, alert.attempt_count), ("attempted", 1))
        self.assertEqual(self.diary(customer)[0].grade, "attempt")
        # allowed are 30 days
        self.assertEqual(alert.rest_until, self.today + timedelta(days=15))
        self.run_job()
        self.assertEqual(self.alerts.search([("partner_id", "=", customer.id)]), alert)
        self.assertFalse(self.open_activities(self.sale_a1))
        self.assertIn(
            alert, self.alerts.with_user(self.leader_a).search([("state", "=", "attempted")])
        )

    def test_half_a_cycle_is_rounded_up(self):
        customer = self.neglect()
        self.env["incom.care.policy"].create({"name": "Often", "silence_days": 5})
        self.env["incom.customer.profile"]._refresh()
        self.run_job()
        alert = self.live(customer)
        alert.activity_id.with_user(self.sale_a1).action_done()
        self.assertEqual(alert.rest_until, self.today + timedelta(days=3))

    def test_again_after_the_rest(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        first = alert.activity_id
        first.with_user(self.sale_a1).action_done()
        alert.write({"rest_until": self.today, "opened_on": self.days_ago(15)})
        self.run_job()
        self.assertEqual(self.live(customer), alert)
        self.assertEqual(alert.state, "open")
        self.assertNotEqual(alert.activity_id, first)
        self.run_job()
        self.assertEqual(alert.state, "escalated", "It was opened long ago")

    def test_another_reason_does_not_rest(self):
        customer = self.neglect()
        self.run_job()
        self.live(customer).activity_id.with_user(self.sale_a1).action_done()
        self.make_interaction(
            customer, self.days_ago(5), user_id=False, direction="in", channel="email"
        )
        self.run_job()
        self.assertEqual(set(self.live(customer).mapped("reason")), {"silence", "message"})
        self.assertEqual(len(self.open_activities(self.sale_a1)), 1)

    def test_feedback_is_contact(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        alert.activity_id.with_user(self.sale_a1).action_feedback("They order next week")
        self.assertEqual(alert.state, "done")
        self.assertEqual(self.diary(customer)[0].grade, "content")
        self.run_job()
        self.assertFalse(self.live(customer))
        self.assertEqual(self.profile(customer).care_alert, "ok")

    def test_feedback_while_the_reason_stays(self):
        """Who talked with the customer is not asked again at once for the same overdue work."""
        customer = self.make_customer()
        customer.activity_schedule(
            "mail.mail_activity_data_todo",
            self.days_ago(14),
            "Send samples",
            user_id=self.sale_a1.id,
        )
        self.run_job()
        alert = self.live(customer)
        alert.activity_id.with_user(self.sale_a1).action_feedback("They wait for the samples")
        self.run_job()
        self.assertFalse(self.live(customer))
        alert.rest_until = self.today
        self.run_job()
        self.assertEqual(self.live(customer).reason, "activity")
        self.assertNotEqual(self.live(customer), alert)

    def test_removed_by_hand(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        alert.activity_id.with_user(self.sale_a1).unlink()
        self.assertEqual(alert.state, "dropped")
        rows = self.diary(customer)
        self.run_job()
        self.assertFalse(self.open_activities(self.sale_a1))
        self.assertEqual(self.diary(customer), rows)

    def test_the_link_is_the_systems(self):
        customer = self.neglect()
        self.run_job()
        alert = self.live(customer)
        activities = self.env["mail.activity"].with_user(self.sale_a1)
        own = activities.with_context(default_incom_alert_id=alert.id).create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": customer.id,
                "user_id": self.sale_a1.id,
                "incom_alert_id": alert.id,
            }
        )
        self.assertFalse(own.incom_alert_id)
        own.incom_alert_id = alert
        self.assertFalse(own.incom_alert_id)
        alert.activity_id.with_user(self.sale_a1).write({"incom_alert_id": False})
        self.assertEqual(alert.activity_id.incom_alert_id, alert)


@tagged("post_install", "-at_install")
class TestCareAlertEscalation(CareAlertCase):
    def escalate(self, customer):
        """The job, on the day on which the superior is told."""
        self.run_job()
        days = self.env["incom.crm.parameter"]._get("alert_escalate_days")
        self.live(customer).opened_on = working_days_back(self.company, days)
        self.run_job()
        return self.live(customer)

    def test_superior(self):
        customer = self.neglect()
        alert = self.escalate(customer)
        self.assertEqual((alert.state, alert.escalated_to_id), ("escalated", self.leader_a))
        self.assertEqual(alert.escalated_on, self.today)
        self.assertEqual(alert.activity_id.user_id, self.sale_a1)
        self.assertTrue(alert.activity_id.active)
        self.assertIn(self.sale_a1.name, alert.superior_activity_id.summary)
        self.assertEqual(self.open_activities(self.leader_a), alert.superior_activity_id)
        before = self.stored()
        self.run_job()
        self.assertEqual(self.stored(), before)

    def test_not_a_day_earlier(self):
        customer = self.neglect()
        self.run_job()
        days = self.env["incom.crm.parameter"]._get("alert_escalate_days")
        too_late = working_days_back(self.company, days) + timedelta(days=1)
        self.live(customer).opened_on = too_late
        self.run_job()
        self.assertEqual(self.live(customer).state, "open")

    def test_closed_with_it(self):
        customer = self.neglect()
        self.escalate(customer)
        self.make_interaction(customer, self.today)
        self.run_job()
        self.assertFalse(self.open_activities(self.leader_a) | self.open_activities(self.sale_a1))

    def test_superior_who_has_seen_it(self):
        """He is told once; his tick is no attempt to reach the customer."""
        customer = self.neglect()
        alert = self.escalate(customer)
        rows = self.diary(customer)
        alert.superior_activity_id.with_user(self.leader_a).action_done()
        self.run_job()
        self.assertEqual(alert.state, "escalated")
        self.assertFalse(self.open_activities(self.leader_a))
        self.assertEqual(self.open_activities(self.sale_a1), alert.activity_id)
        self.assertEqual(self.diary(customer), rows)

    def test_nearest_one_who_is_there(self):
        customer = self.neglect()
        self.leader_a.active = False
        self.assertEqual(self.escalate(customer).escalated_to_id, self.director)

    def test_superior_leaves(self):
        customer = self.neglect()
        alert = self.escalate(customer)
        self.leader_a.active = False
        self.run_job()
        self.assertEqual((alert.state, alert.escalated_to_id), ("escalated", self.director))
        self.assertEqual(self.open_activities(self.director), alert.superior_activity_id)

    def test_nobody_above(self):
        customer = self.neglect(user=self.director)
        self.assertEqual(self.escalate(customer).state, "open")

    def test_new_owner(self):
        customer = self.neglect()
        alert = self.escalate(customer)
        activity = alert.activity_id
        customer.user_id = self.sale_a2
        followers = customer.message_partner_ids
        self.run_job()
        self.assertEqual((alert.state, alert.user_id), ("open", self.sale_a2))
        self.assertEqual((alert.activity_id, activity.user_id), (activity, self.sale_a2))
        self.assertEqual(alert.opened_on, self.today)
        self.assertFalse(self.open_activities(self.leader_a))
        self.assertEqual(customer.message_partner_ids, followers)

    def test_new_owner_whose_list_is_full(self):
        self.set_parameter("alert_max_open", 1)
        mine, full = self.neglect("Mine"), self.neglect("Full", self.sale_a2)
        self.run_job()
        mine.user_id = self.sale_a2
        self.run_job()
        self.assertFalse(self.live(mine))
        self.assertEqual(self.open_activities(self.sale_a2), self.live(full).activity_id)

    def test_archived_owner(self):
        customer, before = self.neglect(), self.neglect(user=self.sale_a2)
        self.sale_a2.active = False
        self.run_job()
        self.sale_a1.active = False
        self.run_job()
        self.assertEqual(self.live(customer).user_id, self.leader_a)
        self.assertEqual(self.live(before).user_id, self.leader_a)
        self.assertEqual(len(self.open_activities(self.leader_a)), 2)

    def test_nobodys_customer(self):
        customer = self.neglect()
        self.run_job()
        customer.user_id = False
        self.run_job()
        self.assertFalse(self.live(customer))
        self.assertFalse(self.open_activities(self.sale_a1))

    def test_archived_and_deleted_customers(self):
        archived, deleted = self.neglect("Archived"), self.neglect("Deleted")
        self.run_job()
        archived.active = False
        deleted.unlink()
        self.run_job()
        self.assertFalse(self.live(archived))
        self.assertFalse(self.open_activities(self.sale_a1))

    def test_merged_customers(self):
        stays, goes = self.neglect("Stays"), self.neglect("Goes")
        self.run_job()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            (stays | goes).ids, stays, extra_checks=False
        )
        self.run_job()
        self.assertEqual(len(self.live(stays)), 1)
        self.assertEqual(self.open_activities(self.sale_a1), self.live(stays).activity_id)
