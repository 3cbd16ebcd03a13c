from odoo import models


class MailThread(models.AbstractModel):
    """Whoever is mentioned on a document, or made to follow it, sees it already or is shared it first."""

    _inherit = "mail.thread"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self._require_readers(partner_ids)
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        self._require_readers(partner_ids)
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def message_notify(self, *, partner_ids=False, **kwargs):
        self._require_readers(partner_ids)
        return super().message_notify(partner_ids=partner_ids, **kwargs)

    def _message_update_content(self, message, /, *, partner_ids=None, **kwargs):
        self._require_readers(partner_ids)
        return super()._message_update_content(message, partner_ids=partner_ids, **kwargs)

    def _require_readers(self, partner_ids):
        """Colleagues among the addressed read each of these documents.

        :raise RedirectWarning, AccessError: when one of them does not, see ``incom.customer.share``
        """
        isolation = self.env["incom.isolation"]
        if self.env.su or not partner_ids or not isolation._is_on():
            return
        if self._name not in isolation._isolated_models():
            return
        ids = [partner_id for partner_id in partner_ids if isinstance(partner_id, int)]
        # sudo: which of the addressed are colleagues
        colleagues = self.env["res.partner"].sudo().browse(ids).exists().user_ids
        for document in self:
            self.env["incom.customer.share"]._require(document, colleagues)
