from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.calendar import company_today
from ..models.customer.customer_pin import KINDS

REASON_MIN_CHARS = 5


class CustomerPinWizard(models.TransientModel):
    """Decide about a customer by hand: pin its level or its cycle, or put off its care."""

    _name = "incom.customer.pin.wizard"
    _description = "Decide about a Customer by Hand"

    partner_id = fields.Many2one("res.partner", "Customer", required=True, ondelete="cascade")
    decision = fields.Selection(
        [
            ("level", "Pin the approach level"),
            ("cycle", "Pin the purchase cycle"),
            ("snooze", "Put off care"),
        ],
        required=True,
        default="level",
    )
    kind = fields.Selection(KINDS, compute="_compute_kind")
    level_id = fields.Many2one("incom.approach.level", "Approach Level")
    cycle_id = fields.Many2one("incom.purchase.cycle", "Purchase Cycle")
    cycle_days = fields.Integer(
        "Cycle (days)", compute="_compute_cycle_days", store=True, readonly=False
    )
    latest = fields.Date("At the latest", compute="_compute_latest")
    until = fields.Date(compute="_compute_until", store=True, readonly=False)
    reason = fields.Char()

    @api.depends("decision", "level_id")
    def _compute_kind(self):
        """Two of the levels are said rather than pinned: they hold until the next purchase."""
        said = {"other": "other", "lapsed": "stopped"}
        for wizard in self:
            is_level = wizard.decision == "level"
            wizard.kind = said.get(wizard.level_id.code, "level") if is_level else wizard.decision

    @api.depends("cycle_id")
    def _compute_cycle_days(self):
        for wizard in self:
            wizard.cycle_days = wizard.cycle_id.days or wizard.cycle_days

    @api.depends("kind")
    def _compute_latest(self):
        today = company_today(self.env.company)
        for wizard in self:
            days = self.env["incom.customer.pin"]._longest_days(wizard.kind)
            wizard.latest = days and today + timedelta(days=days)

    @api.depends("kind", "latest")
    def _compute_until(self):
        for wizard in self:
            # a put-off is to be as short as the person can say; a pin holds as long as it may
            wizard.until = wizard.latest if wizard.kind == "level" else False

    def action_apply(self):
        """Record the decision.

        :raise UserError: when the reason is too short to tell anything
        """
        self.ensure_one()
        if len("".join((self.reason or "").split())) < REASON_MIN_CHARS:
            raise UserError(
                self.env._(
                    "Give a reason of at least %(count)s characters: "
                    "colleagues will read why you decided so.",
                    count=REASON_MIN_CHARS,
                )
            )
        self.env["incom.customer.pin"].create(self._prepare_pin_vals())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_pin_vals(self):
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.env.company.id,
            "kind": self.kind,
            "reason": self.reason.strip(),
            "level_id": self.level_id.id if self.decision == "level" else False,
            "cycle_days": self.cycle_days if self.kind == "cycle" else 0,
            "until": self.until if self.latest else False,
        }
