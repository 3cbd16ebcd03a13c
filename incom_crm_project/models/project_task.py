from odoo import models


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _with_same_customer(self):
        """A subtask without a customer of its own gets that of the task above it."""
        return self | self._get_all_subtasks()
