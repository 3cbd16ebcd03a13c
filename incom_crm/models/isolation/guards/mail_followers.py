import functools

from odoo import api, models


class MailFollowers(models.Model):
    """Who follows what is read by those who read both the document and the follower."""

    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if bypass_access or not self.env["incom.isolation"]._restricts():
            return query
        followers = self.browse(query)
        closed = followers._closed()
        return (followers - closed)._as_query(order) if closed else query

    def _check_access(self, operation):
        result = super()._check_access(operation)
        closed = (self - result[0] if result else self)._closed()
        if not closed:
            return result
        forbidden = result[0] + closed if result else closed
        refuse = self.env["ir.rule"]._make_access_error
        return forbidden, functools.partial(refuse, operation, forbidden)

    def _closed(self):
        isolation = self.env["incom.isolation"]
        if not isolation._restricts():
            return self.browse()
        # sudo: numbers of contacts, to ask which of them are hidden
        hidden = isolation._hidden(self.env["res.partner"].browse(self.sudo().partner_id.ids))
        unknown = self.sudo().filtered(lambda follower: follower.partner_id in hidden)
        return isolation._of_hidden(self) | self.browse(unknown.ids)
