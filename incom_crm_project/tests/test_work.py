from odoo.tests import tagged

from odoo.addons.incom_crm.tests.common import IncomCrmCommon

BODY = "Wants the drawings by Friday"


@tagged("post_install", "-at_install")
class TestWorkOnTasks(IncomCrmCommon):
    """Tasks are customers' documents: work on them and what was done on them."""

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer()
        self.project = self.env["project.project"].create({"name": "Installation"})

    def task(self, **values):
        return self.env["project.task"].create(
            {"name": "Drawings", "project_id": self.project.id, **values}
        )

    def note(self, task):
        task.with_user(self.sale_a1).sudo().message_post(
            body=BODY, message_type="comment", subtype_xmlid="mail.mt_note"
        )

    def diary(self):
        return self.env["incom.interaction"].search([("partner_id", "=", self.customer.id)])

    def test_open_work_raises_the_alert(self):
        task = self.task(partner_id=self.customer.id)
        activity = task.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.days_ago(10),
            user_id=self.sale_a1.id,
        )
        profile = self.profile(self.customer)
        self.assertEqual(profile.activity_due_from, activity.date_deadline)
        self.assertEqual(profile.care_alert, "missed")
        self.clear_queue()
        task.unlink()
        self.assertIn(self.customer.id, self.queued())
        self.assertFalse(self.profile(self.customer).activity_due_from)

    def test_task_that_gets_its_customer(self):
        task = self.task()
        self.note(task)
        self.assertFalse(self.diary())
        task.partner_id = self.customer
        self.env.cr.flush()
        self.assertEqual((self.diary().grade, self.diary().body), ("content", BODY))

    def test_subtask_that_gets_the_customer_of_the_task_above(self):
        task = self.task()
        subtask = self.task(parent_id=task.id)
        below = self.task(parent_id=subtask.id)
        self.note(below)
        task.partner_id = self.customer
        self.assertEqual(below.partner_id, self.customer)
        self.env.cr.flush()
        self.assertEqual((self.diary().res_id, self.diary().body), (below.id, BODY))

    def test_task_that_gets_the_customer_of_its_project(self):
        task = self.task(project_id=False)
        self.note(task)
        self.project.partner_id = self.customer
        task.project_id = self.project
        self.assertEqual(task.partner_id, self.customer)
        self.env.cr.flush()
        self.assertEqual(self.diary().grade, "content")
