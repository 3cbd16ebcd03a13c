from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    birthdate = fields.Date(groups="base.group_user")
    company_size_id = fields.Many2one(
        "incom.company.size", "Company Size", index="btree_not_null", groups="base.group_user"
    )
    region_id = fields.Many2one(
        "incom.region", "Sales Region", related="state_id.region_id", groups="base.group_user"
    )
