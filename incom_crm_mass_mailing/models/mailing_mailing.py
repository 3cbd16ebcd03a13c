from odoo import api, models
from odoo.fields import Domain


class MailingMailing(models.Model):
    """A mailing reaches whom its sender sees: the job that sends it sees everybody."""

    _inherit = "mailing.mailing"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_send_as(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_may_send_as(vals)
        return super().write(vals)

    def _check_may_send_as(self, vals):
        """Nobody reaches more customers by naming a sender who sees more.

        :raise AccessError: where the sender is nobody the current user stands above
        """
        if vals.get("user_id", self.env.uid) != self.env.uid:
            self.env["incom.isolation"]._check_may_give(self._name, vals["user_id"])

    def _sender(self):
        """Whose customers the mailing may reach."""
        return self.user_id or self.create_uid

    def _recipients_seen(self):
        """The model of the recipients, with the rights of the sender where isolation concerns him."""
        return self.env[self.mailing_model_real].with_user(self._sender())

    def _reaches_everybody(self):
        isolation = self.env["incom.isolation"]
        sender = self._sender()
        how = isolation._isolated_models()["mailing.mailing"]
        return not isolation._restricts(sender) or isolation._is_exempt(sender, how, "read")

    def _get_recipients_domain(self):
        domain = super()._get_recipients_domain()
        if self._reaches_everybody():
            return domain
        recipients = self._recipients_seen()
        if not recipients.has_access("read"):
            return Domain.FALSE
        return Domain("id", "in", recipients._search(domain))

    def _action_send_mail(self, res_ids=None):
        """Recipients named by hand have to be among those the sender sees.

        :raise AccessError: where one is not
        """
        for mailing in self if res_ids else ():
            if not mailing._reaches_everybody():
                mailing._recipients_seen().browse(res_ids).check_access("read")
        return super()._action_send_mail(res_ids)
