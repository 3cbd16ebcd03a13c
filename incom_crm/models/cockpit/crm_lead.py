from odoo import fields, models
from odoo.fields import Domain

from ...engine import money


class CrmLead(models.Model):
    """An opportunity whose money is in no quotation yet."""

    _inherit = "crm.lead"

    is_open_unquoted = fields.Boolean(
        "Open, Not Quoted",
        store=False,
        search="_search_is_open_unquoted",
        help="Search: an open opportunity without an unsigned quotation.",
        groups="base.group_user",
    )

    def _search_is_open_unquoted(self, operator, value):
        if operator != "in":
            return NotImplemented
        orders = self.env["sale.order"]
        orders.flush_model(["opportunity_id", "state"])
        self.flush_model(["active", "partner_id", "type", "won_status"])
        self.env["res.partner"].flush_model(["active", "commercial_partner_id", "partner_share"])
        is_cart = self.env["incom.customer.profile"]._cart_condition()
        found = Domain.custom(
            to_sql=lambda model, alias, query: money.is_open_unquoted(alias, is_cart)
        )
        return Domain.OR(found if asked else ~found for asked in value)
