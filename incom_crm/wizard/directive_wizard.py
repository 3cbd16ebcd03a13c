from odoo import api, fields, models


class DirectiveWizard(models.TransientModel):
    """Give somebody who works below a task on a customer."""

    _name = "incom.directive.wizard"
    _description = "Give a Directive"

    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    user_id = fields.Many2one("res.users", "To", required=True)
    people_ids = fields.Many2many("res.users", compute="_compute_people_ids")
    summary = fields.Char("What Is to Be Done", required=True)
    date_deadline = fields.Date("Until", required=True)

    @api.depends("partner_id")
    def _compute_people_ids(self):
        """Who works below the current user."""
        isolation = self.env["incom.isolation"]
        people = self.env["res.users"].browse(isolation._user_ids(self.env.user))
        below = people.filtered(lambda user: self.env.user in user._crm_superiors())
        # sudo: who still works here
        self.people_ids = below.sudo().filtered("active").sudo(False)

    def action_give(self):
        self.ensure_one()
        self.partner_id.incom_give_directive(self.user_id.id, self.summary, self.date_deadline)
        return {"type": "ir.actions.act_window_close"}
