from odoo import api, models
from odoo.tools import SQL


class MailActivity(models.Model):
    """Work on a customer: open and overdue activities ask for care, done ones are in the diary."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "incom.customer.source"]

    _customer_facts = frozenset({"active", "date_deadline", "res_id", "res_model_id"})

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue; the activity may be on another's document
        activities = self.sudo()
        documents = self.env["incom.interaction"]._customer_documents()
        contact_ids = []
        for model, on_model in activities.grouped("res_model").items():
            if model in documents:
                records = activities.env[model].browse(on_model.mapped("res_id")).exists()
                contact_ids += records.ids if model == "res.partner" else records.partner_id.ids
        return contact_ids

    @api.model
    def _done_scope(self, ids):
        return SQL("activity.id = ANY(%s)", ids)

    def _action_done(self, feedback=False, attachment_ids=None):
        ids = self.ids
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        diary = self.env["incom.interaction"]
        diary._record_safely(diary._record_activities, self._done_scope(ids))
        return result
