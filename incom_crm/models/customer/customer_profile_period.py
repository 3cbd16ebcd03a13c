from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import period
from ...engine.calendar import OpenDays
from .customer_profile import CARE


class CustomerProfile(models.Model):
    """What a salesperson filters and groups by, beside status: this month, and what was pinned."""

    _inherit = "incom.customer.profile"

    approach_level_pinned = fields.Boolean(
        "Level Pinned", compute="_compute_expressions", search="_search_approach_level_pinned"
    )
    care_this_month = fields.Selection(
        [("cared", "Cared for"), ("not_cared", "Not cared for")],
        compute="_compute_expressions",
        search="_search_care_this_month",
        help="Whether a colleague was in touch since the first of the month.",
        groups=CARE,
    )
    purchase_this_month = fields.Selection(
        [("bought", "Bought"), ("not_bought", "Not bought")],
        compute="_compute_expressions",
        search="_search_purchase_this_month",
        help="Whether there was a purchase since the first of the month.",
    )
    birthday_soon = fields.Boolean(
        "Birthday within a Week",
        compute="_compute_birthday_soon",
        search="_search_birthday_soon",
        help="The customer or one of its contacts has a birthday today or in the next six days.",
        groups=CARE,
    )
    next_purchase_text = fields.Char(
        "Until the Next Purchase",
        compute="_compute_next_purchase_text",
        help="Open days until the next purchase is due, or since it was.",
    )

    def _expressions(self):
        return super()._expressions() | {
            "approach_level_pinned": period.level_pinned,
            "care_this_month": period.care_this_month,
            "purchase_this_month": period.purchase_this_month,
            "birthday_soon": self._birthday_soon_to_sql,
        }

    @api.depends_context("uid")
    def _compute_birthday_soon(self):
        """Apart from the others: the only one that looks at more than the row."""
        self._assign_expressions(["birthday_soon"])

    @api.depends("next_purchase_date")
    @api.depends_context("lang")
    def _compute_next_purchase_text(self):
        open_days = {company: OpenDays(company) for company in self.company_id}
        for profile in self:
            days, due = open_days[profile.company_id], profile.next_purchase_date
            if not due:
                profile.next_purchase_text = False
            elif due < days.today:
                count = days.distance(due, days.today)
                profile.next_purchase_text = self.env._("%(days)s d ago", days=count)
            elif due == days.today:
                profile.next_purchase_text = self.env._("today")
            else:
                count = days.distance(days.today, due)
                profile.next_purchase_text = self.env._("in %(days)s d", days=count)

    def _birthday_soon_to_sql(self, alias, today):
        contact_fields = self.env["res.partner"]._fields

        def person(name):
            return SQL.identifier("person", name, to_flush=contact_fields[name])

        return period.birthday_soon(alias, today, person)

    def action_open_customer(self):
        """Open the customer behind a row of an analysis."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.partner_id.display_name,
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "view_mode": "form",
        }

    def _search_approach_level_pinned(self, operator, value):
        return self._search_expression("approach_level_pinned", operator, value)

    def _search_care_this_month(self, operator, value):
        return self._search_expression("care_this_month", operator, value)

    def _search_purchase_this_month(self, operator, value):
        return self._search_expression("purchase_this_month", operator, value)

    def _search_birthday_soon(self, operator, value):
        return self._search_expression("birthday_soon", operator, value)
