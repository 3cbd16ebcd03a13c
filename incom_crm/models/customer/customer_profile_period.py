from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import period


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
