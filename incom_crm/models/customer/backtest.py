from odoo import Command, api, fields, models
from odoo.tools.misc import formatLang

from ...engine import backtest
from ...engine.calendar import company_today


def share(part, whole):
    """``part / whole``; 0 where there is nothing to divide by."""
    return part / whole if whole else 0.0


class Backtest(models.Model):
    """One walk through a company's past: what the due list, the chance and "stopped" were worth.

    Precision: of the listed, how many ordered. Recall: of those who ordered, how many were listed. Lift:
    precision over the base rate, so how many times better than calling customers at random.
    """

    _name = "incom.backtest"
    _description = "Back-test"
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    date = fields.Date("Run on", required=True, readonly=True)
    summary = fields.Text(compute="_compute_summary")
    # the due list
    due_days = fields.Integer("Days of a Due List", readonly=True)
    week_ids = fields.One2many("incom.backtest.week", "backtest_id", "Weeks", readonly=True)
    bin_ids = fields.One2many("incom.backtest.bin", "backtest_id", "Calibration", readonly=True)
    eligible_count = fields.Integer("Predictions", compute="_compute_due_list")
    ordered_count = fields.Integer("Ordered", compute="_compute_due_list")
    listed_count = fields.Integer("Listed", compute="_compute_due_list")
    base_rate = fields.Float(compute="_compute_due_list")
    rule_precision = fields.Float("Precision of the Rule", compute="_compute_due_list")
    rule_recall = fields.Float("Recall of the Rule", compute="_compute_due_list")
    rule_lift = fields.Float("Lift of the Rule", compute="_compute_due_list")
    chance_precision = fields.Float("Precision of the Chance", compute="_compute_due_list")
    chance_recall = fields.Float("Recall of the Chance", compute="_compute_due_list")
    chance_lift = fields.Float("Lift of the Chance", compute="_compute_due_list")
    by_chance_alone = fields.Boolean(
        "Ranked by Chance Alone", compute="_compute_by_chance_alone", store=True
    )
    min_lift = fields.Float("Lift Expected of the Rule", readonly=True)
    min_listed_count = fields.Integer("Listed Needed to Judge", readonly=True)
    # the curve of the day
    sample_count = fields.Integer("Samples", readonly=True)
    default_curve = fields.Boolean("Shipped Curve", readonly=True)
    # stopped
    horizon_days = fields.Integer("Days Watched", readonly=True)
    judged_count = fields.Integer("Judged", readonly=True)
    gone_count = fields.Integer("Gone", readonly=True)
    stopped_count = fields.Integer("Called Stopped", readonly=True)
    stopped_right_count = fields.Integer("Called Stopped and Gone", readonly=True)
    false_alarm_count = fields.Integer("False Alarms", compute="_compute_stopped")
    stopped_precision = fields.Float("Precision of Stopped", compute="_compute_stopped")
    stopped_recall = fields.Float("Recall of Stopped", compute="_compute_stopped")
    gone_rate = fields.Float("Share Gone", compute="_compute_stopped")
    chance_auc = fields.Float("Return Told by Chance", readonly=True)
    recency_auc = fields.Float("Return Told by Last Purchase", readonly=True)

    @api.depends("week_ids")
    def _compute_due_list(self):
        for run in self:
            weeks = run.week_ids
            run.eligible_count = sum(weeks.mapped("eligible_count"))
            run.ordered_count = sum(weeks.mapped("ordered_count"))
            run.listed_count = sum(weeks.mapped("listed_count"))
            hits = sum(weeks.mapped("hit_count"))
            chance_hits = sum(weeks.mapped("chance_hit_count"))
            run.base_rate = share(run.ordered_count, run.eligible_count)
            run.rule_precision = share(hits, run.listed_count)
            run.rule_recall = share(hits, run.ordered_count)
            run.rule_lift = share(run.rule_precision, run.base_rate)
            run.chance_precision = share(chance_hits, run.listed_count)
            run.chance_recall = share(chance_hits, run.ordered_count)
            run.chance_lift = share(run.chance_precision, run.base_rate)

    @api.depends("rule_lift", "listed_count", "min_lift", "min_listed_count")
    def _compute_by_chance_alone(self):
        for run in self:
            enough = run.listed_count >= run.min_listed_count
            run.by_chance_alone = enough and run.rule_lift < run.min_lift

    @api.depends("judged_count", "gone_count", "stopped_count", "stopped_right_count")
    def _compute_stopped(self):
        for run in self:
            run.false_alarm_count = run.stopped_count - run.stopped_right_count
            run.stopped_precision = share(run.stopped_right_count, run.stopped_count)
            run.stopped_recall = share(run.stopped_right_count, run.gone_count)
            run.gone_rate = share(run.gone_count, run.judged_count)

    @api.depends("week_ids", "due_days")
    @api.depends_context("lang")
    def _compute_summary(self):
        for run in self:
            run.summary = self.env._(
                "Of the customers with a confirmed cycle %(base)s %% ordered within %(days)s days; of those on"
                " the due list %(rule)s %%, %(rule_lift)s times as many; of equally many picked by chance"
                " %(chance)s %%, %(chance_lift)s times as many.",
                base=formatLang(self.env, 100 * run.base_rate, digits=1),
                days=run.due_days,
                rule=formatLang(self.env, 100 * run.rule_precision, digits=1),
                rule_lift=formatLang(self.env, run.rule_lift, digits=2),
                chance=formatLang(self.env, 100 * run.chance_precision, digits=1),
                chance_lift=formatLang(self.env, run.chance_lift, digits=2),
            )

    def action_run(self):
        """Walk through the past of the current company and show what was found."""
        run = self._run(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": run.id,
            "views": [(False, "form")],
        }

    @api.model
    def _run(self, company, today=None):
        """Walk through the past of a company up to ``today`` and keep the result."""
        self.check_access("create")
        today = today or company_today(company)
        found = backtest.walk(self.env, company, today)
        return self.create(self._prepare_values(company, today, found))

    @api.model
    def _prepare_values(self, company, today, found):
        params = self.env["incom.crm.parameter"]._values()
        return {
            "company_id": company.id,
            "date": today,
            "due_days": params["due_list_days"],
            "min_lift": params["due_list_min_lift"],
            "min_listed_count": params["due_list_min_predictions"],
            "horizon_days": params["chance_days"],
            "week_ids": [Command.create(week) for week in found["weeks"]],
            "bin_ids": [Command.create(tenth) for tenth in found["bins"]],
            "sample_count": found["curve"]["ended"] + found["curve"]["open"],
            "default_curve": found["curve"]["is_default"],
            **found["stopped"],
        }

    @api.model
    def _due_list_by_chance_alone(self, company):
        """Whether the newest run found the due list of a company too little better than chance picks."""
        # sudo: everybody's list goes by it, only directors see the runs
        run = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return run.by_chance_alone
