from odoo import api, models


class PaymentLinkWizard(models.TransientModel):
    """A payment link opens the whole document to whoever holds it: only of what one may read."""

    _inherit = "payment.link.wizard"

    @api.model
    def default_get(self, fields):
        self._check_target(self.env.context.get("active_model"), self.env.context.get("active_id"))
        return super().default_get(fields)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_targets()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self._check_targets()
        return result

    def _compute_link(self):
        self._check_targets()
        return super()._compute_link()

    def _compute_warning_message(self):
        self._check_targets()
        return super()._compute_warning_message()

    def _check_targets(self):
        for wizard in self:
            self._check_target(wizard.res_model, wizard.res_id)

    def _check_target(self, model, number):
        """
        :raise AccessError: where the document is not the user's to read
        """
        if model in self.env and number and self.env["incom.isolation"]._restricts():
            self.env[model].browse(number).check_access("read")
