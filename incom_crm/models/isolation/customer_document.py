from odoo import api, fields, models
from odoo.tools import SQL, sql


class CustomerDocument(models.AbstractModel):
    """Mixin of documents that follow their customer for reading: after a handover the new owner
    opens past orders and unpaid invoices as well.
    """

    _name = "incom.customer.document"
    _description = "Document of a Customer"

    # the field that names the document's own salesperson
    _salesperson_field = "user_id"

    customer_owner_id = fields.Many2one(
        "res.users",
        "Customer's Salesperson",
        compute="_compute_customer_owner_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
        help="Who looks after the customer; may read all of the customer's documents.",
    )

    @api.depends("partner_id.owner_id")
    def _compute_customer_owner_id(self):
        for document in self:
            # sudo: whose customer it is, whoever looks at the document
            document.customer_owner_id = document.sudo().partner_id.owner_id

    def _auto_init(self):
        """Fill the column by one statement where there is a history; the ORM would take hours."""
        if self._auto and not sql.column_exists(self.env.cr, self._table, "customer_owner_id"):
            sql.create_column(self.env.cr, self._table, "customer_owner_id", "int4")
            self.env.cr.execute(
                SQL(
                    """UPDATE %s document SET customer_owner_id = customer.user_id
                         FROM res_partner contact
                         JOIN res_partner customer ON customer.id = contact.commercial_partner_id
                        WHERE contact.id = document.partner_id AND customer.user_id IS NOT NULL""",
                    SQL.identifier(self._table),
                )
            )
        return super()._auto_init()

    @api.model_create_multi
    def create(self, vals_list):
        drop = self.env["incom.isolation"]._without_owner
        return super().create([drop(vals, "customer_owner_id") for vals in vals_list])

    def write(self, vals):
        vals = self.env["incom.isolation"]._without_owner(vals, "customer_owner_id")
        if self._salesperson_field in vals:
            self.env["incom.isolation"]._check_may_give(self._name, vals[self._salesperson_field])
        return super().write(vals)
