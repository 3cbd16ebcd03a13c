from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class TargetWizard(models.TransientModel):
    """The same targets for several people of a team."""

    _name = "incom.target.wizard"
    _description = "Set Targets for My Team"

    month = fields.Date(
        required=True, default=lambda self: self.env["incom.target"]._current_month()
    )
    allowed_user_ids = fields.Many2many("res.users", compute="_compute_allowed_user_ids")
    user_ids = fields.Many2many(
        "res.users",
        string="People",
        required=True,
        default=lambda self: self._people(),
        domain="[('id', 'in', allowed_user_ids)]",
    )
    line_ids = fields.One2many(
        "incom.target.wizard.line",
        "wizard_id",
        default=lambda self: [
            Command.create({"metric": metric}) for metric in self.env["incom.target"]._metrics()
        ],
    )

    @api.model
    def _people(self):
        """Whom the current user sets targets for: those below who sell."""
        # sudo: names of those below; who may be set a target is checked again with each
        people = self.env["res.users"].sudo().search(self.env["incom.target"]._may_set_for())
        sellers = people.filtered(lambda user: user.has_group("sales_team.group_sale_salesman"))
        return sellers.with_env(self.env)

    @api.depends_context("uid")
    def _compute_allowed_user_ids(self):
        self.allowed_user_ids = self._people()

    def action_take_last_month(self):
        """Propose the targets of the month before where the chosen people have the same."""
        before = self.env["incom.target"]._of_month(
            self.month.replace(day=1) - timedelta(days=1), self.user_ids.ids
        )
        for line in self.line_ids:
            of_metric = before.filtered(lambda target, line=line: target.metric == line.metric)
            values = set(of_metric.mapped("value"))
            if len(values) == 1:
                line.value = values.pop()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set Targets for My Team"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Set each target given here for each of the people, over what there is.

        :raise UserError: where no target is given at all
        """
        lines = self.line_ids.filtered("value")
        if not lines:
            raise UserError(self.env._("Enter at least one target."))
        self.env["incom.target"]._set(
            self.month,
            {(user.id, line.metric): line.value for user in self.user_ids for line in lines},
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
