from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

MODES = [("read", "Read"), ("write", "Read and write")]

# what a person says; the rest is the system's to write
ENDING = frozenset({"active", "ended_on", "ended_by_id"})


class Lending(models.AbstractModel):
    """Mixin of what opens somebody's customers to a colleague for a time.

    It is given once, never changed and never deleted: it ends on its last day, or is ended by hand.
    """

    _name = "incom.lending"
    _description = "Opened to a Colleague"

    # fields a person may give; whoever forges another is refused
    _given = frozenset({"mode", "date_from", "date_to", "reason"})
    # the parameter with the most days it may last
    _longest = None

    mode = fields.Selection(MODES, "May", required=True, default="read")
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: self.env["incom.isolation"]._today(),
    )
    date_to = fields.Date("Until", help="The last day. Empty: until it is ended by hand.")
    reason = fields.Char(required=True)
    active = fields.Boolean(default=True)
    ended_on = fields.Datetime(readonly=True)
    ended_by_id = fields.Many2one("res.users", "Ended by", readonly=True)
    is_running = fields.Boolean("Holds Today", compute="_compute_is_running")
    may_end = fields.Boolean("May Be Ended by You", compute="_compute_may_end")

    _in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The last day comes on or after the first.",
    )

    @api.depends("active", "date_from", "date_to")
    def _compute_is_running(self):
        today = self.env["incom.isolation"]._today()
        for row in self:
            row.is_running = row._holds_on(today)

    @api.depends_context("uid")
    @api.depends("active", "date_to")
    def _compute_may_end(self):
        today = self.env["incom.isolation"]._today()
        for row in self:
            open_end = row.active and (not row.date_to or row.date_to >= today)
            row.may_end = open_end and row._is_mine_to_end()

    def _holds_on(self, day):
        started = self.date_from and self.date_from <= day
        return bool(self.active and started and (not self.date_to or self.date_to >= day))

    @api.model
    def _running_domain(self):
        today = self.env["incom.isolation"]._today()
        return [
            ("active", "=", True),
            ("date_from", "<=", today),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", today),
        ]

    @api.model
    def _given_vals(self, vals):
        """What a person may say about it, and nothing else; defaults of the context do not count.

        :raise AccessError: when another field is forged
        """
        if forged := vals.keys() - self._given:
            raise AccessError(
                self.env._("%(fields)s cannot be given.", fields=", ".join(sorted(forged)))
            )
        if not (vals.get("reason") or "").strip():
            raise UserError(self.env._("Say why: your superior reads the reason."))
        return {
            "mode": "read",
            "date_from": self.env["incom.isolation"]._today(),
            "date_to": False,
            **vals,
            "reason": vals["reason"].strip(),
            "active": True,
            "ended_on": False,
            "ended_by_id": False,
        }

    @api.model
    def _latest_day(self):
        days = self.env["incom.crm.parameter"]._get(self._longest)
        return self.env["incom.isolation"]._today() + timedelta(days=days)

    @api.model
    def _check_days(self, given):
        """
        :raise UserError: without a last day, or with days that lie in the past or too far ahead
        """
        today, latest = self.env["incom.isolation"]._today(), self._latest_day()
        first, last = (fields.Date.to_date(given[name]) for name in ("date_from", "date_to"))
        if not last or not first or not today <= first <= last <= latest:
            raise UserError(
                self.env._(
                    "Say until when: a day from today to %(latest)s at the latest.",
                    latest=format_date(self.env, latest),
                )
            )

    def write(self, vals):
        """It can only be ended; who ends it and when is the system's to say.

        :raise UserError: for any other change
        :raise AccessError: when it is not the person's to end
        """
        if not self.env.su:
            if vals.get("active", True) or vals.keys() - ENDING:
                raise UserError(
                    self.env._("This is not changed afterwards: end it and make a new one.")
                )
            self._check_may_end()
        if not vals.get("active", True):
            vals = {**vals, "ended_on": fields.Datetime.now(), "ended_by_id": self.env.uid}
        return super().write(vals)

    def _check_may_end(self):
        if not all(row._is_mine_to_end() for row in self):
            raise AccessError(
                self.env._("Only who gave it, or a superior, can end it: ask your superior.")
            )

    def _is_mine_to_end(self):
        """Whether the current user gave it or stands above who did."""
        isolation = self.env["incom.isolation"]
        # sudo: only who gave it
        giver = self.sudo().create_uid
        return isolation._sees_all(self.env.user) or giver.id in isolation._user_ids(
            self.env.user, "write"
        )

    def action_end(self):
        """End it from now on; it stays in the list."""
        self.filtered("active").write({"active": False})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Who saw what is kept: end it instead of deleting it."))
