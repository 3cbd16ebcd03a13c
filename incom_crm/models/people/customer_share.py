from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ...engine import visibility


class CustomerShare(models.Model):
    """A customer, or one document of his, opened to a colleague who would not see it otherwise."""

    _name = "incom.customer.share"
    _inherit = "incom.lending"
    _description = "Share"
    _longest = "share_max_days"
    _order = "active desc, id desc"
    _rec_name = "partner_id"

    # the customer is taken from the document, whatever is given
    _given = frozenset(
        {"partner_id", "res_model", "res_id", "user_id", "mode", "date_from", "date_to", "reason"}
    )

    partner_id = fields.Many2one(
        "res.partner", "Customer", index=True, ondelete="cascade", help="The commercial entity."
    )
    res_model = fields.Selection("_shared_models", "What", required=True, default="res.partner")
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    record_name = fields.Char("Name", compute="_compute_record_name", compute_sudo=True)
    user_id = fields.Many2one(
        "res.users", "Shared with", required=True, index=True, ondelete="cascade"
    )
    create_uid = fields.Many2one("res.users", "Shared by", readonly=True)
    automatic = fields.Boolean(
        readonly=True, help="Made by the system when a document was assigned."
    )
    source_model = fields.Char("Assigned Model", readonly=True)
    source_id = fields.Many2oneReference(
        "Assigned Document",
        model_field="source_model",
        readonly=True,
        help="What was assigned to the colleague; the share holds while it is open.",
    )

    _record_idx = models.Index("(res_model, res_id)")
    _source_idx = models.Index("(source_model, source_id) WHERE automatic")

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for model, shares in self.grouped("res_model").items():
            records = self.env[model].browse(shares.mapped("res_id")).exists() if model else ()
            names = {record.id: record.display_name for record in records}
            for share in shares:
                share.record_name = names.get(share.res_id, False)

    @api.model
    def _shared_models(self):
        """What can be shared: the customer, or a document with the customer's contact data."""
        names = ("res.partner", "crm.lead", "sale.order", "account.move")
        return [(name, self.env["ir.model"]._get(name).name) for name in names]

    @api.model
    def _is_sharable(self, model):
        return any(model == name for name, _label in self._shared_models())

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

    # -- sharing ----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        by_hand = not self.env.su
        if by_hand:
            vals_list = [self._checked_vals(vals) for vals in vals_list]
        else:
            vals_list = [self._with_customer(vals) for vals in vals_list]
        self._note_changed({vals["user_id"] for vals in vals_list})
        shares = super().create(vals_list)
        if by_hand:
            shares._end_replaced()
            shares._log_on_record(self.env._("Shared with %(user)s until %(day)s (%(mode)s)."))
        shares._changed()
        return shares

    @api.model
    def _with_customer(self, vals):
        """Values with the customer of the document they name."""
        record = self.env[vals.get("res_model", "res.partner")].browse(vals["res_id"])
        return {**vals, "partner_id": self._customer_of(record).id}

    @api.model
    def _checked_vals(self, vals):
        """Values of a share the current user may make.

        :raise AccessError, UserError: where it is not his to share, or not so
        """
        given = {"res_model": "res.partner", "user_id": False, **self._given_vals(vals)}
        if not self._is_sharable(given["res_model"]):
            raise UserError(self.env._("Only customers and their documents are shared."))
        record = self.env[given["res_model"]].browse(given.get("res_id")).exists()
        if not record:
            raise UserError(self.env._("Choose what is to be shared."))
        record = self._whole(record)
        self._check_may_share(record)
        self._check_colleague(self.env["res.users"].browse(given["user_id"]))
        self._check_days(given)
        return {
            **self._with_customer({**given, "res_id": record.id}),
            "automatic": False,
            "source_model": False,
            "source_id": False,
        }

    @api.model
    def _whole(self, record):
        """A contact is shared with the whole company it belongs to."""
        if record._name == "res.partner":
            # sudo: whose contact it is; access is checked on the customer
            return record.sudo().commercial_partner_id.sudo(self.env.su)
        return record

    @api.model
    def _customer_of(self, record):
        # sudo: only the id of the customer, for the share
        partner = record.sudo() if record._name == "res.partner" else record.sudo().partner_id
        return partner.commercial_partner_id

    @api.model
    def _check_may_share(self, record):
        """Only what is one's own, or belongs to somebody below, is shared.

        :raise AccessError: otherwise, or where only superiors share
        """
        record.check_access("read")
        isolation = self.env["incom.isolation"]
        if not isolation._may_pass_on(record):
            raise AccessError(
                self.env._(
                    "It is not yours to share: who looks after the customer, or a superior, shares it."
                )
            )
        if not isolation._may_share_with_peers():
            raise AccessError(
                self.env._("Customers are shared by superiors only: ask yours to share it.")
            )

    @api.model
    def _check_colleague(self, colleague):
        # sudo: whether it is a colleague at all
        colleague = colleague.sudo().exists()
        if not colleague or colleague.share or not colleague.active:
            raise UserError(self.env._("Choose a colleague: nobody else is shared with."))
        if colleague == self.env.user:
            raise UserError(self.env._("You see it already: choose a colleague."))

    def _end_replaced(self):
        """A new share takes the place of what the same colleague was given by hand before."""
        for share in self:
            before = self.search(
                [
                    ("id", "!=", share.id),
                    ("res_model", "=", share.res_model),
                    ("res_id", "=", share.res_id),
                    ("user_id", "=", share.user_id.id),
                    ("automatic", "=", False),
                ]
            )
            # sudo: who may end it was asked; the note on the record tells of the new one only
            before.filtered(lambda old: old._is_mine_to_end()).sudo().action_end()

    # -- ending -----------------------------------------------------------------------------------

    def write(self, vals):
        self._changed()
        running = self.filtered("active")
        result = super().write(vals)
        self._changed()
        if not self.env.su and not vals.get("active", True):
            running._log_on_record(self.env._("No longer shared with %(user)s."))
        return result

    def _is_mine_to_end(self):
        """Also his who looks after the customer now, unless a superior of his gave it."""
        if super()._is_mine_to_end():
            return True
        isolation, user = self.env["incom.isolation"], self.env.user
        # sudo: only who gave it
        giver = self.sudo().create_uid
        if isolation._sees_all(giver) or giver in user._crm_superiors():
            return False
        record = self.env[self.res_model].browse(self.res_id).exists()
        return bool(record) and isolation._may_pass_on(record)

    def _log_on_record(self, text):
        """An internal note on what is shared, so that every superior reads of it."""
        modes = dict(self._fields["mode"]._description_selection(self.env))
        for share in self.filtered("res_id"):
            # sudo: the note of the system, whether or not the person may write there
            record = self.env[share.res_model].sudo().browse(share.res_id).exists()
            note = text % {
                "user": share.user_id.name,
                "day": format_date(self.env, share.date_to),
                "mode": modes[share.mode],
            }
            record and record._message_log(body=Markup.escape(note))

    def _changed(self):
        # sudo: only ids of users, whoever shares
        self._note_changed(self.sudo().user_id.ids)

    @api.model
    def _note_changed(self, user_ids):
        """Those it is shared with, and all who see them, see something else from now on."""
        if user_ids:
            today = self.env["incom.isolation"]._today()
            viewers = self.env.execute_query(visibility.seeing(user_ids, today))
            self.env["incom.visibility.event"]._changed([viewer for (viewer,) in viewers])
