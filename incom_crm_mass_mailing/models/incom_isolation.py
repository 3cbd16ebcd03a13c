from odoo import api, models
from odoo.fields import Domain

from odoo.addons.incom_crm.engine import visibility
from odoo.addons.incom_crm.models.isolation.isolation import Isolated

MARKETING = "incom_crm_mass_mailing.group_marketing_all"

ISOLATED = {
    "mailing.mailing": Isolated("_mailing_domain"),
    "mailing.list": Isolated("_mailing_list_domain"),
    "mailing.contact": Isolated("_mailing_contact_domain"),
    "mailing.subscription": Isolated("_mailing_subscription_domain"),
    "mailing.trace": Isolated("_mailing_trace_domain"),
}


class Isolation(models.AbstractModel):
    """Mailings and their recipients are their sender's; marketing as a whole is a group of its own."""

    _inherit = "incom.isolation"

    @api.model
    def _isolated_models(self):
        return {**super()._isolated_models(), **ISOLATED}

    @api.model
    def _is_exempt(self, user, how, mode):
        """Who was given all of marketing has it even as a salesperson, with the customers to read."""
        if super()._is_exempt(user, how, mode):
            return True
        reads_customers = how.builder == "_partner_domain" and mode == visibility.READ
        return (reads_customers or how in ISOLATED.values()) and user.has_group(MARKETING)

    def _mailing_domain(self, viewer, mode):
        """Mailings of those below; one without a sender is its author's."""
        of_nobody = Domain("user_id", "=", False)
        return Domain("user_id", "in", viewer.user_ids) | (of_nobody & self._created(viewer))

    def _created(self, viewer):
        return Domain("create_uid", "in", viewer.user_ids)

    def _mailing_list_domain(self, viewer, mode):
        """Own lists, and to read those that anybody may subscribe to."""
        if mode == visibility.READ:
            return self._created(viewer) | Domain("is_public", "=", True)
        return self._created(viewer)

    def _mailing_contact_domain(self, viewer, mode):
        return self._created(viewer)

    def _mailing_subscription_domain(self, viewer, mode):
        return Domain("contact_id", "any", self._created(viewer))

    def _mailing_trace_domain(self, viewer, mode):
        return Domain("mass_mailing_id", "any", self._mailing_domain(viewer, mode))
