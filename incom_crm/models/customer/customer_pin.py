from odoo import fields, models


class CustomerPin(models.Model):
    """What a person decided about a customer by hand, with a reason; ended, never deleted.

    The engine reads the newest active pin of each kind per (customer, company).
    """

    _name = "incom.customer.pin"
    _description = "Decision by Hand on a Customer"
    _order = "date desc, id desc"
    _rec_name = "reason"

    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("level", "Approach level pinned"),
            ("other", "Not a buyer"),
            ("stopped", "Customer said they stopped"),
            ("cycle", "Purchase cycle pinned"),
            ("snooze", "Care put off"),
        ],
        required=True,
        index=True,
    )
    level_id = fields.Many2one("incom.approach.level", "Pinned Level", ondelete="restrict")
    cycle_days = fields.Integer("Pinned Cycle (days)")
    reason = fields.Char(required=True)
    date = fields.Date(required=True, help="Day of the decision, in the company's time zone.")
    until = fields.Date(
        help="Level: the last day it holds (at most 90 days). Put off: the day care is due again (at most 30 days)."
    )
    user_id = fields.Many2one("res.users", "Decided by", required=True, default=lambda self: self.env.user)
    active = fields.Boolean(default=True)
    ended_date = fields.Datetime("Ended on", readonly=True)
    ended_by_id = fields.Many2one("res.users", "Ended by", readonly=True)
