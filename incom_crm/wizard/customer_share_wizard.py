from odoo import api, fields, models


class CustomerShareWizard(models.TransientModel):
    """Share a customer, or one document of his, with a colleague for some days."""

    _name = "incom.customer.share.wizard"
    _description = "Share with a Colleague"

    res_model = fields.Selection(
        lambda self: self.env["incom.customer.share"]._shared_models(), "What", required=True
    )
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    record_name = fields.Char("Name", compute="_compute_record_name")
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        required=True,
        domain="[('share', '=', False), ('id', '!=', uid)]",
        ondelete="cascade",
    )
    mode = fields.Selection(
        lambda self: self.env["incom.customer.share"]._fields["mode"].selection,
        "May",
        required=True,
        default="read",
    )
    latest = fields.Date("At the latest", compute="_compute_latest")
    date_to = fields.Date(
        "Until",
        required=True,
        default=lambda self: self.env["incom.customer.share"]._latest_day(),
    )
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        """From a record's action menu it is about that record."""
        values = super().default_get(fields)
        model, res_id = (self.env.context.get(name) for name in ("active_model", "active_id"))
        if "res_id" in fields and not values.get("res_id") and res_id:
            if self.env["incom.customer.share"]._is_sharable(model):
                values.update(res_model=model, res_id=res_id)
        return values

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        shares = self.env["incom.customer.share"]
        for wizard in self:
            record = wizard.res_model and self.env[wizard.res_model].browse(wizard.res_id)
            if not record:
                wizard.record_name = False
                continue
            whole = shares._whole(record)
            # a name is served unchecked when somebody's sudo has read it before
            whole.check_access("read")
            wizard.record_name = whole.display_name

    @api.depends("res_model")
    def _compute_latest(self):
        self.latest = self.env["incom.customer.share"]._latest_day()

    def action_share(self):
        """Share it; the checks are the share's own."""
        self.ensure_one()
        self.env["incom.customer.share"].create(
            {
                "res_model": self.res_model,
                "res_id": self.res_id,
                "user_id": self.user_id.id,
                "mode": self.mode,
                "date_to": self.date_to,
                "reason": self.reason,
            }
        )
        return {"type": "ir.actions.act_window_close"}
