from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import alerts
from ..customer.customer_profile import CARE


class CustomerProfile(models.Model):
    """Alerts follow the customers: those without a place in a list are counted, a reason that goes closes."""

    _inherit = "incom.customer.profile"

    alert_waiting = fields.Boolean(
        "Waits for a Place",
        compute="_compute_expressions",
        search="_search_alert_waiting",
        groups=CARE,
        help="Asks for care, and the list of its salesperson is full with what is more urgent.",
    )

    def _expressions(self):
        return super()._expressions() | {"alert_waiting": alerts.waiting}

    def _search_alert_waiting(self, operator, value):
        return self._search_expression("alert_waiting", operator, value)

    @api.model
    def _refresh_touched(self, partner_ids):
        """Who was just in touch with a customer is asked no more, before the job comes round."""
        refreshed = super()._refresh_touched(partner_ids)
        if refreshed:
            customers = self._customers_of(partner_ids)
            self.env["incom.care.alert"]._update_outdated(
                SQL("alert.partner_id = ANY(%s)", customers)
            )
        return refreshed
