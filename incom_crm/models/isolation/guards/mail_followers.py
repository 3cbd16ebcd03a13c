import functools

from odoo import api, models
from odoo.tools import SQL


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
        if not self.ids:
            return self.browse()
        self.flush_recordset(["partner_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, array_agg(id) FROM mail_followers WHERE id = ANY(%s)"
                " GROUP BY partner_id",
                self.ids,
            )
        )
        followers = dict(rows)
        unknown = isolation._hidden(self.env["res.partner"].browse(followers))
        numbers = [number for partner_id in unknown.ids for number in followers[partner_id]]
        return isolation._of_hidden(self) | self.browse(numbers)
