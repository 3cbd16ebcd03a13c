from odoo import api, fields, models
from odoo.tools import SQL, sql

from .isolation import SALESPERSON


class ResPartner(models.Model):
    """A customer belongs to the commercial entity's salesperson, its contacts with it."""

    _inherit = "res.partner"

    owner_id = fields.Many2one(
        "res.users",
        "Customer's Salesperson",
        related="commercial_partner_id.user_id",
        store=True,
        index=True,
        groups="base.group_user",
        help="Salesperson of the company the contact belongs to. A contact's own salesperson opens nothing.",
    )

    # without these one branch of the rule on contacts reads the whole table
    _internal_idx = models.Index("(id) WHERE partner_share IS NOT TRUE")
    _employee_idx = models.Index("(id) WHERE employee IS TRUE")

    def _auto_init(self):
        """Fill the column by one statement where there is a history; the ORM would take hours."""
        if not sql.column_exists(self.env.cr, self._table, "owner_id"):
            sql.create_column(self.env.cr, self._table, "owner_id", "int4")
            self.env.cr.execute(
                SQL(
                    """UPDATE res_partner contact SET owner_id = customer.user_id
                         FROM res_partner customer
                        WHERE customer.id = contact.commercial_partner_id
                          AND customer.user_id IS NOT NULL"""
                )
            )
        return super()._auto_init()

    @api.model_create_multi
    def create(self, vals_list):
        """Who sells and enters a customer looks after it, unless another is named."""
        isolation = self.env["incom.isolation"]
        vals_list = [isolation._without_owner(vals, "owner_id") for vals in vals_list]
        if not self.env.su and isolation._is_on() and self.env.user.has_group(SALESPERSON):
            vals_list = [self._with_owner(vals) for vals in vals_list]
        return super().create(vals_list)

    def _with_owner(self, vals):
        """Values of a new contact; one of a company belongs to the company's salesperson."""
        if vals.get("parent_id") or vals.get("user_id"):
            return vals
        return {**vals, "user_id": self.env.uid}

    def write(self, vals):
        vals = self.env["incom.isolation"]._without_owner(vals, "owner_id")
        if "user_id" in vals:
            self.env["incom.isolation"]._check_may_give(self._name, vals["user_id"])
        return super().write(vals)
