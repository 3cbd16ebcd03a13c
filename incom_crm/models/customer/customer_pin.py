from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...engine.calendar import company_today

KINDS = [
    ("level", "Approach level pinned"),
    ("other", "Not a buyer"),
    ("stopped", "Customer said they stopped"),
    ("cycle", "Purchase cycle pinned"),
    ("snooze", "Care put off"),
]
# These three all say where the customer stands: a newer one takes the place of the others.
STANDING_KINDS = ("level", "other", "stopped")
CYCLE_DAYS = range(2, 1101)


class CustomerPin(models.Model):
    """What a person decided about a customer by hand, with a reason; ended, never changed.

    The engine reads the newest active pin of each kind per (customer, company).
    """

    _name = "incom.customer.pin"
    _inherit = ["incom.customer.source"]
    _description = "Decision by Hand on a Customer"
    _order = "date desc, id desc"
    _rec_name = "reason"
    _customer_facts = frozenset({"active"})

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, required=True, index=True)
    level_id = fields.Many2one("incom.approach.level", "Pinned Level", ondelete="restrict")
    cycle_days = fields.Integer("Pinned Cycle (days)")
    reason = fields.Char(required=True)
    date = fields.Date(required=True, help="Day of the decision, in the company's time zone.")
    until = fields.Date(
        help="Level: the last day it holds. Put off: the day on which care is due again."
    )
    user_id = fields.Many2one(
        "res.users", "Decided by", required=True, default=lambda self: self.env.user
    )
    active = fields.Boolean(default=True)
    ended_date = fields.Datetime("Ended on", readonly=True)
    ended_by_id = fields.Many2one("res.users", "Ended by", readonly=True)

    _reason_filled = models.Constraint(
        "CHECK(btrim(reason) <> '')", "A decision by hand needs a reason."
    )

    @api.constrains("kind", "level_id", "cycle_days")
    def _check_what(self):
        for pin in self:
            if pin.kind == "level" and not pin.level_id:
                raise ValidationError(self.env._("Choose the approach level to pin."))
            if pin.kind == "cycle" and pin.cycle_days not in CYCLE_DAYS:
                raise ValidationError(
                    self.env._(
                        "A pinned cycle lasts from %(shortest)s to %(longest)s days.",
                        shortest=CYCLE_DAYS.start,
                        longest=CYCLE_DAYS.stop - 1,
                    )
                )

    @api.constrains("kind", "date", "until", "company_id")
    def _check_days(self):
        for pin in self:
            if pin.date > company_today(pin.company_id):
                raise ValidationError(self.env._("A decision cannot be dated in the future."))
            longest = self._longest_days(pin.kind)
            if not longest:
                if pin.until:
                    raise ValidationError(self.env._("This kind of decision has no end date."))
                continue
            if not pin.until:
                raise ValidationError(self.env._("Say until when it holds."))
            if not pin.date < pin.until <= pin.date + timedelta(days=longest):
                raise ValidationError(
                    self.env._(
                        "The end date must be from 1 to %(days)s days after the decision.",
                        days=longest,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        partners = self.env["res.partner"].browse(vals.get("partner_id") for vals in vals_list)
        for vals, partner in zip(vals_list, partners, strict=True):
            company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
            vals["partner_id"] = partner.commercial_partner_id.id
            vals.setdefault("date", company_today(company))
            if not self.env.su:
                # nobody decides in another's name
                vals["user_id"] = self.env.uid
        pins = super().create(vals_list)
        pins._check_put_off_again()
        pins._end_replaced()
        return pins

    def write(self, vals):
        """A decision can only be ended; who ends it and when is the system's to say.

        :raise UserError: for any other change, and for another's decision that still holds, unless the
            person decides over all customers
        :raise AccessError: for who may not write on the customer
        """
        if vals.get("active", True) or vals.keys() - {"active", "ended_date", "ended_by_id"}:
            raise UserError(
                self.env._("A decision is not changed afterwards: end it and make a new one.")
            )
        if not self.env.su:
            self._check_may_end()
        ended = {"active": False, "ended_date": fields.Datetime.now(), "ended_by_id": self.env.uid}
        return super().write(ended)

    def _check_may_end(self):
        self.partner_id.check_access("write")
        if any(pin._holds_for_another() and not self._stands_above(pin.user_id) for pin in self):
            raise UserError(
                self.env._("This is somebody else's decision: ask them or your superior.")
            )

    def _holds_for_another(self):
        """Whether it is another's decision and its last day is not over."""
        over = self.until and self.until < company_today(self.company_id)
        return self.user_id != self.env.user and not over

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Decisions are kept: end this one instead of deleting it."))

    def action_end(self):
        """End the decision from now on; it stays in the history."""
        self.filtered("active").write({"active": False})

    @api.model
    def _longest_days(self, kind):
        """For how many days a decision of this kind may hold; None when it has no end date."""
        key = {"level": "level_pin_days", "snooze": "snooze_days"}.get(kind)
        return key and self.env["incom.crm.parameter"]._get(key)

    def _stands_above(self, person):
        """Whether the current user is a superior of ``person``, or of everybody."""
        user = self.env.user
        if user.has_group("incom_crm.group_director"):
            return True
        return person != user and person.id in self.env["incom.isolation"]._user_ids(user, "write")

    def _check_put_off_again(self):
        """Care put off twice without a contact in between is for a superior to decide.

        No constraint: those run as superuser and would not know who asks.
        """
        if self.env.su:
            return
        for pin in self.filtered(lambda pin: pin.kind == "snooze"):
            decided_above = self._stands_above(pin.partner_id.owner_id)
            if not decided_above and pin._put_off_before_without_care():
                raise AccessError(
                    self.env._(
                        "Care of %(customer)s was put off before and nobody has been in touch "
                        "since. Ask your superior to put it off again.",
                        customer=pin.partner_id.display_name,
                    )
                )

    def _put_off_before_without_care(self):
        self.ensure_one()
        before = self.with_context(active_test=False).search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "snooze"),
                ("id", "!=", self.id),
            ],
            order="id desc",
            limit=1,
        )
        return before and not self.env["incom.interaction"].search_count(
            [
                ("partner_id", "=", self.partner_id.id),
                ("user_id", "!=", False),
                ("grade", "in", ("content", "two_way")),
                ("date", ">=", before.create_date),
                ("date", "<=", fields.Datetime.now()),
                ("source_state", "!=", "revoked"),
            ],
            limit=1,
        )

    def _end_replaced(self):
        """End the active decisions whose place a new one takes."""
        for pin in self:
            kinds = STANDING_KINDS if pin.kind in STANDING_KINDS else (pin.kind,)
            self.search(
                [
                    ("partner_id", "=", pin.partner_id.id),
                    ("company_id", "=", pin.company_id.id),
                    ("kind", "in", kinds),
                    ("id", "!=", pin.id),
                ]
            ).action_end()
