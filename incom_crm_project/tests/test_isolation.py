from odoo import Command
from odoo.tests import tagged

from odoo.addons.incom_crm.tests.bridge import SECRET, BridgeCommon


@tagged("post_install", "-at_install")
class TestProjectIsolation(BridgeCommon):
    """Projects open to all employees name their customers to those alone who see the customer."""

    groups = ("project.group_project_user",)

    def make_projects(self):
        return self.env["project.project"].create(
            [
                {
                    "name": f"For {partner.name}",
                    "partner_id": partner.id,
                    "user_id": False,
                    "privacy_visibility": "employees",
                }
                for partner in (self.customer, self.own, self.env["res.partner"])
            ]
        )

    def make_tasks(self, projects, **values):
        return self.env["project.task"].create(
            [{"name": SECRET, "project_id": project.id, **values} for project in projects]
        )

    def test_projects(self):
        hidden, own, free = self.make_projects()
        self.assertSeen(hidden, free, own)

    def test_tasks(self):
        hidden, own, free = self.make_tasks(self.make_projects())
        self.assertSeen(hidden, free, own)

    def test_tasks_without_customer_go_with_their_project(self):
        hidden, own, free = self.make_tasks(self.make_projects(), partner_id=False)
        self.assertSeen(hidden, free, own)

    def test_updates_and_milestones(self):
        projects = self.make_projects()
        for model in ("project.update", "project.milestone"):
            more = {"status": "on_track"} if model == "project.update" else {}
            hidden, own, free = self.env[model].create(
                [{"name": SECRET, "project_id": project.id, **more} for project in projects]
            )
            self.assertSeen(hidden, free, own)

    def test_report(self):
        tasks = self.make_tasks(self.make_projects())
        self.env.flush_all()
        hidden, own, free = (
            self.env["report.project.task.user"].search([("task_id", "=", task.id)])
            for task in tasks
        )
        for user, seen in ((self.sale_a1, hidden | free), (self.sale_a2, own | free)):
            found = hidden.with_user(user).search([("task_id", "in", tasks.ids)])
            self.assertEqual(found, seen)

    def test_who_works_on_it_sees_it(self):
        hidden = self.make_projects()[:1]
        task = self.make_tasks(hidden, user_ids=[Command.link(self.sale_b1.id)])
        hidden.user_id = self.sale_b2
        self.assertTrue(task.with_user(self.sale_b1).has_access("read"))
        self.assertTrue(hidden.with_user(self.sale_b2).has_access("read"))

    def test_project_users_see_all(self):
        worker = self._user("worker", self.groups[0])
        projects = self.make_projects()
        self.assertEqual(projects.with_user(worker)._filtered_access("read"), projects)
