from odoo import fields, models


class CompanySize(models.Model):
    """A size band of customers, by head count."""

    _name = "incom.company.size"
    _description = "Company Size"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE(name)", "A company size with this name exists already.")
