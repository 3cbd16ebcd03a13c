from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    duplicate_elsewhere = fields.Boolean(
        "Exists With Somebody Else",
        compute="_compute_same_vat_partner_id",
        groups="base.group_user",
        help="Another salesperson's customer has the same tax number or company number.",
    )

    @api.depends_context("uid")
    def _compute_same_vat_partner_id(self):
        """Core searches as superuser and names whom it finds; here it names those the user reads."""
        result = super()._compute_same_vat_partner_id()
        isolation = self.env(su=False)["incom.isolation"]
        for partner in self:
            found = partner.same_vat_partner_id | partner.same_company_registry_partner_id
            hidden = isolation._hidden(found)
            if partner.same_vat_partner_id in hidden:
                partner.same_vat_partner_id = False
            if partner.same_company_registry_partner_id in hidden:
                partner.same_company_registry_partner_id = False
            partner.duplicate_elsewhere = isolation._tell_duplicate(partner, hidden)
        return result

    def write(self, vals):
        if "user_id" not in vals or not self.env["incom.isolation"]._is_on():
            return super().write(vals)
        # sudo: whose customers they were, whoever hands over
        before = self.sudo().grouped("user_id")
        result = super().write(vals)
        successor = self.env["res.users"].browse(vals["user_id"] or ()).sudo()
        for former, customers in before.items():
            if former and former != successor:
                self.env["incom.isolation"]._take_leave_of_customers(former, customers, successor)
        return result

    def get_attendee_detail(self, meeting_ids):
        """A colleague's customer in a meeting one is invited to is no reason to show no calendar."""
        visible = self.env["incom.isolation"]._visible(self)
        return super(ResPartner, visible).get_attendee_detail(meeting_ids)

    def _get_busy_calendar_events(self, start_datetime, end_datetime):
        """When a colleague is busy everybody may know who plans a meeting with him, not with whom."""
        # sudo: core compares the hours and keeps nothing else
        partners = self.sudo() if self.env["incom.isolation"]._restricts() else self
        return super(ResPartner, partners)._get_busy_calendar_events(start_datetime, end_datetime)
