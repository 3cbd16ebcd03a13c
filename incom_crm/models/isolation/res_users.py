from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

REMINDER_DAYS = 7


class ResUsers(models.Model):
    """Who may decide about isolation, and when he is reminded of it again."""

    _inherit = "res.users"

    crm_isolation_reminder_date = fields.Date(
        "Reminded of Isolation Again",
        groups="base.group_user",
        help="Until that day nothing is said about isolation being off.",
    )

    def _may_switch_isolation(self):
        """Who looks after sales and users both, or the whole system."""
        self.ensure_one()
        if self.has_group("base.group_system"):
            return True
        return self.has_group("sales_team.group_sale_manager") and self.has_group(
            "base.group_erp_manager"
        )

    @api.model
    def _check_may_switch_isolation(self):
        """:raise AccessError: for whoever may not decide who sees what"""
        if not self.env.user._may_switch_isolation():
            raise AccessError(
                self.env._(
                    "Who sees what is decided by a sales administrator who also manages users."
                )
            )

    def _needs_isolation_reminder(self):
        self.ensure_one()
        if self.env["incom.isolation"]._is_on() or not self._may_switch_isolation():
            return False
        day = self.crm_isolation_reminder_date
        return not day or day <= self.env["incom.isolation"]._today()

    @api.model
    def incom_remind_of_isolation_later(self):
        """Leave the current user in peace about isolation for a week."""
        day = self.env["incom.isolation"]._today() + timedelta(days=REMINDER_DAYS)
        # sudo: a user's own reminder, in his own row
        self.env.user.sudo().crm_isolation_reminder_date = day
