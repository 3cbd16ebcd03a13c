from odoo import fields, models
from odoo.exceptions import AccessError

from ..customer.customer_profile import CARE

CUSTOMERS = "incom_crm.res_partner_action"
MEETINGS = "calendar.action_calendar_event"


class DigestDigest(models.Model):
    """Care in Odoo's own digest: as the reader sees it, of one company."""

    _inherit = "digest.digest"

    kpi_incom_cared = fields.Boolean("Customers Cared For", groups="base.group_user")
    kpi_incom_cared_value = fields.Integer(
        compute="_compute_kpi_incom_cared_value", groups="base.group_user"
    )
    kpi_incom_neglected = fields.Boolean("Neglected Customers", groups="base.group_user")
    kpi_incom_neglected_value = fields.Integer(
        compute="_compute_kpi_incom_neglected_value",
        groups="base.group_user",
        help="As of now: the same in every period.",
    )
    kpi_incom_meetings = fields.Boolean("Customer Meetings Held", groups="base.group_user")
    kpi_incom_meetings_value = fields.Integer(
        compute="_compute_kpi_incom_meetings_value", groups="base.group_user"
    )

    def _check_reads_care(self):
        """:raise AccessError: for readers whose digest does without, as core's own figures do"""
        if not self.env.user.has_group(CARE):
            raise AccessError(self.env._("Care is shown to those who look after customers."))

    def _compute_kpi_incom_cared_value(self):
        """Customers with a contact by a colleague in the period; care is the customer's, whichever company's."""
        self._check_reads_care()
        start, end, companies = self._get_kpi_compute_parameters()
        customers = self.env["incom.customer.profile"]._search(
            [("company_id", "in", companies.ids)]
        )
        [(count,)] = self.env["incom.interaction"]._read_group(
            [
                ("date", ">=", start),
                ("date", "<", end),
                ("grade", "in", ("content", "two_way")),
                ("user_id", "!=", False),
                ("source_state", "!=", "revoked"),
                ("partner_id", "in", customers.subselect("partner_id")),
            ],
            aggregates=["partner_id:count_distinct"],
        )
        self.kpi_incom_cared_value = count

    def _compute_kpi_incom_neglected_value(self):
        self._check_reads_care()
        _start, _end, companies = self._get_kpi_compute_parameters()
        self.kpi_incom_neglected_value = self.env["incom.customer.profile"].search_count(
            [("company_id", "in", companies.ids), ("care_alert", "=", "neglected")]
        )

    def _compute_kpi_incom_meetings_value(self):
        self._check_reads_care()
        start, end, companies = self._get_kpi_compute_parameters()
        self.kpi_incom_meetings_value = self.env["calendar.event"].search_count(
            [
                ("start", ">=", start),
                ("start", "<", end),
                ("meeting_outcome", "=", "held"),
                ("is_customer_meeting", "=", True),
                ("user_id.company_id", "in", companies.ids),
            ]
        )

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        return actions | {
            "kpi_incom_cared": CUSTOMERS,
            "kpi_incom_neglected": CUSTOMERS,
            "kpi_incom_meetings": MEETINGS,
        }
