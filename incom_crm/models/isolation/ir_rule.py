from odoo import models

# Models of addons that may be missing, so that no rule of ours can name them.
WITHOUT_RULE = ("snailmail.letter",)


class IrRule(models.Model):
    """Evaluated rules are kept per user: what changes in a user's view becomes part of the key."""

    _inherit = "ir.rule"

    def _compute_domain_context_values(self):
        yield from super()._compute_domain_context_values()
        if not self.env.su and self.env["incom.isolation"]._restricts():
            yield self.env["incom.visibility.event"]._stamp(self.env.uid)

    def _compute_domain(self, model_name, mode="read"):
        domain = super()._compute_domain(model_name, mode)
        if model_name not in WITHOUT_RULE or self.env.su:
            return domain
        return domain & self.env.user._incom_domain(model_name, mode)
