from math import ceil

from odoo import api, fields, models

from ...engine.alerts import split
from ...engine.calendar import OpenDays
from ..customer.customer_profile import CARE, CARE_ALERT

REASONS = [
    ("silence", "No contact for too long"),
    ("activity", "Work is overdue"),
    ("message", "A message waits for an answer"),
    ("window", "Time to reorder"),
    ("birthday", "Birthday"),
    ("trigger", "Care trigger"),
]
STATES = [
    ("open", "Open"),
    ("escalated", "With the superior too"),
    ("attempted", "Tried without contact"),
    ("dropped", "Removed from the list"),
    ("done", "Done"),
    ("closed", "Reason gone"),
]
# There is work in somebody's list.
OPEN = ("open", "escalated")
LIVE = (*OPEN, "attempted", "dropped")
# What the job itself does to its activities is nobody's deed, and news for nobody.
BY_JOB = "incom_alert_job"


class CareAlert(models.Model):
    """A customer who asks for care, put into the list of the one who looks after it.

    Made, moved, escalated and closed by the job alone; what a person does with the activity is written
    down here. One lives per (customer, company, reason), and one activity at a time per customer.
    """

    _name = "incom.care.alert"
    _description = "Care Alert"
    _order = "opened_on desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users", "In the List of", required=True, index=True, ondelete="cascade"
    )
    reason = fields.Selection(REASONS, required=True)
    care_alert = fields.Selection(CARE_ALERT, "Care", required=True, groups=CARE)
    state = fields.Selection(STATES, required=True, default="open", index=True)
    opened_on = fields.Date(required=True)
    told_on = fields.Date(help="The day of which the words in the activity are.")
    activity_id = fields.Many2one("mail.activity", index="btree_not_null", ondelete="set null")
    superior_activity_id = fields.Many2one(
        "mail.activity", "Activity of the Superior", index="btree_not_null", ondelete="set null"
    )
    escalated_to_id = fields.Many2one("res.users", "Superior Told", ondelete="set null")
    escalated_on = fields.Date()
    attempted_on = fields.Date("Last Attempt")
    attempt_count = fields.Integer(
        "Attempts", help="Times it was marked as done without a contact."
    )
    rest_until = fields.Date(
        "Rests until",
        help="Before that day nobody is asked again for a reason that was there already.",
    )
    reasons = fields.Char(help="The reasons that were there when the rest began.")
    closed_on = fields.Date()

    _live_uniq = models.UniqueIndex(
        "(partner_id, company_id, reason)"
        " WHERE state IN ('open', 'escalated', 'attempted', 'dropped')"
    )
    _rest_idx = models.Index("(partner_id, rest_until) WHERE rest_until IS NOT NULL")

    @api.model
    def _today_of(self, company):
        return self.env["incom.customer.profile"]._today_by_company()[company.id]

    def _profiles(self):
        """The rows the alerts are about, as the system reads them: ``{(customer, company): row}``."""
        # sudo: an alert is about its row, whoever closes the activity
        rows = (
            self.env["incom.customer.profile"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        )
        return {(row.partner_id, row.company_id): row for row in rows}

    def _done_by_person(self):
        """A person marked the activity as done: in touch with feedback, an attempt without.

        The diary has decided which; without a row there it was no contact either.
        """
        # sudo: what the diary made of the activity, for who may not read it
        rows = (
            self.env["incom.interaction"]
            .sudo()
            .search([("activity_id", "in", self.activity_id.ids), ("grade", "!=", "attempt")])
        )
        in_touch_ids = set(rows.mapped("activity_id"))
        in_touch = self.filtered(lambda alert: alert.activity_id.id in in_touch_ids)
        in_touch._rest("done")
        in_touch._remove_activities()
        for alert in self - in_touch:
            alert.attempt_count += 1
            alert.attempted_on = self._today_of(alert.company_id)
        (self - in_touch)._rest("attempted")

    def _rest(self, state):
        """Leave the person in peace for half the allowed silence, for all that was a reason today."""
        profiles, constants = self._profiles(), self.env["incom.crm.parameter"]._values()
        reasons = self.env["incom.customer.profile"].union(*profiles.values())._care_reasons()
        for alert in self:
            profile = profiles.get((alert.partner_id, alert.company_id))
            kinds = {split(name)[1] for name in reasons.get(profile.id, ())} if profile else set()
            allowed = profile.allowed_silence if profile else 0
            rest = ceil(allowed / 2) or constants["alert_rest_days"]
            days = OpenDays(alert.company_id)
            alert.write(
                {
                    "state": state,
                    "rest_until": days.reach(days.today, rest),
                    "reasons": ",".join(sorted({alert.reason, *kinds})),
                }
            )

    def _close(self):
        """The reason is gone: so is the work, without a trace in the diary."""
        self._remove_activities()
        for company, alerts in self.grouped("company_id").items():
            alerts.write(
                {"state": "closed", "closed_on": self._today_of(company), "rest_until": False}
            )

    def _remove_activities(self):
        """Take what is still to do for these alerts off everybody's list."""
        activities = self._of_job(self.activity_id | self.superior_activity_id)
        activities.filtered("active").unlink()

    @api.model
    def _of_job(self, activities):
        """The job's activities, for it to change: without a mail, and nobody follows because of them."""
        # sudo: in whosever list they are
        return activities.sudo().with_context(**{BY_JOB: True}, mail_activity_quick_update=True)
