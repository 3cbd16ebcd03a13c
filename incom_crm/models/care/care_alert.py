from odoo import fields, models

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
    ("escalated", "With the superior"),
    ("attempted", "Tried without contact"),
    ("dropped", "Removed from the list"),
    ("done", "Done"),
    ("closed", "Reason gone"),
]
# work on it stands in somebody's list
OPEN = ("open", "escalated")
# nobody is asked again until its rest is over
RESTING = ("attempted", "dropped")
LIVE = OPEN + RESTING


class CareAlert(models.Model):
    """A customer who asks for care, put into the list of the one who looks after it.

    Made, moved, escalated and closed by the job alone; what a person does with the activity it made
    is written down here. At most one lives per (customer, company, reason).
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
    activity_id = fields.Many2one("mail.activity", index="btree_not_null", ondelete="set null")
    escalated_to_id = fields.Many2one("res.users", "Superior Told", ondelete="set null")
    escalated_on = fields.Date()
    attempted_on = fields.Date("Last Attempt")
    attempt_count = fields.Integer(
        "Attempts", help="Times it was marked as done without a contact."
    )
    rest_until = fields.Date(
        "Rests until", help="The day from which it is put into the list again if nothing happened."
    )
    closed_on = fields.Date()

    _live_uniq = models.UniqueIndex(
        "(partner_id, company_id, reason)"
        " WHERE state IN ('open', 'escalated', 'attempted', 'dropped')"
    )
