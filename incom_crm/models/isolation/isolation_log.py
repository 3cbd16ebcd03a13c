from odoo import api, fields, models


class IsolationLog(models.Model):
    """Append-only: who switched isolation on or off, and when."""

    _name = "incom.isolation.log"
    _description = "Switching of Isolation"
    _order = "id desc"
    _rec_name = "event"

    event = fields.Selection([("on", "Switched on"), ("off", "Switched off")], required=True)
    note = fields.Char("Decided along with it")
    create_uid = fields.Many2one("res.users", "By", readonly=True)
    create_date = fields.Datetime("When", readonly=True)

    @api.model
    def _write_down(self, on, note):
        # sudo: nobody writes the log by hand; the user stays named as its author
        self.sudo().create({"event": "on" if on else "off", "note": note})
