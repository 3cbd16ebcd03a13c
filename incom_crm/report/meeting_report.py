from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import meetings
from ..models.care.calendar_event import OUTCOMES


class MeetingReport(models.Model):
    """One row per meeting with a customer; the ratio of opportunity meetings is its average.

    The ratio bears 100 or 0 on the meetings it is made of and nothing on others, so that it is right in
    every grouping.
    """

    _name = "incom.meeting.report"
    _description = "Meeting Analysis"
    _auto = False
    _order = "day desc, id desc"
    _rec_name = "event_id"

    event_id = fields.Many2one("calendar.event", "Meeting", readonly=True)
    user_id = fields.Many2one("res.users", "Organizer", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    approach_level_id = fields.Many2one("incom.approach.level", readonly=True)
    day = fields.Date(readonly=True)
    duration = fields.Float("Duration (Hours)", readonly=True)
    meeting_type_id = fields.Many2one("incom.meeting.type", readonly=True)
    meeting_outcome = fields.Selection(OUTCOMES, "Outcome", readonly=True)
    held_count = fields.Integer(
        "Held", readonly=True, help="Held and of a known type: the meetings the ratio is made of."
    )
    opportunity_count = fields.Integer("Opportunity Meetings", readonly=True)
    untyped_count = fields.Integer(
        "Not Classified", readonly=True, help="Held, without a type: not in the ratio."
    )
    opportunity_ratio = fields.Float(
        "Opportunity Meetings (%)", readonly=True, aggregator="avg", digits=(16, 1)
    )

    _depends = {
        "calendar.event": [
            "active",
            "allday",
            "duration",
            "meeting_outcome",
            "meeting_type_id",
            "opportunity_id",
            "partner_ids",
            "privacy",
            "res_id",
            "res_model",
            "start",
            "start_date",
            "user_id",
        ],
        "crm.lead": ["partner_id"],
        "incom.meeting.type": ["code"],
        "res.company": ["incom_tz"],
        "res.partner": ["commercial_partner_id"],
        "res.users": ["company_id", "sale_team_id"],
        "res.users.settings": ["calendar_default_privacy"],
    }

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """The head of the column says which ratio is good, by the parameters of today."""
        described = super().fields_get(allfields, attributes)
        ratio = described.get("opportunity_ratio", {})
        if "string" in ratio:
            constants = self.env["incom.crm.parameter"]._values()
            ratio["string"] = self.env._(
                "%(measure)s, good: %(low)g to %(high)g",
                measure=ratio["string"],
                low=100 * constants["meeting_ratio_green_from"],
                high=100 * constants["meeting_ratio_green_to"],
            )
        return described

    def action_open_meeting(self):
        """Open the meeting itself."""
        self.ensure_one()
        return self.event_id.get_formview_action()

    @property
    def _table_query(self):
        document_of = self.env["incom.interaction"]._document_of
        return SQL(
            """SELECT event.id, event.id AS event_id, event.user_id, organiser.sale_team_id AS team_id,
                      organiser.company_id, %(customer)s AS partner_id, %(level)s AS approach_level_id,
                      %(day)s AS day, event.duration, event.meeting_type_id, event.meeting_outcome,
                      (%(counted)s)::int AS held_count,
                      (%(counted)s AND kind.code = 'opportunity')::int AS opportunity_count,
                      (event.meeting_outcome = 'held' AND event.meeting_type_id IS NULL)::int AS untyped_count,
                      CASE WHEN %(counted)s THEN (kind.code = 'opportunity')::int * 100.0 END
                          AS opportunity_ratio
                 FROM calendar_event event
                 LEFT JOIN res_users organiser ON organiser.id = event.user_id
                 LEFT JOIN incom_meeting_type kind ON kind.id = event.meeting_type_id
                WHERE event.active AND %(is_customer_meeting)s""",
            customer=self._customer(),
            level=self._level(),
            day=meetings.first_day("event", meetings.company_of("event", self.env.company.id)),
            counted=meetings.is_counted("event"),
            is_customer_meeting=meetings.is_customer_meeting("event", document_of),
        )

    def _customer(self):
        """The customer of a meeting, of several the first; none of whom the viewer knows nothing else.

        Of a private meeting others see that it was, not with whom.
        """
        partners = self.env["res.partner"].with_context(active_test=False)
        return SQL(
            """(SELECT min(invited.customer_id)
                  FROM (%(people)s) AS invited
                  JOIN incom_customer_profile profile ON profile.partner_id = invited.customer_id
                 WHERE invited.customer_id IN %(visible)s AND NOT %(hidden)s)""",
            people=meetings.people("event", self.env["incom.interaction"]._document_of),
            visible=partners._search([]).subselect(),
            hidden=self._hidden(),
        )

    def _level(self):
        return SQL(
            """(SELECT profile.approach_level_id FROM incom_customer_profile profile
                 WHERE profile.company_id = %s AND profile.partner_id = %s)""",
            self.env.company.id,
            self._customer(),
        )

    def _hidden(self):
        if self.env.su:
            return SQL("FALSE")
        return meetings.is_hidden_from("event", self.env.uid, self.env.user.partner_id.id)
