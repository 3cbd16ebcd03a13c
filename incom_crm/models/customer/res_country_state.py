from odoo import fields, models


class ResCountryState(models.Model):
    _name = "res.country.state"
    _inherit = ["res.country.state", "incom.customer.setting"]

    _customer_facts = frozenset({"region_id"})

    region_id = fields.Many2one(
        "incom.region",
        "Sales Region",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )
