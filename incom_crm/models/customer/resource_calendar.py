from odoo import models


class ResourceCalendarLeaves(models.Model):
    """Company holidays are taken out of every interval."""

    _name = "resource.calendar.leaves"
    _inherit = ["resource.calendar.leaves", "incom.customer.setting"]

    _customer_facts = frozenset(
        {"calendar_id", "company_id", "date_from", "date_to", "resource_id"}
    )

    def _touch_everybody(self):
        company_wide = self.filtered(lambda leave: not leave.resource_id)
        return super(ResourceCalendarLeaves, company_wide)._touch_everybody()


class ResourceCalendarAttendance(models.Model):
    """The working week decides when an activity is a working day overdue."""

    _name = "resource.calendar.attendance"
    _inherit = ["resource.calendar.attendance", "incom.customer.setting"]

    _customer_facts = frozenset({"calendar_id", "day_period", "dayofweek", "display_type"})
