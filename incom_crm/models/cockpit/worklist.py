"""The customers to turn to now, the most valuable first."""

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate, format_amount

from .table import CUSTOMER, SOURCES
from .words import in_words

_lt = LazyTranslate(__name__)

# A list a person can finish; the rest is counted.
LONGEST = 15
# Customers with something to do; who was put off is left alone until his day, and who stopped has a list
# of his own.
TO_DO = [
    ("snoozed", "=", False),
    ("purchase_status", "!=", "stopped"),
    *("|", "|"),
    ("care_alert", "!=", "ok"),
    ("purchase_status", "in", ["due", "late"]),
    ("overdue_amount", ">", 0),
]
TITLE = _lt("What to do")


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _worklist(self, scope, counts):
        domain = [*self._scope_domain(SOURCES[CUSTOMER], scope), *TO_DO]
        profiles = self.env["incom.customer.profile"]
        readable = Domain(domain) & self._readable_customers()
        total = profiles.search_count(readable)
        shown = profiles.search(readable, order="priority desc, id", limit=LONGEST)
        activities = self._activities_on(shown.partner_id)
        return {
            "total": total,
            "rows": [
                self._worklist_row(profile, activities.get(profile.partner_id.id, False))
                for profile in shown
            ],
            "more": {
                **self._list_values(SOURCES[CUSTOMER], domain, in_words(self.env, TITLE)),
                "count": total,
            },
        }

    def _worklist_row(self, profile, activity_id):
        partner = profile.partner_id
        alerts = dict(profile._fields["care_alert"]._description_selection(self.env))
        return {
            "partner_id": partner.id,
            "name": partner.display_name,
            "level": profile.approach_level_id.name,
            "cycle": profile.purchase_cycle_id.name or "",
            "alert": profile.care_alert,
            "alert_label": alerts[profile.care_alert],
            "reason": self._reason(profile),
            "explanation": profile.status_explanation,
            "priority": profile.priority,
            "usual": profile.median_order_value,
            "late_text": self._late_text(profile),
            "last_text": partner.last_interaction_text or "",
            "last_date": self._last_date(partner),
            "overdue": profile.overdue_amount,
            "unsigned": profile.unsigned_amount,
            "snoozed_until": fields.Date.to_string(profile.snoozed_until) or False,
            "activity_id": activity_id,
            **self._contact_values(partner),
        }

    def _reason(self, profile):
        """Why the customer is on the list: care first, then the cycle, then debt."""
        if profile.care_reason:
            return profile.care_reason
        if profile.purchase_status in ("due", "late"):
            return self._late_text(profile)
        return self.env._(
            "%(amount)s overdue",
            amount=format_amount(self.env, profile.overdue_amount, profile.currency_id),
        )

    def _late_text(self, profile):
        """When the next purchase is due, for who is due or late."""
        if profile.purchase_status not in ("due", "late"):
            return ""
        return self.env._("next purchase due %(when)s", when=profile.next_purchase_text)

    def _last_date(self, partner):
        line = partner.last_interaction_id
        return line and fields.Datetime.to_string(line.date)

    def _contact_values(self, partner):
        """How to reach the customer at a touch; Zalo takes the digits of the phone number."""
        phone = partner.phone or ""
        return {
            "phone": phone,
            "email": partner.email or "",
            "zalo": "".join(filter(str.isdigit, phone)),
        }

    def _activities_on(self, partners):
        """The viewer's earliest open activity on each customer itself: ``{partner id: id}``."""
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", partners.ids),
                ("user_id", "=", self.env.uid),
            ],
            order="date_deadline desc, id desc",
        )
        return {activity.res_id: activity.id for activity in activities}
