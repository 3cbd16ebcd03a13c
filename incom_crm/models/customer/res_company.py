from odoo import fields, models
from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    _inherit = "res.company"

    incom_tz = fields.Selection(
        _tz_get,
        "CRM Time Zone",
        groups="base.group_user",
        help="The time zone in which the CRM cuts time into days, for everybody in the company.",
    )
