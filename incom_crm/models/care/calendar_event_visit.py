from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...engine.calendar import today_in
from .calendar_event import OUTCOME_GRADES

# Nobody is written to about a visit that is going on.
QUIETLY = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "skip_attendee_notification": True,
    "skip_contact_description": True,
}
# In metres, half around the earth.
FURTHEST = 20_000_000
MAP_URL = "https://www.openstreetmap.org/?mlat=%.6f&mlon=%.6f#map=17/%.6f/%.6f"


class CalendarEvent(models.Model):
    """The field visit: a meeting that begins with "arrive" and ends with "leave"."""

    _inherit = "calendar.event"

    visit_open = fields.Boolean(
        "Visit Going On", copy=False, readonly=True, groups="incom_crm.group_care"
    )
    visit_planned_start = fields.Datetime(
        "Planned For",
        copy=False,
        readonly=True,
        groups="incom_crm.group_care",
        help="When the meeting was to begin that was taken for the visit; empty for an unplanned one.",
    )
    visit_latitude = fields.Float(
        digits=(10, 7), copy=False, readonly=True, groups="incom_crm.group_care"
    )
    visit_longitude = fields.Float(
        digits=(10, 7), copy=False, readonly=True, groups="incom_crm.group_care"
    )
    visit_accuracy = fields.Integer(
        "Accuracy (m)", copy=False, readonly=True, groups="incom_crm.group_care"
    )
    visit_map_url = fields.Char(
        "Place of the Visit", compute="_compute_visit_map_url", groups="incom_crm.group_care"
    )

    _one_open_visit = models.UniqueIndex(
        "(user_id) WHERE visit_open AND active",
        "A visit of yours is still going on. Leave it first.",
    )

    @api.depends("visit_accuracy", "visit_latitude", "visit_longitude")
    def _compute_visit_map_url(self):
        for event in self:
            place = (event.visit_latitude, event.visit_longitude)
            event.visit_map_url = MAP_URL % (*place, *place) if event.visit_accuracy else False

    # -- for the screen ---------------------------------------------------------------------------

    @api.model
    @api.readonly
    def incom_visit_current(self, partner_id=False):
        """What the screen of a visit shows: the visit going on, else the customer about to be visited.

        :param partner_id: the customer from whose form the screen was opened
        :return: ``{"visit", "customer", "types"}``, each but the types may be False
        """
        visit = self._open_visit()
        customer = visit._visited() or self._customer_to_visit(partner_id)
        return {
            "visit": visit._visit_values() if visit else False,
            "customer": {"id": customer.id, "name": customer.display_name} if customer else False,
            "types": self.env["incom.meeting.type"].search_read([], ["name"], load=None),
        }

    def _visit_values(self):
        self.ensure_one()
        return {
            "id": self.id,
            "arrived": fields.Datetime.to_string(self.start),
            "type_id": self.meeting_type_id.id,
            "note": self.outcome_text or "",
            "has_place": bool(self.visit_accuracy),
            "of_today": self.meeting_day == today_in(self._zone()),
        }

    # -- what the person does ---------------------------------------------------------------------

    @api.model
    def incom_visit_arrive(self, partner_id):
        """Begin a visit now. A meeting planned for today with the customer is taken for it.

        :return: see ``incom_visit_current``
        :raise UserError: where a visit is going on already, or there is no customer
        """
        if self._open_visit():
            raise UserError(self.env._("A visit of yours is still going on. Leave it first."))
        customer = self._customer_to_visit(partner_id)
        if not customer:
            raise UserError(self.env._("Choose the customer you are visiting."))
        customer.check_access("write")
        visit = self._planned_today(customer).with_context(**QUIETLY)
        if visit:
            planned = {"visit_planned_start": visit.start}
            visit.write(planned | self._prepare_arrival_vals(visit.stop - visit.start))
        else:
            lasting = timedelta(hours=self.get_default_duration())
            visit.create(self._prepare_visit_vals(customer) | self._prepare_arrival_vals(lasting))
        return self.incom_visit_current(customer.id)

    @api.model
    def incom_visit_save(self, note=False, type_id=False):
        """Keep what was entered so far, so that nothing is lost on leaving the page."""
        visit = self._visit_going_on()
        values = {}
        if isinstance(note, str) or note:
            values["outcome_text"] = self.env["res.partner"]._checked_words(note)
        if kind := self._checked_type(type_id):
            values["meeting_type_id"] = kind.id
        visit.write(values)
        return True

    @api.model
    def incom_visit_place(self, latitude, longitude, accuracy):
        """Note where the visit takes place, as the person's device says and he allows.

        :param accuracy: radius in metres
        """
        visit = self._visit_going_on()
        numbers = (latitude, longitude, accuracy)
        if any(isinstance(n, bool) or not isinstance(n, int | float) for n in numbers) or not (
            -90 <= latitude <= 90 and -180 <= longitude <= 180 and accuracy >= 0
        ):
            raise UserError(self.env._("This is no place on earth."))
        visit.write(
            {
                "visit_latitude": latitude,
                "visit_longitude": longitude,
                "visit_accuracy": max(1, min(round(accuracy), FURTHEST)),
            }
        )
        return True

    @api.model
    def incom_visit_leave(self, outcome="held", note=False, type_id=False):
        """End the visit now: its meeting has an outcome, and the diary a row.

        One left open over night ended when it was planned to, nobody knows better.

        :param str outcome: ``held``, or ``not_held`` where nobody was there
        """
        if outcome not in OUTCOME_GRADES:
            raise UserError(self.env._("A visit was held or not held."))
        self.incom_visit_save(note, type_id)
        visit = self._visit_going_on()
        if not visit.meeting_type_id:
            raise UserError(self.env._("Say what the visit was for: choose a type."))
        values = {"visit_open": False}
        if visit.meeting_day == today_in(visit._zone()):
            values["stop"] = max(fields.Datetime.now(), visit.start + timedelta(minutes=1))
        visit.write(values)
        return visit.incom_set_outcome(outcome)

    @api.model
    def incom_visit_discard(self):
        """Arrived by mistake: the visit never was, a meeting that was planned still is."""
        visit = self._visit_going_on()
        if not visit.visit_planned_start:
            return visit.unlink()
        start = visit.visit_planned_start
        return visit.write(
            {
                "start": start,
                "stop": start + (visit.stop - visit.start),
                "visit_open": False,
                "visit_planned_start": False,
                "visit_accuracy": False,
            }
        )

    # -- helpers ----------------------------------------------------------------------------------

    @api.model
    def _open_visit(self):
        return self.search([("user_id", "=", self.env.uid), ("visit_open", "=", True)], limit=1)

    @api.model
    def _visit_going_on(self):
        visit = self._open_visit()
        if not visit:
            raise UserError(self.env._("No visit is going on: arrive at a customer first."))
        return visit.with_context(**QUIETLY)

    def _visited(self):
        """The customer a visit is with, as the screen shows it."""
        guests = self.partner_ids - self.user_id.partner_id
        return guests.filtered("partner_share")[:1]

    @api.model
    def _customer_to_visit(self, partner_id):
        if not isinstance(partner_id, int) or isinstance(partner_id, bool):
            return self.env["res.partner"]
        return self.env["res.partner"].search([("id", "=", partner_id)])

    @api.model
    def _checked_type(self, type_id):
        if not isinstance(type_id, int) or isinstance(type_id, bool):
            return self.env["incom.meeting.type"]
        return self.env["incom.meeting.type"].search([("id", "=", type_id)])

    @api.model
    def _planned_today(self, customer):
        """The person's next meeting of today with the customer of which nobody said how it went."""
        day = fields.Date.to_string(self.env["incom.isolation"]._today())
        return self.search(
            [
                ("user_id", "=", self.env.uid),
                ("partner_ids.commercial_partner_id", "=", customer.commercial_partner_id.id),
                ("meeting_day", "=", day),
                ("meeting_outcome", "=", "planned"),
                ("allday", "=", False),
            ],
            order="start",
            limit=1,
        )

    @api.model
    def _prepare_arrival_vals(self, lasting):
        now = fields.Datetime.now()
        return {"start": now, "stop": now + lasting, "visit_open": True}

    @api.model
    def _prepare_visit_vals(self, customer):
        return {
            "name": self.env._("Visit: %(customer)s", customer=customer.display_name),
            "location": customer.contact_address_inline or customer.commercial_partner_id.city,
            "user_id": self.env.uid,
            "partner_ids": [Command.set((self.env.user.partner_id | customer).ids)],
            "meeting_type_id": self._proposed_visit_type(customer).id,
        }

    @api.model
    def _proposed_visit_type(self, customer):
        """An open opportunity is worked on, a stranger to our goods gets to know them; else the person says."""
        profile = customer.commercial_partner_id.customer_profile_id
        code = "other"
        if profile.open_opportunity_amount:
            code = "opportunity"
        elif not profile.purchase_count:
            code = "intro"
        return self.env["incom.meeting.type"].search([("code", "=", code)], limit=1)
