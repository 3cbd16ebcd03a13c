from odoo import api, models


class IsolationProposal(models.AbstractModel):
    """Before sales teams, the personnel files say who works for whom."""

    _inherit = "incom.isolation.proposal"

    @api.model
    def _proposed_superiors(self):
        """The nearest manager who has a login of his own, above those of the sales teams."""
        found = super()._proposed_superiors()
        # sudo: who works for whom, for the administrator who is to decide
        employees = self.env["hr.employee"].sudo().search([("user_id", "!=", False)], order="id")
        by_files = {}
        for employee in employees:
            manager = self._manager_with_login(employee)
            if manager:
                why = self.env._("Manager of %(employee)s", employee=employee.name)
                by_files.setdefault(employee.user_id, (manager.user_id, why))
        return {**found, **by_files}

    def _manager_with_login(self, employee):
        """The first of the managers above who can log in; empty where there is none.

        The files may hold a loop: nobody is asked twice.
        """
        asked = employee
        manager = employee.parent_id
        while manager and manager not in asked:
            if manager.user_id.active and manager.user_id != employee.user_id:
                return manager
            asked |= manager
            manager = manager.parent_id
        return manager.browse()
