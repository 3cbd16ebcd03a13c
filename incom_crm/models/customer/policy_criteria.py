from odoo import models


class PartnerCategory(models.Model):
    _name = "res.partner.category"
    _inherit = ["res.partner.category", "incom.policy.criterion"]


class PartnerIndustry(models.Model):
    _name = "res.partner.industry"
    _inherit = ["res.partner.industry", "incom.policy.criterion"]


class CrmTeam(models.Model):
    _name = "crm.team"
    _inherit = ["crm.team", "incom.policy.criterion"]
