from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    incom_tz = fields.Selection(related="company_id.incom_tz", readonly=False)
