from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models, world

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedProjects(test_models.TestIsolatedModels):
    """A project open to all employees."""

    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        project = cls.env["project.project"].create(
            {
                "name": f"Plant of {world.SECRET}",
                "partner_id": cls.contact.id,
                "user_id": False,
                "privacy_visibility": "employees",
            }
        )
        within = {"name": f"Pipes of {world.SECRET}", "project_id": project.id}
        task = cls.env["project.task"].create(dict(within))
        update = cls.env["project.update"].create({**within, "status": "on_track"})
        milestone = cls.env["project.milestone"].create(dict(within))
        cls.env.flush_all()
        report = cls.env["report.project.task.user"].search([("task_id", "=", task.id)])
        cls.hide(project, task, update, milestone, report)
