from odoo import api, models
from odoo.tools import SQL


class MailMessage(models.Model):
    """Whoever lost a document loses what was written there: author, recipient and follower alike.

    Who reads a customer only for his role, as accountants do, reads there what he wrote himself and
    what was sent to him; the rest is the salespeople's.
    """

    _inherit = "mail.message"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if bypass_access or not self.env["incom.isolation"]._restricts():
            return query
        messages = self.browse(query)
        closed = messages._closed()
        return (messages - closed)._as_query(order) if closed else query

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        return forbidden + (self - forbidden)._closed()

    def _message_notifications_to_store(self, store):
        """Failed mails are shown to their author, by core as superuser: not of documents he lost."""
        closed = self.sudo(False)._closed()
        return super(MailMessage, self - closed)._message_notifications_to_store(store)

    def _closed(self):
        isolation = self.env["incom.isolation"]
        if not isolation._restricts():
            return self.browse()
        closed = isolation._of_hidden(self, "model")
        return closed + (self - closed)._reserved()

    def _reserved(self):
        """Of these messages those on customers whose chatter is not the user's, save his own ones."""
        isolation = self.env["incom.isolation"]
        if not isolation._reads_by_role_alone("res.partner"):
            return self.browse()
        rows = self.env.execute_query(
            SQL(
                """SELECT message.id, message.res_id
                     FROM mail_message message
                    WHERE message.id = ANY(%(ids)s) AND message.model = 'res.partner'
                      AND NOT (%(his)s)""",
                ids=self.ids,
                his=self._is_his(),
            )
        )
        customers = self.env["res.partner"].browse({res_id for _id, res_id in rows if res_id})
        reserved = set(isolation._reserved(customers).ids)
        return self.browse(message_id for message_id, res_id in rows if res_id in reserved)

    @api.model
    def _is_his(self):
        """The condition, on a row ``message``, that the user wrote it or was addressed by it."""
        return SQL(
            """message.author_id IS NOT DISTINCT FROM %(partner)s
               OR EXISTS (SELECT FROM mail_message_res_partner_rel recipient
                           WHERE recipient.mail_message_id = message.id
                             AND recipient.res_partner_id = %(partner)s)
               OR EXISTS (SELECT FROM mail_notification notification
                           WHERE notification.mail_message_id = message.id
                             AND notification.res_partner_id = %(partner)s)""",
            partner=self.env.user.partner_id.id,
        )
