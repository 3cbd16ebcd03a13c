from odoo import api, models
from odoo.fields import Domain

from odoo.addons.incom_crm.models.isolation.isolation import Isolated

# Whose work is in projects sees what core shows.
ROLES = ("project.group_project_user",)

ISOLATED = {
    "project.project": Isolated("_project_domain", roles=ROLES),
    "project.task": Isolated("_task_domain", roles=ROLES),
    "project.update": Isolated("_by_project_domain", roles=ROLES),
    "project.milestone": Isolated("_by_project_domain", roles=ROLES),
    "report.project.task.user": Isolated("_task_report_domain", roles=ROLES),
}


class Isolation(models.AbstractModel):
    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}

    def _worked_on(self, viewer, field):
        """What those below work on or follow, whosever customer it is for."""
        return Domain(field, "in", viewer.user_ids) | Domain(
            "message_partner_ids", "in", viewer.partner_ids
        )

    def _project_domain(self, viewer, mode):
        return self._by_optional_partner_domain(viewer, mode) | self._worked_on(viewer, "user_id")

    def _by_project_domain(self, viewer, mode):
        return Domain("project_id", "any", self._project_domain(viewer, mode))

    def _task_domain(self, viewer, mode):
        """Tasks of the user's customers; one that names nobody goes with its project."""
        of_project = Domain("project_id", "=", False) | self._by_project_domain(viewer, mode)
        of_nobody = Domain("partner_id", "=", False) & of_project
        of_customer = self._by_partner_domain(viewer, mode)
        return of_nobody | of_customer | self._worked_on(viewer, "user_ids")

    def _task_report_domain(self, viewer, mode):
        return Domain("task_id", "any", self._task_domain(viewer, mode))
