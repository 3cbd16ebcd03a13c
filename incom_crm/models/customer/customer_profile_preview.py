from odoo import fields, models
from odoo.fields import Domain

from .customer_profile import CARE


class CustomerProfile(models.Model):
    """Searching alone: whom a care policy or trigger is for, and for whom it asks today."""

    _inherit = "incom.customer.profile"

    fits_care_policy_id = fields.Many2one(
        "incom.care.policy", store=False, search="_search_fits_policy", groups=CARE
    )
    due_care_policy_id = fields.Many2one(
        "incom.care.policy",
        "Due by Care Policy",
        store=False,
        search="_search_due_policy",
        groups=CARE,
    )
    fits_care_trigger_id = fields.Many2one(
        "incom.care.trigger", store=False, search="_search_fits_trigger", groups=CARE
    )
    due_care_trigger_id = fields.Many2one(
        "incom.care.trigger",
        "Due by Care Trigger",
        store=False,
        search="_search_due_trigger",
        groups=CARE,
    )

    def _search_fits_policy(self, operator, value):
        return self._search_by("incom.care.policy", operator, value, "_fits_domain")

    def _search_due_policy(self, operator, value):
        return self._search_by("incom.care.policy", operator, value, "_due_domain")

    def _search_fits_trigger(self, operator, value):
        return self._search_by("incom.care.trigger", operator, value, "_fits_domain")

    def _search_due_trigger(self, operator, value):
        return self._search_by("incom.care.trigger", operator, value, "_due_domain")

    def _search_by(self, model, operator, value, domain_of):
        if operator != "in":
            return NotImplemented
        records = self.env[model].browse(number for number in value if number).exists()
        return Domain.OR(getattr(record, domain_of)() for record in records)
