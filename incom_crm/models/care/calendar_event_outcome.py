from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.calendar import today_in
from .calendar_event import OUTCOME_GRADES, OUTCOMES

# What belongs to one occurrence of a series, however many of them are written on at once.
OF_OCCURRENCE = frozenset({"meeting_outcome", "outcome_text"})
SEVERAL = frozenset({"all_events", "future_events"})


class CalendarEvent(models.Model):
    """How a meeting went: asked for when it is over, answered with one tap."""

    _inherit = "calendar.event"

    outcome_text = fields.Text(
        "What Was Said",
        copy=False,
        groups="base.group_user",
        help="Stands in the customer's diary.",
    )
    outcome_asked = fields.Boolean(
        compute="_compute_outcome_asked",
        groups="base.group_user",
        help="A customer meeting that is over, and nobody said how it went.",
    )

    @api.depends("allday", "is_customer_meeting", "meeting_outcome", "stop", "stop_date", "user_id")
    def _compute_outcome_asked(self):
        for event in self:
            event.outcome_asked = (
                event.is_customer_meeting
                and event.meeting_outcome == "planned"
                and event._is_past(event.stop, event.stop_date)
            )

    def _is_past(self, moment, day):
        """Whether a moment lies behind, or of an all-day meeting the day where its organiser works."""
        if self.allday:
            return bool(day) and day < today_in(self._zone())
        return bool(moment) and moment <= fields.Datetime.now()

    def _has_started(self):
        if self.allday:
            return self.start_date <= today_in(self._zone())
        return self.start <= fields.Datetime.now()

    # -- one tap ----------------------------------------------------------------------------------

    def incom_set_outcome(self, outcome, text=False):
        """Say how a meeting went; of a series it is this occurrence alone.

        Open activities of the meeting are done with it, those of a cancelled one are dropped.

        :param str outcome: ``held``, ``not_held``, ``cancelled``, or ``planned`` to take it back
        :param text: one line of what was said, for the diary; left out, what stands there stays
        :raise UserError: for what makes no outcome, in one sentence
        :raise AccessError: for who may not change the meeting
        """
        if len(self) != 1:
            raise UserError(self.env._("One meeting at a time has an outcome."))
        self.check_access("write")
        if not isinstance(outcome, str) or outcome not in dict(OUTCOMES):
            raise UserError(
                self.env._(
                    "A meeting was held, not held or cancelled: %(outcome)s is none of these.",
                    outcome=outcome,
                )
            )
        if outcome in OUTCOME_GRADES and not self._has_started():
            raise UserError(self.env._("The meeting has not begun yet. Cancel it, or wait for it."))
        values = {"meeting_outcome": outcome}
        if words := self.env["res.partner"]._checked_words(text):
            values["outcome_text"] = words
        self.write(values)
        self._close_activities(outcome)
        return True

    def _close_activities(self, outcome):
        """The activity that planned the meeting is over with it."""
        activities = self.activity_ids._filtered_access("write")
        if outcome in OUTCOME_GRADES:
            activities.action_feedback(feedback=self.outcome_text or False)
        elif outcome == "cancelled":
            activities.unlink()

    def action_outcome_held(self):
        return self.incom_set_outcome("held")

    def action_outcome_not_held(self):
        return self.incom_set_outcome("not_held")

    def action_outcome_cancelled(self):
        return self.incom_set_outcome("cancelled")

    # -- series -----------------------------------------------------------------------------------

    def write(self, vals):
        """Each occurrence has its own outcome, also where the form writes on several."""
        if vals.get("recurrence_update") not in SEVERAL or not self.recurrence_id:
            return super().write(vals)
        own = {name: value for name, value in vals.items() if name in OF_OCCURRENCE}
        if own:
            super().write(own)
        shared = {name: value for name, value in vals.items() if name not in OF_OCCURRENCE}
        if shared.keys() - {"recurrence_update"}:
            self._check_series_may_change(shared)
            return super().write(shared)
        return True

    def _check_series_may_change(self, vals):
        """Odoo replaces the occurrences of a series that it moves: what took place would be gone.

        :raise UserError: where one of them has an outcome
        """
        replaced = self.recurrence_id.calendar_event_ids - self
        if vals["recurrence_update"] == "future_events":
            replaced = replaced.filtered(lambda event: event.start >= self[:1].start)
        elif not (self._get_recurrent_fields() | self._get_time_fields() | {"recurrency"}) & set(
            vals
        ):
            return
        # sudo: whether any has an outcome, whoever may read it
        if any(event.meeting_outcome in OUTCOME_GRADES for event in replaced.sudo()):
            raise UserError(
                self.env._(
                    "Meetings of this series took place already and would be lost. "
                    "Open the next one to come and change it and the following ones."
                )
            )
