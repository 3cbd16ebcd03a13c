from odoo import fields, models
from odoo.tools import SQL


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "incom.customer.source"]

    _customer_facts = frozenset(
        {
            "company_id",
            "currency_id",
            "date_order",
            "incom_renewal_date",
            "opportunity_id",
            "order_line",
            "partner_id",
            "pricelist_id",
            "state",
            "validity_date",
        }
    )

    incom_renewal_date = fields.Date(
        "Renewal Date",
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The day on which the contract or service of this order ends. A care trigger may ask for its"
        " renewal some days before. Clear it once the customer has renewed with another order.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("signed_on"):
            self._write_diary()
        return result

    def action_confirm(self):
        result = super().action_confirm()
        # sudo: whether the customer paid online is asked for, whoever confirms
        self.filtered(lambda order: order.sudo().transaction_ids)._write_diary()
        return result

    def _write_diary(self):
        """What the customer signed or confirmed online is a contact."""
        if self:
            diary = self.env["incom.interaction"]
            diary._record_safely(diary._record_signatures, SQL("o.id = ANY(%s)", self.ids))
