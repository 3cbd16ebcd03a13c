from odoo import api, fields, models
from odoo.tools import SQL

OUTCOMES = [
    ("planned", "Planned"),
    ("held", "Held"),
    ("not_held", "Not held"),
    ("cancelled", "Cancelled"),
]
OUTCOME_GRADES = {"held": "two_way", "not_held": "attempt"}


class CalendarEvent(models.Model):
    """Meetings with customers have a type and an outcome; the outcome is written in the diary."""

    _inherit = "calendar.event"

    meeting_type_id = fields.Many2one(
        "incom.meeting.type", index="btree_not_null", groups="base.group_user"
    )
    meeting_outcome = fields.Selection(
        OUTCOMES,
        default="planned",
        copy=False,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._write_diary()
        return events

    def write(self, vals):
        result = super().write(vals)
        if "meeting_outcome" in vals:
            self._revoke_diary(OUTCOME_GRADES.get(vals["meeting_outcome"]))
        if not {"meeting_outcome", "partner_ids", "opportunity_id", "start"}.isdisjoint(vals):
            self._write_diary()
        if "outcome_text" in vals:
            diary = self.env["incom.interaction"]
            diary._record_safely(diary._record_words, SQL("event.id = ANY(%s)", self.ids))
        return result

    def unlink(self):
        self.env["incom.interaction"]._mark(SQL("event_id = ANY(%s)", self.ids), "deleted")
        return super().unlink()

    def _revoke_diary(self, grade):
        """Rows written for another outcome, of another grade, no longer count.

        What was said on marking the activity of the meeting as done counts again.
        """
        self.env["incom.interaction"]._mark(
            SQL(
                "event_id = ANY(%s) AND grade IS DISTINCT FROM %s AND source_state <> 'revoked'",
                self.ids,
                grade,
            ),
            "revoked",
        )
        if not grade:
            diary = self.env["incom.interaction"]
            done = SQL("activity.calendar_event_id = ANY(%s)", self.ids)
            diary._record_safely(diary._record_activities, done)

    def _write_diary(self):
        # sudo: the outcome, whoever moves the meeting
        over = self.sudo().filtered(lambda event: event.meeting_outcome in OUTCOME_GRADES)
        if over:
            diary = self.env["incom.interaction"]
            diary._record_safely(diary._record_meetings, SQL("event.id = ANY(%s)", over.ids))
