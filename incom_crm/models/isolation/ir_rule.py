from odoo import models


class IrRule(models.Model):
    """Evaluated rules are kept per user: what changes in a user's view becomes part of the key."""

    _inherit = "ir.rule"

    def _compute_domain_context_values(self):
        yield from super()._compute_domain_context_values()
        if not self.env.su and self.env["incom.isolation"]._restricts():
            yield self.env["incom.visibility.event"]._stamp(self.env.uid)
