from odoo import api, models


class CalendarEvent(models.Model):
    """Colleagues invited to a meeting see its customers, or are shared them first."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events._require_customers_seen()
        return events

    def write(self, vals):
        result = super().write(vals)
        concerned = {"partner_ids", "user_id", "opportunity_id", "res_id", "res_model_id"}
        if not concerned.isdisjoint(vals):
            self.env["incom.customer.share"]._end_outdated(self)
            self._require_customers_seen()
        return result

    def unlink(self):
        self.env["incom.customer.share"]._of_sources(self).action_end()
        return super().unlink()

    def _require_customers_seen(self):
        """A superior's invitation opens the customers of the meeting to those below.

        :raise RedirectWarning, AccessError: see ``incom.customer.share``
        """
        if not self.env["incom.isolation"]._is_on():
            return
        shares = self.env["incom.customer.share"]
        # sudo: who is invited with which customers; those who invite wrote the meeting themselves
        for event in self.sudo():
            invited = event.partner_ids.user_ids.filtered(lambda user: not user.share)
            colleagues = shares._needs_access(invited | event.user_id)
            for record in event._shown_customers() if colleagues else ():
                shares._require(record.sudo(self.env.su), colleagues, event)

    def _shown_customers(self):
        """What invited people get to know: the lead or document of the meeting, then its customers."""
        shares = self.env["incom.customer.share"]
        records = [self.opportunity_id] if self.opportunity_id else []
        if self.res_id and self.res_model != "crm.lead" and shares._is_sharable(self.res_model):
            records += self.env[self.res_model].browse(self.res_id).exists()
        outside = self.partner_ids.filtered("partner_share")
        return [*records, *outside.commercial_partner_id]
