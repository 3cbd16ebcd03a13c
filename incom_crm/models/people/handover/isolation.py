from odoo import api, models
from odoo.fields import Domain

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

    def _handover_domain(self, viewer, mode):
        strangers = [("id", "not in", viewer.user_ids)]
        concerned = ~Domain("giver_ids", "any", strangers) & ~Domain(
            "receiver_ids", "any", strangers
        )
        return Domain("user_id", "in", viewer.user_ids) | concerned

    def _handover_line_domain(self, viewer, mode):
        return Domain("handover_id", "any", self._handover_domain(viewer, mode))
