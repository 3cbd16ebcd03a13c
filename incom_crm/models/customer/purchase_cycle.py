from odoo import fields, models


class PurchaseCycle(models.Model):
    """A bucket of purchase cycles, such as "1 month" (30 days).

    A customer's cycle falls into the bucket nearest in log: the cut between two neighbours is
    the geometric mean of their days, the cut above the last one 1.5 times its days.
    """

    _name = "incom.purchase.cycle"
    _inherit = ["incom.customer.setting"]
    _description = "Purchase Cycle"
    _order = "days, id"

    _customer_facts = frozenset({"active", "days"})

    name = fields.Char(required=True, translate=True)
    days = fields.Integer(required=True)
    active = fields.Boolean(default=True)

    _days_positive = models.Constraint(
        "CHECK(days > 0)", "A purchase cycle lasts at least one day."
    )
    _days_uniq = models.Constraint(
        "UNIQUE(days)", "A purchase cycle of this many days exists already."
    )
