from odoo import fields, models
from odoo.tools import SQL


class MailActivity(models.Model):
    """Work on a customer: open and overdue activities ask for care, done ones are in the diary."""

    _name = "mail.activity"
    _inherit = ["mail.activity", "incom.customer.source"]

    _customer_facts = frozenset({"active", "date_deadline", "res_id", "res_model_id"})

    incom_alert_id = fields.Many2one(
        "incom.care.alert",
        "Care Alert",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The alert that put this into the list: no work of its own.",
    )

    def _customer_contact_ids(self):
        # sudo: only ids leave this method, for the queue; the activity may be on another's document
        activities = self.sudo()
        documents = self.env["incom.interaction"]._documents()
        contact_ids = []
        for model, on_model in activities.grouped("res_model").items():
            if model in documents:
                records = activities.env[model].browse(on_model.mapped("res_id")).exists()
                contact_ids += records.ids if model == "res.partner" else records.partner_id.ids
        return contact_ids

    def unlink(self):
        # without any, as Odoo asks while the addon's columns are being removed, there is no row to mark
        if self:
            self.env["incom.interaction"]._mark(SQL("activity_id = ANY(%s)", self.ids), "deleted")
        return super().unlink()

    def _action_done(self, feedback=False, attachment_ids=None):
        done = SQL("activity.id = ANY(%s)", self.ids)
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        diary = self.env["incom.interaction"]
        diary._record_safely(diary._record_activities, done)
        return result
