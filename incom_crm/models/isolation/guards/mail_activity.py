from odoo import api, models


class MailActivity(models.Model):
    """What is left to do on a document is for those who still read it, whoever it was assigned to."""

    _inherit = "mail.activity"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if bypass_access or not self.env["incom.isolation"]._restricts():
            return query
        activities = self.browse(query)
        closed = self.env["incom.isolation"]._of_hidden(activities)
        return (activities - closed)._as_query(order) if closed else query

    def _check_access(self, operation):
        result = super()._check_access(operation)
        closed = self.env["incom.isolation"]._of_hidden(self - result[0] if result else self)
        if not closed:
            return result
        forbidden = result[0] + closed if result else closed
        return forbidden, lambda: forbidden._make_access_error(operation)
