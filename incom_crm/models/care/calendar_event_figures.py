from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import meetings
from ...engine.calendar import companies

# What the expressions of ``engine.meetings`` read.
READ_FIELDS = (
    "allday",
    "meeting_outcome",
    "opportunity_id",
    "partner_ids",
    "res_id",
    "res_model",
    "start",
    "start_date",
    "stop",
    "stop_date",
    "user_id",
)
COMPARISONS = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}
# Parameters have four decimals.
SHARE_DIGITS = 4
# No zone is further from UTC.
FURTHEST_ZONE = SQL("interval '15 hours'")


class CalendarEvent(models.Model):
    """Which meetings are with customers, on which day they count, and the ratio made of them."""

    _inherit = "calendar.event"

    is_customer_meeting = fields.Boolean(
        "Customer Meeting",
        compute="_compute_is_customer_meeting",
        search="_search_is_customer_meeting",
        groups="base.group_user",
        help="Somebody invited is of a customer, or the meeting belongs to a lead or a customer's document.",
    )
    meeting_day = fields.Date(
        compute="_compute_meeting_day",
        search="_search_meeting_day",
        groups="base.group_user",
        help="The day on which it begins, where its organizer's company works.",
    )
    outcome_missing = fields.Boolean(
        "No Result Written Down",
        compute="_compute_outcome_missing",
        search="_search_outcome_missing",
        groups="base.group_user",
        help="A customer meeting that ended a working day ago or earlier, and nobody said how it went.",
    )

    _user_start_idx = models.Index("(user_id, start) WHERE user_id IS NOT NULL")

    # -- with customers ---------------------------------------------------------------------------

    @api.depends("opportunity_id", "partner_ids", "res_id", "res_model")
    def _compute_is_customer_meeting(self):
        # sudo: whether anybody among the guests is a customer, not who
        events = self.sudo()
        people = {event: event._customer_ids() for event in events}
        found = (
            self.env["incom.customer.profile"]
            .sudo()
            ._read_group(
                [("partner_id", "in", list(set().union(*people.values())))], ["partner_id"]
            )
        )
        customer_ids = {partner.id for (partner,) in found}
        for event in events:
            event.is_customer_meeting = event._is_of_lead() or not customer_ids.isdisjoint(
                people[event]
            )

    def _is_of_lead(self):
        return bool(self.opportunity_id) or (self.res_model == "crm.lead" and bool(self.res_id))

    def _customer_ids(self):
        """Ids of the commercial entities of the guests, of the lead and of the document."""
        partners = self.partner_ids | self.opportunity_id.partner_id
        contact_ids = set(partners.commercial_partner_id._origin.ids)
        if self.res_model and self.res_id:
            document = self.env["incom.interaction"]._document_of(
                SQL("%s", self.res_model), SQL("%s", self.res_id)
            )
            contact_ids.update(
                row[0]
                for row in self.env.execute_query(
                    SQL(
                        """SELECT person.commercial_partner_id FROM (%s) AS document
                             JOIN res_partner person ON person.id = document.contact_id""",
                        document,
                    )
                )
            )
        return contact_ids

    @api.model
    def _search_is_customer_meeting(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._flush_for_figures()
        document_of = self.env["incom.interaction"]._document_of
        return Domain.custom(
            to_sql=lambda model, alias, query: meetings.is_customer_meeting(alias, document_of)
        )

    # -- days -------------------------------------------------------------------------------------

    @api.depends("allday", "start", "start_date", "user_id.company_id")
    def _compute_meeting_day(self):
        for event in self:
            if event.allday or not event.start:
                event.meeting_day = event.start_date or event.start
            else:
                moment = event.start.replace(tzinfo=timezone.utc)
                event.meeting_day = moment.astimezone(ZoneInfo(event._zone())).date()

    def _zone(self):
        """The time zone in which the organiser works."""
        # sudo: where a colleague works
        company = self.user_id.sudo().company_id or self.env.company
        return self.env["res.company"]._crm_time_zones()[company.id]

    @api.model
    def _search_meeting_day(self, operator, value):
        """The range of moments is for the index, the day decides."""
        if operator == "in":
            return Domain.OR(self._on_day(day) for day in value if day)
        if operator not in COMPARISONS:
            return NotImplemented
        self._flush_for_figures()
        day = fields.Date.to_date(value)
        moments = SQL("< %s::date + 1 + %s", day, FURTHEST_ZONE)
        if operator in (">", ">="):
            moments = SQL(">= %s::date - %s", day, FURTHEST_ZONE)
        company_id = self.env.company.id
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%s %s AND %s %s %s)",
                SQL.identifier(alias, "start"),
                moments,
                meetings.first_day(alias, meetings.company_of(alias, company_id)),
                COMPARISONS[operator],
                day,
            )
        )

    @api.model
    def _on_day(self, day):
        return Domain("meeting_day", ">=", day) & Domain("meeting_day", "<=", day)

    # -- results ----------------------------------------------------------------------------------

    @api.depends("meeting_outcome", "stop", "user_id.company_id")
    def _compute_outcome_missing(self):
        # sudo: of the meetings at hand, whatever else may be seen
        missing = self.sudo().search([("id", "in", self.ids), ("outcome_missing", "=", True)])
        for event in self:
            event.outcome_missing = event._origin.id in missing._ids

    @api.model
    def _search_outcome_missing(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._flush_for_figures()
        known, company_id = companies(self.env), self.env.company.id
        missing = Domain.custom(
            to_sql=lambda model, alias, query: meetings.is_result_missing(
                alias, known, meetings.company_of(alias, company_id)
            )
        )
        return missing & Domain("is_customer_meeting", "=", True)

    @api.model
    def _flush_for_figures(self):
        """Custom SQL flushes nothing by itself."""
        self.flush_model(READ_FIELDS)
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        for name in self.env["incom.interaction"]._documents():
            if name != "res.partner":
                self.env[name].flush_model(["partner_id"])

    # -- figures ----------------------------------------------------------------------------------

    @api.model
    def _incom_held_domain(self, user_ids, first, last):
        """The meetings the ratio is made of: held with customers, of a known type.

        :param user_ids: organisers, None for all there are
        :param date first, last: local days, both included
        :return: a plain list, fit for an action
        """
        return [*self._held_domain(user_ids, first, last), ("meeting_type_id", "!=", False)]

    @api.model
    def _incom_opportunity_domain(self, user_ids, first, last):
        """Of those, the meetings that worked an opportunity."""
        held = self._held_domain(user_ids, first, last)
        return [*held, ("meeting_type_id.code", "=", "opportunity")]

    @api.model
    def _incom_untyped_domain(self, user_ids, first, last):
        """Held with customers and not classified: outside the ratio."""
        return [*self._held_domain(user_ids, first, last), ("meeting_type_id", "=", False)]

    @api.model
    def _incom_missing_outcome_domain(self, user_ids):
        """Nobody said how they went: outside the ratio."""
        return [*self._organised_by(user_ids), ("outcome_missing", "=", True)]

    @api.model
    def _held_domain(self, user_ids, first, last):
        return [
            ("active", "=", True),
            *self._organised_by(user_ids),
            ("meeting_outcome", "=", "held"),
            ("meeting_day", ">=", fields.Date.to_string(first)),
            ("meeting_day", "<=", fields.Date.to_string(last)),
            ("is_customer_meeting", "=", True),
        ]

    @api.model
    def _organised_by(self, user_ids):
        return [] if user_ids is None else [("user_id", "in", list(user_ids))]

    @api.model
    def _incom_ratio(self, user_ids, first, last):
        """Share of opportunity meetings among all held with customers, per organiser.

        Of whom the viewer may not see the meetings he learns nothing: none held.

        :return: ``{user id: {"held", "opportunity", "untyped", "ratio", "band"}}``; ``ratio`` is between 0
            and 1, None where nothing was held; ``band`` is ``green``, ``yellow``, ``red`` or ``few``
        """
        rows = self.env["incom.meeting.report"]._read_group(
            [("user_id", "in", list(user_ids)), ("day", ">=", first), ("day", "<=", last)],
            ["user_id"],
            ["held_count:sum", "opportunity_count:sum", "untyped_count:sum"],
        )
        counts = {user.id: numbers for user, *numbers in rows}
        return {user_id: self._ratio(*counts.get(user_id, (0, 0, 0))) for user_id in user_ids}

    @api.model
    def _ratio(self, held, opportunity, untyped):
        ratio = opportunity / held if held else None
        return {
            "held": held,
            "opportunity": opportunity,
            "untyped": untyped,
            "ratio": ratio,
            "band": self._ratio_band(held, ratio),
        }

    @api.model
    def _ratio_band(self, held, ratio):
        """How the ratio is judged; its limits belong to the better band."""
        constants = self.env["incom.crm.parameter"]._values()
        if held < constants["meeting_ratio_min_count"]:
            return "few"
        for band in ("green", "yellow"):
            low, high = (constants[f"meeting_ratio_{band}_{end}"] for end in ("from", "to"))
            if low <= round(ratio, SHARE_DIGITS) <= high:
                return band
        return "red"
