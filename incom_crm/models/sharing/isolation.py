from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...engine import visibility

# models whose parts are named one by one
PARTS = {
    "res.partner": "_partner_parts",
    "crm.lead": "_lead_parts",
    "sale.order": "_order_parts",
    "account.move": "_move_parts",
}
# what belongs to somebody, in contrast to what was lent to him or is his by his role
BELONGING = frozenset({"owner", "salesperson", "unowned", "team"})


class Isolation(models.AbstractModel):
    """Who may open what he has to others."""

    _inherit = "incom.isolation"

    def _lead_parts(self, viewer, mode):
        return self._document_parts(viewer, mode, "crm.lead")

    def _order_parts(self, viewer, mode):
        return self._document_parts(viewer, mode, "sale.order")

    def _parts(self, model, viewer, mode):
        """What opens a record of a model to a viewer: ``{reason: Domain}``, in order of weight."""
        return getattr(self, PARTS[model])(viewer, mode)

    @api.model
    def _fits(self, record, domain):
        """Whether the record fits a rule's domain, as the ORM checks it."""
        # sudo: rules are evaluated so; only whether it fits leaves this method
        return bool(record.sudo().with_context(active_test=False).filtered_domain(domain))

    @api.model
    def _opens(self, record, user, lent=True):
        """Whether isolation lets a user read a record; core's own rules apart.

        :param lent: whether what is shared with him counts
        """
        if not self._restricts(user):
            return True
        how = self._isolated_models()[record._name]
        if lent or self._is_exempt(user, how, visibility.READ):
            return self._fits(record, self._domain(user, record._name, visibility.READ))
        viewer = self._viewer(user, visibility.READ)._replace(shared={})
        return self._fits(record, getattr(self, how.builder)(viewer, visibility.READ))

    @api.model
    def _may_pass_on(self, record):
        """Whether a document and its customer belong to the current user or to somebody below.

        What was lent to somebody, or what he sees by another app's role, he does not lend on.
        It holds whether isolation is switched on or not.
        """
        user = self.env.user
        customer = self.env["incom.customer.share"]._customer_of(record)
        if customer and not customer.partner_share:
            return False
        if self._sees_all(user):
            return True
        viewer = self._viewer(user, visibility.WRITE)
        # sudo: whose they are; nothing of them is told
        return all(
            self._fits(document, self._belonging_domain(document._name, viewer))
            for document in {record.sudo(), customer}
            if document
        )

    def _belonging_domain(self, model, viewer):
        parts = self._parts(model, viewer, visibility.WRITE)
        return Domain.OR(part for reason, part in parts.items() if reason in BELONGING)

    @api.model
    def _may_share_with_peers(self):
        """Whether the current user may share at all: superiors always, others by a setting."""
        if self.env["incom.crm.parameter"]._get("share_with_peers"):
            return True
        user = self.env.user
        if self._sees_all(user):
            return True
        seen = self._user_ids(user, visibility.WRITE)
        # sudo: whether anybody works below
        return bool(
            self.env["res.users"].sudo().search_count([("crm_manager_id", "in", seen)], limit=1)
        )

    @api.model
    def _check_stays(self, records, field, new=None):
        """What is lent to the current user stays with the one who looks after it.

        :param field: the records' salesperson
        :param new: the id of the salesperson to be, where it is he who changes; he is not taken from
            somebody the user only stands in for either
        :raise AccessError: when it is neither the user's own nor of somebody below
        """
        user = self.env.user
        if self.env.su or not self._restricts(user):
            return
        if self._is_exempt(user, self._isolated_models()[records._name], visibility.WRITE):
            return
        seen = self._user_ids(user, visibility.WRITE)
        # sudo: who looks after the records, and who is above
        for person in records.sudo()[field]:
            mine = person == user or person.crm_manager_id.id in seen
            lasting = person.id in seen if new is None else person.id == new
            if not mine and not lasting:
                raise AccessError(
                    self.env._(
                        "It is only lent to you: %(user)s, or a superior, decides whose it is.",
                        user=person.name,
                    )
                )
