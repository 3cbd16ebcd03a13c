from odoo import fields, models


class CustomerReference(models.Model):
    """What depends on other customers, worked out once per company and day and kept.

    A profile row of a day reads the newest reference not after that day, so that one customer, a
    batch and everybody get the same row.
    """

    _name = "incom.customer.reference"
    _description = "Reference of a Day"
    _order = "date desc, id desc"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    date = fields.Date(required=True)
    kind = fields.Selection(
        [
            ("class_cuts", "Class cuts"),
            ("industry_cycle", "Cycle of each industry"),
            ("chance_curve", "Chance of a purchase"),
        ],
        required=True,
    )
    data = fields.Json(required=True)

    _company_kind_date_uniq = models.UniqueIndex("(company_id, kind, date)")
