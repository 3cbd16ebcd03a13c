from odoo import api, models


class MailThread(models.AbstractModel):
    """Chatter: nobody writes to, subscribes or lists a contact he does not see."""

    _inherit = "mail.thread"

    @api.depends_context("uid")
    def _compute_message_partner_ids(self):
        isolation = self.env["incom.isolation"]
        if not isolation._restricts():
            return super()._compute_message_partner_ids()
        for thread in self:
            thread.message_partner_ids = isolation._visible(thread._all_followers())

    def _inverse_message_partner_ids(self):
        """Followers the user does not see stay: he could not have meant to remove them."""
        for thread in self:
            if hidden := self.env["incom.isolation"]._hidden(thread._all_followers()):
                kept = thread.message_partner_ids | hidden
                thread._update_cache({"message_partner_ids": kept.ids}, validate=False)
        return super()._inverse_message_partner_ids()

    def _all_followers(self):
        # sudo: numbers of contacts, to ask which of them are hidden
        return self.sudo().message_follower_ids.partner_id.with_env(self.env)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        return super().message_subscribe(self._reachable(partner_ids), subtype_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        return super().message_post(partner_ids=self._reachable(partner_ids), **kwargs)

    def message_notify(self, *, partner_ids=None, **kwargs):
        return super().message_notify(partner_ids=self._reachable(partner_ids), **kwargs)

    def _reachable(self, partner_ids):
        """Of some contacts those the user sees; the document's own customer gets its messages anyway."""
        if not partner_ids:
            return partner_ids
        partners = self.env["res.partner"].browse(partner_ids)
        hidden = self.env["incom.isolation"]._hidden(partners)
        if not hidden:
            return partner_ids
        # sudo: the customers of the user's own documents
        customers = self.sudo()._mail_get_partners().values()
        return (partners - (hidden - hidden.browse().concat(*customers))).ids

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """A follower or assignee who does not read the document gets none of its messages."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        isolation = self.env["incom.isolation"]
        if not self or not isolation._isolated_as(self._name) or not isolation._is_on():
            return recipients
        return [
            recipient
            for recipient in recipients
            if not recipient["uid"]
            or recipient["share"]
            or not isolation.with_user(recipient["uid"])._hidden(self)
        ]
