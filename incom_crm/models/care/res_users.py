from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import fields, models

from ...engine.calendar import company_tz

PREFERENCES = ["crm_morning_mail", "crm_morning_mail_hour", "crm_morning_mail_workdays"]


class ResUsers(models.Model):
    """Whether, and when, somebody gets the morning mail."""

    _inherit = "res.users"

    crm_morning_mail = fields.Boolean(
        "Morning Mail",
        default=True,
        groups="base.group_user",
        help="What the day brings: customers to look after, promises, the team.",
    )
    crm_morning_mail_hour = fields.Integer(
        "Hour of the Morning Mail",
        default=7,
        aggregator=None,
        groups="base.group_user",
        help="From 0 to 23, in your time zone.",
    )
    crm_morning_mail_workdays = fields.Boolean(
        "On Working Days Only", default=True, groups="base.group_user"
    )
    crm_morning_mail_date = fields.Date(
        "Last Morning Mail", readonly=True, copy=False, groups="base.group_user"
    )

    _crm_morning_mail_hour_of_day = models.Constraint(
        "CHECK(crm_morning_mail_hour BETWEEN 0 AND 23)",
        "The hour of the morning mail is from 0 to 23.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, *PREFERENCES]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, *PREFERENCES]

    def _crm_now(self):
        """The moment on this user's clock; the company's where he has set none."""
        return datetime.now(ZoneInfo(self.tz or company_tz(self.company_id)))
