from odoo import api, fields, models

from .backtest import share


class BacktestBin(models.Model):
    """A tenth of the predictions of a back-test, by chance: what was predicted, what came."""

    _name = "incom.backtest.bin"
    _description = "Calibration of a Back-test"
    _order = "sequence, id"
    _log_access = False
    _rec_name = "sequence"

    backtest_id = fields.Many2one("incom.backtest", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer("Tenth", required=True)
    prediction_count = fields.Integer("Predictions", required=True)
    predicted = fields.Float("Chance, Mean", required=True)
    ordered_count = fields.Integer("Ordered", required=True)
    observed = fields.Float("Share That Ordered", compute="_compute_observed")

    @api.depends("prediction_count", "ordered_count")
    def _compute_observed(self):
        for tenth in self:
            tenth.observed = share(tenth.ordered_count, tenth.prediction_count)
