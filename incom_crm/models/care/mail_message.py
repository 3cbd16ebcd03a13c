from odoo import api, models
from odoo.tools import SQL, is_html_empty

# In the context as ``incom_diary``: the diary row of the message is written by the caller. A caller from
# outside sends values; nothing it sends is this very object, so nobody can keep a note out of the diary.
WRITTEN_BY_CALLER = object()


class MailMessage(models.Model):
    """What is written in a chatter is written in the diary, whatever screen it came from."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if self.env.context.get("incom_diary") is not WRITTEN_BY_CALLER:
            messages._write_diary()
        return messages

    def write(self, vals):
        result = super().write(vals)
        if "body" in vals:
            state = "deleted" if is_html_empty(vals["body"]) else "edited"
            self.env["incom.interaction"]._mark(self._in_diary(), state)
        if not {"model", "res_id"}.isdisjoint(vals):
            self.env["incom.interaction"]._follow_messages(self)
        if not {"body", "model", "res_id"}.isdisjoint(vals):
            self._write_diary()
        return result

    def unlink(self):
        self.env["incom.interaction"]._mark(self._in_diary(), "deleted")
        return super().unlink()

    def _in_diary(self):
        """Condition on the diary rows that came from these messages."""
        return SQL("message_id = ANY(%s)", self.ids)

    def _write_diary(self):
        documents = self.env["incom.interaction"]._customer_documents()
        # sudo: a message just written; its author may not read it
        contacts = self.sudo().filtered(
            lambda message: (
                message.message_type in ("comment", "email") and message.model in documents
            )
        )
        if contacts:
            diary = self.env["incom.interaction"]
            diary._record_safely(diary._record_messages, SQL("m.id = ANY(%s)", contacts.ids))
