from odoo import models
from odoo.fields import Domain

from ...engine import visibility


class Isolation(models.AbstractModel):
    """Targets and reports on work: the person reads his own, superiors those below."""

    _inherit = "incom.isolation"

    def _below_domain(self, viewer):
        """People whose superior is the viewer or somebody he sees: those he sets targets for."""
        return Domain("crm_manager_id", "in", viewer.user_ids) & Domain("id", "!=", viewer.user_id)

    def _target_domain(self, viewer, mode):
        if mode == visibility.READ:
            return Domain("user_id", "in", viewer.user_ids)
        return Domain("user_id", "any", self._below_domain(viewer))

    def _work_domain(self, viewer, mode):
        """Work on the customers one sees; of meetings those of the people below alone.

        A quotation follows its own salesperson as well, as the document does.
        """
        of_people = Domain("user_id", "in", viewer.user_ids)
        customer = Domain("customer_owner_id", "in", viewer.user_ids)
        if viewer.sees_unowned:
            customer |= Domain("customer_owner_id", "=", False)
        if shared := viewer.shared_ids("res.partner"):
            customer |= Domain("partner_id", "in", shared)
        meeting, quotation = (Domain("kind", "=", kind) for kind in ("meeting", "quotation"))
        return (customer & (of_people | ~meeting)) | (quotation & of_people)
