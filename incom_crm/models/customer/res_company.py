import pytz

from odoo import api, fields, models, tools

from odoo.addons.base.models.res_partner import _tz_get

UTC = "UTC"


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "incom.customer.setting"]

    _customer_facts = frozenset({"currency_id", "incom_tz", "partner_id", "resource_calendar_id"})

    incom_tz = fields.Selection(
        _tz_get,
        "CRM Time Zone",
        groups="base.group_user",
        help="The time zone in which the CRM cuts time into days, for everybody in the company.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._propose_crm_timezone()
        return companies

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"incom_tz"}

    @api.model
    @tools.ormcache()
    def _crm_time_zones(self):
        """The time zone of every company: ``{company id: name}``."""
        # sudo: the today of every company a row may belong to
        companies = self.sudo().with_context(active_test=False).search([])
        return tools.frozendict({company.id: company.incom_tz or UTC for company in companies})

    def _propose_crm_timezone(self):
        """Set the time zone where none is: the working calendar's unless that is UTC, else the country's."""
        # sudo: a proposal made at installation and for new companies, whoever creates them
        for company in self.sudo().filtered(lambda company: not company.incom_tz):
            calendar_tz = company.resource_calendar_id.tz
            if calendar_tz and calendar_tz != UTC:
                company.incom_tz = calendar_tz
            else:
                company.incom_tz = self._country_timezone(company.country_id.code) or UTC

    @api.model
    def _country_timezone(self, code):
        """The first time zone of a country, by its code; None for an unknown one."""
        zones = pytz.country_timezones.get(code or "", [])
        return zones[0] if zones else None
