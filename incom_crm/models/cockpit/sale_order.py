from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import money


class SaleOrder(models.Model):
    """A quotation as the second box of money counts it: the latest of its opportunity, in company currency."""

    _inherit = "sale.order"

    is_unsigned = fields.Boolean(
        "Unsigned",
        store=False,
        search="_search_is_unsigned",
        help="Search: a quotation nobody has signed yet; of several for one opportunity the latest.",
        groups="base.group_user",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency", groups="base.group_user"
    )
    company_total = fields.Monetary(
        "Total in Company Currency",
        compute="_compute_company_total",
        currency_field="company_currency_id",
        groups="base.group_user",
        help="With tax, at the rate of the order's day.",
    )

    @api.depends("amount_total", "currency_rate", "company_id")
    def _compute_company_total(self):
        for order in self:
            rate = order.currency_rate or 1
            order.company_total = order.company_id.currency_id.round(order.amount_total / rate)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "company_total":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return SQL(
            """round(%s / coalesce(nullif(%s, 0), 1),
                     (SELECT currency.decimal_places FROM res_company company
                        JOIN res_currency currency ON currency.id = company.currency_id
                       WHERE company.id = %s))""",
            super()._field_to_sql(alias, "amount_total", query),
            super()._field_to_sql(alias, "currency_rate", query),
            super()._field_to_sql(alias, "company_id", query),
        )

    def _search_is_unsigned(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.flush_model(["date_order", "opportunity_id", "partner_id", "state"])
        self.env["res.partner"].flush_model(["active", "commercial_partner_id", "partner_share"])
        is_cart = self.env["incom.customer.profile"]._cart_condition()
        found = Domain.custom(to_sql=lambda model, alias, query: money.is_unsigned(alias, is_cart))
        return Domain.OR(found if asked else ~found for asked in value)
