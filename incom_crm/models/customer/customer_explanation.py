from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang

from ...engine import status
from ...engine.calendar import OpenDays
from .customer_profile import CARE


class CustomerProfile(models.Model):
    """Why a customer has this status, in words of the reader's language, from the row's own inputs."""

    _inherit = "incom.customer.profile"

    status_explanation = fields.Char("Why", compute="_compute_status_explanation", groups=CARE)
    care_reason = fields.Char(
        "Reason",
        compute="_compute_status_explanation",
        help="Why care is asked for.",
        groups=CARE,
    )

    @api.depends_context("lang", "uid")
    def _compute_status_explanation(self):
        reasons = self._care_reasons()
        open_days = {company: OpenDays(company) for company in self.company_id}
        for profile in self:
            days = open_days[profile.company_id]
            care = [profile._explain_reason(reason, days) for reason in reasons.get(profile.id, ())]
            profile.care_reason = care[0] if care else False
            parts = [
                profile._explain_pin(),
                profile._explain_purchases(),
                profile._explain_purchase_status(days),
                profile._explain_care(care),
            ]
            profile.status_explanation = "; ".join(part for part in parts if part)

    def _care_reasons(self):
        """The reasons for an alert that hold today, worst first: ``{id: [reason]}``.

        Of a kind only the worst: work that is overdue was due, a long silence was a short one.
        """
        conditions = status.care_reasons(self._table, self._today_sql(self._table))
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                SQL(", ").join(conditions.values()),
                SQL.identifier(self._table),
                list(self._ids),
            )
        )
        return {profile_id: self._worst_of_kinds(conditions, holds) for profile_id, *holds in rows}

    def _worst_of_kinds(self, reasons, holds):
        worst = {}
        for reason, holds_today in zip(reasons, holds, strict=True):
            if holds_today:
                worst.setdefault(reason.rpartition("_")[2], reason)
        return list(worst.values())

    def _number(self, value):
        """A number of days: whole, or with one decimal where the median lies between two."""
        return formatLang(self.env, value, digits=0 if value == int(value) else 1)

    def _explain_pin(self):
        if not self.level_pin_id:
            return None
        return self.env._(
            "level set by hand until %(until)s (%(reason)s)",
            until=format_date(self.env, self.level_pin_id.until),
            reason=self.level_pin_id.reason,
        )

    def _explain_purchases(self):
        if not self.purchase_count:
            return self.env._("never bought")
        purchases = (
            self.env._("1 purchase")
            if self.purchase_count == 1
            else self.env._("%(count)s purchases", count=self.purchase_count)
        )
        last = self.env._("last on %(day)s", day=format_date(self.env, self.last_purchase_date))
        return ", ".join(part for part in (purchases, self._explain_cycle(), last) if part)

    def _explain_cycle(self):
        days = self._number(self.purchase_cycle_days)
        if self.purchase_cycle_evidence == "pinned":
            return self.env._("cycle set by hand to %(days)s days", days=days)
        if self.purchase_cycle_evidence == "confirmed":
            return self.env._(
                "cycle %(days)s days, spread %(spread)s",
                days=days,
                spread=formatLang(self.env, self.purchase_cycle_spread, digits=2),
            )
        if self.purchase_cycle_evidence == "provisional":
            return self.env._("cycle about ~%(days)s days", days=days)
        if self.purchase_cycle_evidence == "estimated":
            return self.env._(
                "no cycle of their own yet, ~%(days)s days in the industry", days=days
            )
        return self.env._("no cycle yet")

    def _explain_purchase_status(self, days):
        if self.purchase_status == "stopped":
            silent = days.distance(self.last_purchase_date, days.today)
            return self.env._("nothing bought for %(days)s days", days=silent)
        if not self.next_purchase_date:
            return None
        due = format_date(self.env, self.next_purchase_date)
        if self.next_purchase_date >= days.today:
            return self.env._("due on %(day)s", day=due)
        overdue = days.distance(self.next_purchase_date, days.today)
        if self.purchase_cycle_evidence == "provisional" and self.purchase_status == "in_cycle":
            return self.env._("~due on %(day)s, the cycle is not certain", day=due)
        return self.env._("due on %(day)s, %(days)s days ago", day=due, days=overdue)

    def _explain_care(self, reasons):
        if self.snoozed:
            return self.env._(
                "care put off until %(day)s", day=format_date(self.env, self.snoozed_until)
            )
        if reasons:
            return ", ".join(reasons)
        if self.last_care_date:
            return self.env._(
                "last care on %(day)s", day=format_date(self.env, self.last_care_date)
            )
        return None

    def _explain_reason(self, reason, days):
        if reason.endswith("_silence"):
            return self.env._(
                "no contact for %(days)s days, %(allowed)s allowed",
                days=days.distance(self.silence_from, days.today),
                allowed=self._number(self.allowed_silence),
            )
        day_of = {
            "missed_activity": self.activity_due_from,
            "needs_care_activity": self.activity_due_from,
            "missed_window": self.window_until,
            "needs_care_window": self.window_until,
            "needs_care_birthday": self.birthday_until,
            "needs_care_trigger": self.trigger_from,
        }
        day = format_date(self.env, day_of[reason]) if reason in day_of else ""
        return {
            "missed_activity": self.env._("work overdue since %(day)s", day=day),
            "needs_care_activity": self.env._("work due on %(day)s", day=day),
            "missed_message": self.env._("a message waits for an answer"),
            "missed_window": self.env._(
                "reorder time passed on %(day)s and nobody was in touch", day=day
            ),
            "needs_care_window": self.env._("time to reorder, until %(day)s", day=day),
            "needs_care_birthday": self.env._("birthday on %(day)s", day=day),
            "needs_care_trigger": self.env._(
                "%(trigger)s, since %(day)s",
                trigger=self.trigger_id.name or self.env._("time for care"),
                day=day,
            ),
        }[reason]
