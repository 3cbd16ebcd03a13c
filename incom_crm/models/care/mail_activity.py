from odoo import api, fields, models
from odoo.tools import SQL

from .care_alert import BY_JOB, OPEN


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
        activities = self.sudo().filtered(lambda activity: not activity.incom_alert_id)
        documents = self.env["incom.interaction"]._documents()
        contact_ids = []
        for model, on_model in activities.grouped("res_model").items():
            if model in documents:
                records = activities.env[model].browse(on_model.mapped("res_id")).exists()
                contact_ids += records.ids if model == "res.partner" else records.partner_id.ids
        return contact_ids

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # False: a default in the context counts no more than a value
            vals_list = [{**vals, "incom_alert_id": False} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self.env["incom.isolation"]._without_owner(vals, "incom_alert_id"))

    def unlink(self):
        # without any, as Odoo asks while the addon's columns are being removed, there is no row to mark
        if self:
            self.env["incom.interaction"]._mark(SQL("activity_id = ANY(%s)", self.ids), "deleted")
            if not self.env.context.get(BY_JOB):
                self._open_alerts()._rest("dropped")
        return super().unlink()

    def _action_done(self, feedback=False, attachment_ids=None):
        done = SQL("activity.id = ANY(%s)", self.ids)
        asked_for = self._open_alerts()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        diary = self.env["incom.interaction"]
        diary._record_safely(diary._record_activities, done)
        asked_for._done_by_person()
        return result

    def _open_alerts(self):
        """The open alerts that put these activities into the list of the one who is to do them."""
        # sudo: alerts are written by the system alone
        alerts = self.sudo().incom_alert_id
        return alerts.filtered(
            lambda alert: alert.state in OPEN and alert.activity_id.id in self.ids
        )
