from odoo import api, models


class MailActivity(models.Model):
    """Who is assigned an activity reads its document, or is shared it first."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(["user_id", "res_model", "res_model_id", "res_id"])
        made = [self._require_assignee({**defaults, **vals}, self.browse()) for vals in vals_list]
        activities = super().create(vals_list)
        for activity, shares in zip(activities, made, strict=True):
            if shares:
                shares.write({"source_id": activity.id})
        return activities

    def write(self, vals):
        if not {"user_id", "res_id", "res_model_id"}.isdisjoint(vals):
            # sudo: where the activities are; access to them is checked by the writing itself
            for activity in self.sudo():
                self._require_assignee(
                    {
                        "user_id": activity.user_id.id,
                        "res_model_id": activity.res_model_id.id,
                        "res_id": activity.res_id,
                        **vals,
                    },
                    activity,
                )
            result = super().write(vals)
            self.env["incom.customer.share"]._end_outdated(self)
            return result
        return super().write(vals)

    def unlink(self):
        self.env["incom.customer.share"]._of_sources(self).action_end()
        return super().unlink()

    @api.model
    def _require_assignee(self, vals, source):
        """The colleague reads the document; his superior's assigning opens it for him.

        :param source: the activity; an empty record where it is not written yet
        :return: the automatic shares made
        :raise RedirectWarning, AccessError: see ``incom.customer.share``
        """
        isolation, shares = self.env["incom.isolation"], self.env["incom.customer.share"]
        if self.env.su and vals.get("incom_alert_id"):
            # it is for the owner of the customer, or for a superior of his
            return shares
        colleague = self.env["res.users"].browse(vals.get("user_id"))
        # sudo: the name of a model
        named = self.env["ir.model"].sudo().browse(vals.get("res_model_id")).model
        model = named or vals.get("res_model")
        if not colleague or not vals.get("res_id") or not isolation._is_on():
            return shares
        if model not in isolation._isolated_models():
            return shares
        document = self.env[model].browse(vals["res_id"]).exists()
        return shares._require(document, colleague, source) if document else shares
