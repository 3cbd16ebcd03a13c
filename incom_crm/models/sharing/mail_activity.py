from odoo import api, models


class MailActivity(models.Model):
    """Who is assigned an activity reads its document, or is shared it first."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        made = [self._require_assignee(vals) for vals in vals_list]
        activities = super().create(vals_list)
        for activity, shares in zip(activities, made, strict=True):
            shares.write({"source_id": activity.id})
        return activities

    def write(self, vals):
        if vals.get("user_id"):
            colleague = self.env["res.users"].browse(vals["user_id"])
            # sudo: what the activities are on; access to them is checked by the writing itself
            for activity in self.sudo():
                self._require_reader(activity.res_model, activity.res_id, colleague, activity)
        return super().write(vals)

    @api.model
    def _require_assignee(self, vals):
        names = ["user_id", "res_model", "res_model_id", "res_id"]
        vals = {**self.default_get(names), **vals}
        # sudo: the name of a model
        named = self.env["ir.model"].sudo().browse(vals.get("res_model_id")).model
        colleague = self.env["res.users"].browse(vals.get("user_id"))
        return self._require_reader(
            named or vals.get("res_model"), vals.get("res_id"), colleague, self.browse()
        )

    @api.model
    def _require_reader(self, model, res_id, colleague, source):
        """The colleague reads the document; his superior's assigning opens it for him.

        :return: the automatic shares made
        :raise RedirectWarning, AccessError: see ``incom.customer.share``
        """
        isolation, shares = self.env["incom.isolation"], self.env["incom.customer.share"]
        if not colleague or not res_id or not isolation._is_on():
            return shares
        if model not in isolation._isolated_models():
            return shares
        document = self.env[model].browse(res_id).exists()
        return shares._require(document, colleague, source) if document else shares
