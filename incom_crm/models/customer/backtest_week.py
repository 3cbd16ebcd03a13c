from odoo import api, fields, models

from .backtest import share


class BacktestWeek(models.Model):
    """One past day of a back-test: the due list as it stood, and who ordered in the week after."""

    _name = "incom.backtest.week"
    _description = "Week of a Back-test"
    _order = "day, id"
    _log_access = False
    _rec_name = "day"

    backtest_id = fields.Many2one("incom.backtest", required=True, index=True, ondelete="cascade")
    day = fields.Date("Due List of", required=True)
    eligible_count = fields.Integer("Customers", required=True)
    ordered_count = fields.Integer("Ordered", required=True)
    listed_count = fields.Integer("Listed", required=True)
    hit_count = fields.Integer("Listed by Rule, Ordered", required=True)
    chance_hit_count = fields.Integer("Picked by Chance, Ordered", required=True)
    rule_lift = fields.Float("Lift of the Rule", compute="_compute_lifts")
    chance_lift = fields.Float("Lift of the Chance", compute="_compute_lifts")

    @api.depends("eligible_count", "ordered_count", "listed_count", "hit_count", "chance_hit_count")
    def _compute_lifts(self):
        for week in self:
            base_rate = share(week.ordered_count, week.eligible_count)
            week.rule_lift = share(share(week.hit_count, week.listed_count), base_rate)
            week.chance_lift = share(share(week.chance_hit_count, week.listed_count), base_rate)
