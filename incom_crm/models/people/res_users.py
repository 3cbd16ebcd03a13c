from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResUsers(models.Model):
    """The tree of superiors: who is above sees all that belongs to those below, at any depth."""

    _inherit = "res.users"

    crm_manager_id = fields.Many2one(
        "res.users",
        "Superior in Sales",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="Sees the customers of this user and of everybody below.",
    )
    crm_subordinate_ids = fields.One2many(
        "res.users",
        "crm_manager_id",
        "Directly Below",
        context={"active_test": False},
        groups="base.group_user",
    )

    @api.constrains("crm_manager_id")
    def _check_crm_manager(self):
        for user in self:
            if user._has_cycle("crm_manager_id"):
                raise ValidationError(
                    self.env._(
                        "%(manager)s cannot be the superior of %(user)s: %(user)s is, directly or through"
                        " others, the superior of %(manager)s.",
                        manager=user.crm_manager_id.name,
                        user=user.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["incom.visibility.event"]._changing():
            return super().create(vals_list)

    def write(self, vals):
        if {"active", "crm_manager_id", "group_ids"}.isdisjoint(vals):
            return super().write(vals)
        with self.env["incom.visibility.event"]._changing():
            return super().write(vals)

    def _crm_superiors(self):
        """Everybody above this user, the nearest first."""
        # sudo: the tree, whoever asks
        superiors, person = self.browse(), self.sudo().crm_manager_id
        while person and person not in superiors:
            superiors += person
            person = person.crm_manager_id
        return superiors

    def _crm_superior_at_work(self):
        """The nearest superior who still works here; empty where there is none."""
        # sudo: who is archived, whoever asks
        return self._crm_superiors().sudo().filtered("active")[:1].sudo(False)

    def _incom_domain(self, model, mode):
        """The domain a record rule adds for this user; see ``incom.isolation``."""
        return self.env["incom.isolation"]._domain(self, model, mode)

    def _incom_widening(self, model, mode):
        """The domain a record rule of the sales groups opens beside core's; see ``incom.isolation``."""
        return self.env["incom.isolation"]._widening(self, model, mode)
