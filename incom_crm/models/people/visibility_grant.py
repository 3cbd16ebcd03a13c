from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

USER_ADMINISTRATOR = "base.group_erp_manager"


class VisibilityGrant(models.Model):
    """A user works with a colleague's customers for a time: a stand-in, or a matrix beside the tree."""

    _name = "incom.visibility.grant"
    _inherit = "incom.lending"
    _description = "Stand-in"
    _longest = "stand_in_max_days"
    _order = "active desc, date_from desc, id desc"
    _rec_name = "user_id"

    _given = frozenset(
        {"user_id", "target_id", "mode", "transitive", "date_from", "date_to", "reason"}
    )

    user_id = fields.Many2one(
        "res.users", "Stand-in", required=True, index=True, ondelete="cascade"
    )
    target_id = fields.Many2one(
        "res.users",
        "Stands in for",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
    )
    mode = fields.Selection(default="write")
    transitive = fields.Boolean(
        "With the people below", default=True, help="Stands in for a superior with his whole tree."
    )
    create_uid = fields.Many2one("res.users", "Named by", readonly=True)

    _two_people = models.Constraint("CHECK (user_id <> target_id)", "Nobody stands in for himself.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._checked_vals(vals) for vals in vals_list]
        with self.env["incom.visibility.event"]._changing():
            return super().create(vals_list)

    def write(self, vals):
        with self.env["incom.visibility.event"]._changing():
            return super().write(vals)

    @api.model
    def _checked_vals(self, vals):
        """Values of a stand-in the current user may name.

        :raise AccessError, UserError: where it is not his to name
        """
        vals = {
            "user_id": False,
            "target_id": self.env.uid,
            "transitive": True,
            **self._given_vals({"mode": "write", **vals}),
        }
        # sudo: whether they are colleagues at all
        users = self.env["res.users"].sudo().with_context(active_test=False)
        stand_in = users.browse(vals["user_id"]).exists()
        target = users.browse(vals["target_id"]).exists()
        if not stand_in or stand_in.share or not stand_in.active or not target or target.share:
            raise UserError(self.env._("Choose colleagues: only they stand in for one another."))
        if not self._names_anybody():
            self._check_may_name(stand_in, target)
            self._check_days(vals)
            # without people below there is nothing further but what was lent to him
            vals["transitive"] = bool(vals["transitive"] and target.crm_subordinate_ids)
        return vals

    @api.model
    def _names_anybody(self):
        """Whether the current user may name anybody: directors and those who administer users."""
        user = self.env.user
        return self.env["incom.isolation"]._sees_all(user) or user.has_group(USER_ADMINISTRATOR)

    @api.model
    def _check_may_name(self, stand_in, target):
        """One names a stand-in for himself and for those below, among the people of his superior."""
        user = self.env.user
        if not self.env["incom.isolation"]._may_share_with_peers():
            raise AccessError(
                self.env._("Stand-ins are named by superiors only: ask yours to name one.")
            )
        if target != user and user not in target._crm_superiors():
            raise AccessError(
                self.env._(
                    "You name a stand-in for yourself and for those who work below you;"
                    " for %(user)s ask a superior of both.",
                    user=target.name,
                )
            )
        # sudo: who is above, for whoever names a stand-in
        superior = user.sudo().crm_manager_id or user
        if stand_in != superior and superior not in stand_in._crm_superiors():
            raise AccessError(
                self.env._(
                    "%(user)s does not work with you under one superior."
                    " Ask an administrator to name this stand-in.",
                    user=stand_in.name,
                )
            )

    def _is_mine_to_end(self):
        """Also a superior's of the one it was named for."""
        if super()._is_mine_to_end() or self._names_anybody():
            return True
        # sudo: only whose stand-in it is
        return self.env.user in self.sudo().target_id._crm_superiors()
