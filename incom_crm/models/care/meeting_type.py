from odoo import fields, models


class MeetingType(models.Model):
    """What a meeting with a customer is for."""

    _name = "incom.meeting.type"
    _description = "Meeting Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        [
            ("intro", "Meet and introduce products"),
            ("opportunity", "Work an opportunity"),
            ("incident", "Handle an incident"),
            ("demo", "Demonstration"),
            ("delivery", "Delivery"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        help="How reports count meetings of this type.",
    )
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
