from odoo import models
from odoo.exceptions import RedirectWarning


class ResUsers(models.Model):
    """Archiving somebody who looks after customers asks who gets them; only where a person does it."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "crm_manager_id" in vals:
            # who has become a superior finds the menus of one
            self.env.registry.clear_cache()
        return result

    def action_archive(self):
        self._ask_for_handover()
        return super().action_archive()

    def web_save(self, vals, *args, **kwargs):
        if vals.get("active") is False:
            self._ask_for_handover()
        return super().web_save(vals, *args, **kwargs)

    def _ask_for_handover(self):
        """
        :raise RedirectWarning: leads to the handover, unless that was decided or nobody is asked
        """
        if self.env.su or self.env.context.get("incom_handover_decided"):
            return
        # sudo: whether they look after customers, whoever archives them
        count = self.env["res.partner"].sudo().search_count([("user_id", "in", self.ids)])
        if count:
            raise RedirectWarning(
                self.env._(
                    "%(names)s: %(count)s customers are looked after by who is to be archived. Hand them"
                    " over first, with the open work on them; archiving deletes open activities.",
                    names=", ".join(self.mapped("name")),
                    count=count,
                ),
                self.env.ref("incom_crm.handover_wizard_action").id,
                self.env._("Hand Over or Archive Anyway"),
                {"default_giver_ids": self.ids, "default_archives_givers": True},
            )
