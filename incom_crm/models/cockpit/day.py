"""What today was so far, for the end of the day."""

from odoo import models

from .scope import SALESPERSON


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _parts(self, role):
        parts = super()._parts(role)
        if role == SALESPERSON and self.env["incom.day.report"].has_access("read"):
            parts["figures"] = self._day_figures
        return parts

    def _day_figures(self, scope, counts):
        """Today's figures of the person, and what he wrote; nothing is written down by looking."""
        reports = self.env["incom.day.report"]
        report = reports.search(
            [
                ("user_id", "=", scope.user_id),
                ("date", "=", scope.today),
                ("company_id", "=", scope.company_id),
            ]
        )
        figures = reports._figures([scope.user_id], scope.today, scope.today)
        return {
            **figures[scope.user_id],
            "note": report.note or "",
            "needs_help": report.needs_help,
            "closed": report.closed,
        }
