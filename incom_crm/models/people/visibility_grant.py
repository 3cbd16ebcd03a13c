from odoo import api, fields, models

MODES = [("read", "Read"), ("write", "Read and write")]


class VisibilityGrant(models.Model):
    """A user works with a colleague's customers for a time: a stand-in, or a matrix beside the tree."""

    _name = "incom.visibility.grant"
    _description = "Stand-in"
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", "Who sees", required=True, index=True, ondelete="cascade"
    )
    target_id = fields.Many2one(
        "res.users", "Whose customers", required=True, index=True, ondelete="cascade"
    )
    mode = fields.Selection(MODES, "May", required=True, default="write")
    transitive = fields.Boolean(
        "With the people below", default=True, help="Stands in for a superior with his whole tree."
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("Until", help="The last day. Empty: until it is ended by hand.")
    reason = fields.Char(required=True)
    active = fields.Boolean(default=True)

    _two_people = models.Constraint("CHECK (user_id <> target_id)", "Nobody stands in for himself.")
    _in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A stand-in ends on or after its first day.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        grants = super().create(vals_list)
        self.env["incom.visibility.event"]._changed()
        return grants

    def write(self, vals):
        result = super().write(vals)
        self.env["incom.visibility.event"]._changed()
        return result

    def unlink(self):
        result = super().unlink()
        self.env["incom.visibility.event"]._changed()
        return result
