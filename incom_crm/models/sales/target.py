from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, date_utils

from ...engine import attainment
from ...engine.calendar import company_today
from ...engine.visibility import WRITE


class Metric(NamedTuple):
    """What a target may be set for.

    :param is_amount: whether it is money of the company; else a number
    :param model: what the records are that its number opens
    :param facts: function from a ``Span`` to a SELECT of ``user_id, record_id, amount``
    """

    label: str
    is_amount: bool
    model: str
    facts: Callable


class Target(models.Model):
    """What a superior and a person agreed on for a month, and how far the person has come."""

    _name = "incom.target"
    _description = "Target"
    _order = "month desc, user_id, metric"

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("share", "=", False)],
    )
    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(
        required=True,
        default=lambda self: self._current_month(),
        help="The month of this day; kept as its first day.",
    )
    metric = fields.Selection(
        "_selection_metric", required=True, help="What is counted towards the target."
    )
    value = fields.Float("Target", required=True, digits=(16, 0))
    is_amount = fields.Boolean("Amount of Money", compute="_compute_is_amount")
    actual = fields.Float(
        "Attained",
        compute="_compute_attainment",
        digits=(16, 0),
        help="Counted from the company's documents and the diary; opens what was counted.",
    )
    share = fields.Float(
        compute="_compute_attainment", help="Attained as a share of the target; 1 is all of it."
    )
    progress = fields.Float("Share (%)", compute="_compute_attainment")
    expected_share = fields.Float(
        "Time Elapsed",
        compute="_compute_attainment",
        help="The share of the month's working days that are over.",
    )
    pace = fields.Selection(
        [
            ("reached", "Reached"),
            ("ahead", "On track"),
            ("behind", "Behind"),
            ("missed", "Missed"),
            ("coming", "To come"),
        ],
        compute="_compute_attainment",
        help="On track: the share attained is at least the share of working days that are over.",
    )

    _person_uniq = models.UniqueIndex(
        "(user_id, month, metric, company_id)",
        "This person has a target of this kind for the month already.",
    )
    _value_positive = models.Constraint(
        "CHECK(value > 0)", "A target is above zero; where there is none, delete it."
    )

    # -- metrics --------------------------------------------------------------------------------

    @api.model
    def _metrics(self):
        """``{key: Metric}`` in the order people read them; other addons add theirs."""
        return {
            "revenue": Metric(self.env._("Revenue"), True, "sale.order", attainment.revenue),
            "collections": Metric(
                self.env._("Collections"), True, "incom.collection.report", attainment.collections
            ),
            "new_customers": Metric(
                self.env._("New Customers"), False, "res.partner", attainment.new_customers
            ),
            "customers_cared": Metric(
                self.env._("Customers Cared For"), False, "res.partner", attainment.customers_cared
            ),
            "meetings": Metric(
                self.env._("Meetings Held"), False, "calendar.event", self._held_facts
            ),
            "opportunity_meetings": Metric(
                self.env._("Opportunity Meetings"), False, "calendar.event", self._opportunity_facts
            ),
            "calls": Metric(self.env._("Calls"), False, "incom.interaction", attainment.calls),
        }

    @api.model
    def _selection_metric(self):
        return [(key, metric.label) for key, metric in self._metrics().items()]

    def _held_facts(self, span):
        events = self.env["calendar.event"]
        return self._meeting_facts(events._incom_held_domain(span.user_ids, span.first, span.last))

    def _opportunity_facts(self, span):
        events = self.env["calendar.event"]
        return self._meeting_facts(
            events._incom_opportunity_domain(span.user_ids, span.first, span.last)
        )

    def _meeting_facts(self, domain):
        # sudo: the number of meetings, whoever may open them
        query = self.env["calendar.event"].sudo()._search(domain)
        return SQL(
            """SELECT event.user_id, event.id AS record_id, 1 AS amount
                 FROM calendar_event event WHERE event.id IN %s""",
            query.subselect(),
        )

    # -- attainment -----------------------------------------------------------------------------

    @api.model
    def _attainment(self, user_ids, month):
        """How far these people have come in a month, in the current company.

        :param month: any day of the month
        :return: ``{user_id: [{"metric", "label", "target", "value", "share"}]}``, for each target of the
            person the current user may read; ``share`` 1 is all of it
        """
        labels = dict(self._selection_metric())
        order = list(labels)
        attained = {user_id: [] for user_id in user_ids}
        targets = self._of_month(month, user_ids)
        for target in targets.sorted(lambda target: order.index(target.metric)):
            attained[target.user_id.id].append(
                {
                    "metric": target.metric,
                    "label": labels[target.metric],
                    "target": target.value,
                    "value": target.actual,
                    "share": target.share,
                }
            )
        return attained

    @api.depends("metric")
    def _compute_is_amount(self):
        metrics = self._metrics()
        for target in self:
            target.is_amount = bool(target.metric and metrics[target.metric].is_amount)

    @api.depends("user_id", "company_id", "month", "metric", "value")
    @api.depends_context("uid")
    def _compute_attainment(self):
        for (company, month), targets in self.grouped(
            lambda target: (target.company_id, target.month)
        ).items():
            expected, actuals = 0.0, {}
            if company and month:
                expected = attainment.elapsed_share(company, month)
                metrics = set(targets.mapped("metric"))
                actuals = self._actuals(company, month, targets.user_id.ids, metrics)
            for target in targets:
                target.expected_share = expected
                target._assign_actual(actuals.get((target.user_id.id, target.metric), 0.0))

    def _assign_actual(self, actual):
        self.actual = actual
        self.share = actual / self.value if self.value > 0 else 0.0
        self.progress = 100 * self.share
        self.pace = self._pace()

    def _pace(self):
        today = company_today(self.company_id or self.env.company)
        if self.month and self.month > today:
            return "coming"
        if self.share >= 1:
            return "reached"
        if self.expected_share >= 1:
            return "missed"
        return "ahead" if self.share >= self.expected_share else "behind"

    @api.model
    def _actuals(self, company, month, user_ids, metrics):
        """What these people attained, in one statement whatever their number.

        :return: ``{(user_id, metric): number}``; of people the current user may not see nothing
        """
        rows = self._facts(
            company,
            month,
            user_ids,
            metrics,
            SQL("user_id, metric, round(sum(amount), %s)", company.currency_id.decimal_places),
            SQL("GROUP BY user_id, metric"),
        )
        return {(user_id, metric): float(amount) for user_id, metric, amount in rows}

    @api.model
    def _facts(self, company, month, user_ids, metrics, columns, grouping=None):
        """Rows of ``columns`` over the facts of the metrics: ``metric, user_id, record_id, amount``."""
        user_ids, known = self._visible(user_ids), self._metrics()
        metrics = [name for name in known if name in metrics]
        if not user_ids or not metrics:
            return []
        self.env.flush_all()
        span = attainment.span_of(company, user_ids, month)
        facts = SQL(" UNION ALL ").join(
            SQL("SELECT %s AS metric, fact.* FROM (%s) AS fact", name, known[name].facts(span))
            for name in metrics
        )
        return self.env.execute_query(
            SQL(
                "%s SELECT %s FROM (%s) AS fact %s",
                attainment.purchase_sources(self.env, span),
                columns,
                facts,
                grouping or SQL(),
            )
        )

    @api.model
    def _visible(self, user_ids):
        """Those of the people whose figures the current user may know."""
        isolation = self.env["incom.isolation"]
        if not isolation._restricts():
            return list(user_ids)
        return sorted({*user_ids} & {*isolation._user_ids(self.env.user)})

    def action_open_actual(self):
        """Open what was counted towards the target."""
        self.ensure_one()
        self.check_access("read")
        metric = self._metrics()[self.metric]
        rows = self._facts(
            self.company_id, self.month, self.user_id.ids, [self.metric], SQL("DISTINCT record_id")
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(metric)s: %(person)s", metric=metric.label, person=self.user_id.name
            ),
            "res_model": metric.model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", sorted(record_id for (record_id,) in rows))],
            "context": {"create": False, "active_test": False},
        }

    # -- who sets them --------------------------------------------------------------------------

    @api.model
    def _current_month(self):
        return date_utils.start_of(company_today(self.env.company), "month")

    @api.model
    def _may_set_for(self):
        """Domain of the people the current user sets targets for: those below; nobody for himself."""
        isolation = self.env["incom.isolation"]
        if self.env.su or isolation._sees_all(self.env.user):
            return Domain("share", "=", False)
        return isolation._below_domain(isolation._viewer(self.env.user, WRITE))

    @api.model
    def _check_may_set(self, users):
        """:raise AccessError: where one of the people does not work below the current user"""
        # sudo: whether they work below, whatever else may be read of them
        if users.sudo() - users.sudo().filtered_domain(self._may_set_for()):
            raise AccessError(
                self.env._("Targets are set by a superior, for the people who work below.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        targets = super().create([self._normalised(vals) for vals in vals_list])
        self._check_may_set(targets.user_id)
        return targets

    def write(self, vals):
        self._check_may_set(self.user_id)
        result = super().write(self._normalised(vals))
        self._check_may_set(self.user_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_superior(self):
        self._check_may_set(self.user_id)

    @api.model
    def _normalised(self, vals):
        """Values with the first day of the month."""
        if not vals.get("month"):
            return vals
        return {**vals, "month": date_utils.start_of(fields.Date.to_date(vals["month"]), "month")}

    @api.model
    def _set(self, month, values):
        """Set targets of a month in the current company, over those there are.

        :param values: ``{(user_id, metric): value}``
        """
        there = {
            (target.user_id.id, target.metric): target
            for target in self._of_month(month, {user_id for user_id, _metric in values})
        }
        for key in values.keys() & there.keys():
            there[key].value = values[key]
        return self.create(
            [
                {"user_id": user_id, "month": month, "metric": metric, "value": value}
                for (user_id, metric), value in values.items()
                if (user_id, metric) not in there
            ]
        )

    @api.model
    def _of_month(self, month, user_ids):
        return self.search(
            [
                ("user_id", "in", list(user_ids)),
                ("month", "=", date_utils.start_of(month, "month")),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @api.model
    def action_copy_last_month(self):
        """Give everybody below, for this month, the targets of the month before that are missing."""
        month = self._current_month()
        # sudo: whom the current user sets targets for, archived people aside
        users = self.env["res.users"].sudo().search(self._may_set_for())
        there = {(target.user_id, target.metric) for target in self._of_month(month, users.ids)}
        missing = self._of_month(month - timedelta(days=1), users.ids).filtered(
            lambda target: (target.user_id, target.metric) not in there
        )
        missing.copy({"month": month})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
