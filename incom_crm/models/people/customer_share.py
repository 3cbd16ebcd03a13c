from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import visibility
from .visibility_grant import MODES


class CustomerShare(models.Model):
    """A customer, or one document of his, opened to a colleague who would not see it otherwise."""

    _name = "incom.customer.share"
    _description = "Share"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", index=True, ondelete="cascade", help="The commercial entity."
    )
    res_model = fields.Selection("_shared_models", "What", required=True, default="res.partner")
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    user_id = fields.Many2one(
        "res.users", "Shared with", required=True, index=True, ondelete="cascade"
    )
    mode = fields.Selection(MODES, "May", required=True, default="read")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="The last day.")
    reason = fields.Char(required=True)
    automatic = fields.Boolean(
        readonly=True, help="Made by the system when a document was assigned."
    )
    active = fields.Boolean(default=True)

    @api.model
    def _shared_models(self):
        """What can be shared: the customer, or a document with the customer's contact data."""
        names = ("res.partner", "crm.lead", "sale.order", "account.move")
        return [(name, self.env["ir.model"]._get(name).name) for name in names]

    @api.model
    def _shared_ids(self, user_ids, today, mode):
        """What is shared with any of these users on a day.

        :return: ``{model name: ids}``; a shared document opens its customer's contact for reading
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT res_model, res_id, partner_id, mode
                     FROM incom_customer_share
                    WHERE active AND user_id = ANY(%(users)s) AND date_from <= %(today)s
                      AND (date_to IS NULL OR date_to >= %(today)s)""",
                users=list(user_ids),
                today=today,
            )
        )
        shared = {}
        for model, res_id, partner_id, row_mode in rows:
            if mode == visibility.READ or row_mode == visibility.WRITE:
                shared.setdefault(model, set()).add(res_id)
            if mode == visibility.READ and partner_id:
                shared.setdefault("res.partner", set()).add(partner_id)
        return shared

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        shares._changed()
        return shares

    def write(self, vals):
        self._changed()
        result = super().write(vals)
        self._changed()
        return result

    def unlink(self):
        self._changed()
        return super().unlink()

    def _changed(self):
        """Those it is shared with, and all who see them, see something else from now on."""
        # sudo: only ids of users, whoever shares
        users = self.sudo().user_id
        if users:
            today = self.env["incom.isolation"]._today()
            viewers = self.env.execute_query(visibility.seeing(users.ids, today))
            self.env["incom.visibility.event"]._changed([viewer for (viewer,) in viewers])
