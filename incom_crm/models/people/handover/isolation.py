from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...isolation.isolation import Isolated


class Isolation(models.AbstractModel):
    """Who sees which handovers: who started one, whoever stands above him or above all concerned."""

    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {
            **super()._isolated_models(),
            "incom.handover": Isolated("_handover_domain"),
            "incom.handover.line": Isolated("_handover_line_domain"),
        }

    # A handover takes leave of all its customers at once, when everything is in its new place.

    @api.model
    def _take_leave(self, former, records, successor):
        if self.env.su and self.env.context.get("incom_handover"):
            return None
        return super()._take_leave(former, records, successor)

    @api.model
    def _take_leave_of_customers(self, former, customers, successor):
        if self.env.su and self.env.context.get("incom_handover"):
            return None
        return super()._take_leave_of_customers(former, customers, successor)

    @api.model
    @api.readonly
    def why_visible(self, res_model, res_id):
        """Adds ``handover``: from whom the customer came, and when."""
        told = super().why_visible(res_model, res_id)
        return {**told, "handover": self._handed_over(self.env[res_model].browse(res_id))}

    @api.model
    def _handed_over(self, record):
        """From whom a customer came to the one who looks after him now, as a sentence; False: from nobody."""
        if record._name != "res.partner":
            return False
        # sudo: of a customer the user reads, whose it was before
        customer = record.sudo().commercial_partner_id
        line = (
            self.env["incom.handover.line"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", customer.id),
                    ("kind", "=", "customer"),
                    ("state", "=", "done"),
                    ("old_user_id", "!=", False),
                    ("new_user_id", "=", customer.user_id.id),
                ],
                order="id desc",
                limit=1,
            )
        )
        if not line:
            return False
        return self.env._(
            "Handed over from %(user)s on %(day)s.",
            user=line.old_user_id.name,
            day=format_date(self.env, line.handover_id.date),
        )

    def _handover_domain(self, viewer, mode):
        strangers = [("id", "not in", viewer.user_ids)]
        concerned = ~Domain("giver_ids", "any", strangers) & ~Domain(
            "receiver_ids", "any", strangers
        )
        return Domain("user_id", "in", viewer.user_ids) | concerned

    def _handover_line_domain(self, viewer, mode):
        return Domain("handover_id", "any", self._handover_domain(viewer, mode))
