from odoo import models

from .care_alert import BY_JOB


class MailThread(models.AbstractModel):
    """A document that gets its customer late brings along what was done on it."""

    _inherit = "mail.thread"

    def write(self, vals):
        if not self._may_change_customer(vals):
            return super().write(vals)
        # sudo: whose the documents were is asked for, whoever writes
        documents = self.sudo()._with_same_customer()
        nobodys = documents.filtered(lambda document: not document.partner_id)
        old_ids = documents.partner_id.ids
        result = super().write(vals)
        self.env["incom.customer.queue"]._touch([*old_ids, *documents.partner_id.ids])
        self.env["incom.interaction"]._record_history(nobodys.filtered("partner_id"))
        return result

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """An activity of the alert job makes nobody a follower, who would get every mail from then on."""
        if self.env.su and self.env.context.get(BY_JOB):
            return True
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _with_same_customer(self):
        """These documents and the ones that take their customer from them."""
        return self

    def unlink(self):
        """Open work asks for care no more."""
        if self._is_customer_document():
            # sudo: only ids leave this method, for the queue
            self.env["incom.customer.queue"]._touch(self.sudo().partner_id.ids)
        return super().unlink()

    def _is_customer_document(self):
        """Whether these are documents that lead to a customer; a contact is one by itself."""
        documents = self.env["incom.interaction"]._customer_documents()
        return self._name in documents and "partner_id" in self._fields

    def _may_change_customer(self, vals):
        """Whether the customer of these documents may be another after ``write(vals)``.

        A customer may also follow from something else, as that of a task from its project.
        """
        if not self._is_customer_document():
            return False
        depends = self.pool.field_depends[self._fields["partner_id"]]
        return not {"partner_id", *(name.partition(".")[0] for name in depends)}.isdisjoint(vals)
