from werkzeug.exceptions import NotFound

from odoo.addons.mass_mailing.controllers.main import MassMailController


class MailingController(MassMailController):
    def _check_mailing_email_token(
        self, mailing_id, document_id, email, hash_token, required_mailing_id=False
    ):
        """A mailing shows one recipient's data: without the recipient's token only to who sees both."""
        mailing_sudo = super()._check_mailing_email_token(
            mailing_id, document_id, email, hash_token, required_mailing_id
        )
        if hash_token or not mailing_sudo:
            return mailing_sudo
        mailing = mailing_sudo.sudo(False)
        recipient = mailing.env[mailing_sudo.mailing_model_real].browse(int(document_id or 0))
        if not mailing.has_access("read") or (recipient and not recipient.has_access("read")):
            raise NotFound()
        return mailing_sudo
