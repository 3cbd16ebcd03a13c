from odoo import api, models
from odoo.tools import SQL


class IrAttachment(models.Model):
    """Files of a customer are like what was written there: see ``mail.message``.

    Who reads the customer only for his role has his own files, and those of messages sent to him.
    Pictures and other fields belong to the customer himself.
    """

    _inherit = "ir.attachment"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        query = super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)
        if bypass_access or not self._reads_customers_by_role_alone():
            return query
        files = self.browse(query)
        reserved = files._reserved()
        return (files - reserved)._as_query(bool(order)) if reserved else query

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self._reads_customers_by_role_alone():
            return result
        reserved = (self - result[0] if result else self)._reserved()
        if not reserved:
            return result
        forbidden = result[0] + reserved if result else reserved
        return forbidden, lambda: forbidden._make_access_error(operation)

    def _reads_customers_by_role_alone(self):
        return self.env["incom.isolation"]._reads_by_role_alone("res.partner")

    def _reserved(self):
        """Of these files those on customers whose chatter is not the user's, save his own ones."""
        if not self.ids:
            return self.browse()
        self.flush_recordset(["res_model", "res_id", "res_field", "public"])
        rows = self.env.execute_query(
            SQL(
                """SELECT file.id, file.res_id
                     FROM ir_attachment file
                    WHERE file.id = ANY(%(ids)s) AND file.res_model = 'res.partner'
                      AND file.res_field IS NULL AND file.public IS NOT TRUE
                      AND file.create_uid IS DISTINCT FROM %(user)s
                      AND NOT EXISTS (SELECT FROM message_attachment_rel rel
                                        JOIN mail_message message ON message.id = rel.message_id
                                       WHERE rel.attachment_id = file.id AND (%(his)s))""",
                ids=self.ids,
                user=self.env.uid,
                his=self.env["mail.message"]._is_his(),
            )
        )
        customers = self.env["res.partner"].browse({res_id for _id, res_id in rows if res_id})
        reserved = set(self.env["incom.isolation"]._reserved(customers).ids)
        return self.browse(file_id for file_id, res_id in rows if res_id in reserved)
