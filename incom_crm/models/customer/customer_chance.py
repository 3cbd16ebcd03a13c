from odoo import api, fields, models

from ...engine.outlook import Outlook

OUTLOOK = (
    "order_chance",
    "return_chance",
    "yearly_value",
    "expected_this_week",
    "worth_at_risk",
    "priority",
)


class CustomerProfile(models.Model):
    """What is to be expected of a customer, from the company's own history (``engine/outlook.py``)."""

    _inherit = "incom.customer.profile"

    order_chance = fields.Float(
        "Chance of an Order This Week",
        compute="_compute_outlook",
        search="_search_order_chance",
        aggregator="avg",
    )
    return_chance = fields.Float(
        "Chance to Come Back",
        compute="_compute_outlook",
        search="_search_return_chance",
        aggregator="avg",
        help="The chance of an order within three months.",
    )
    yearly_value = fields.Monetary(
        compute="_compute_outlook",
        search="_search_yearly_value",
        help="The usual purchase times the orders expected in a year.",
    )
    expected_this_week = fields.Monetary(
        compute="_compute_outlook",
        search="_search_expected_this_week",
        help="The usual purchase times the chance of an order this week.",
    )
    worth_at_risk = fields.Monetary(
        compute="_compute_outlook",
        search="_search_worth_at_risk",
        help="The yearly value times the chance that the customer does not come back.",
    )
    priority = fields.Monetary(
        compute="_compute_outlook",
        search="_search_priority",
        help="Worth at risk, expected this week, overdue, unsigned and weighted opportunities, added up;"
        " nothing for customers who have stopped.",
    )

    def _expressions(self):
        return super()._expressions() | {name: self._outlook(name) for name in OUTLOOK}

    def _outlook(self, name):
        return lambda alias, today: getattr(Outlook(self.env, alias, today), name)()

    @api.depends_context("uid")
    def _compute_outlook(self):
        self._assign_expressions(OUTLOOK)

    def _search_order_chance(self, operator, value):
        return self._search_expression("order_chance", operator, value)

    def _search_return_chance(self, operator, value):
        return self._search_expression("return_chance", operator, value)

    def _search_yearly_value(self, operator, value):
        return self._search_expression("yearly_value", operator, value)

    def _search_expected_this_week(self, operator, value):
        return self._search_expression("expected_this_week", operator, value)

    def _search_worth_at_risk(self, operator, value):
        return self._search_expression("worth_at_risk", operator, value)

    def _search_priority(self, operator, value):
        return self._search_expression("priority", operator, value)
