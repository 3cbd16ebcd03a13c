from odoo import fields, models

CHANNELS = [
    ("phone", "Phone"),
    ("visit", "Visit"),
    ("email", "Email"),
    ("sms", "SMS"),
    ("zalo", "Zalo"),
    ("facebook", "Facebook"),
    ("web", "Web"),
    ("post", "Post"),
    ("fax", "Fax"),
    ("other", "Other"),
]
GRADES = [("attempt", "Attempt"), ("content", "Content"), ("two_way", "Two-way")]


class Interaction(models.Model):
    """The diary: one append-only row per contact with a customer."""

    _name = "incom.interaction"
    _description = "Interaction"
    _order = "date desc, id desc"
    _rec_name = "body"
    _log_access = False

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="cascade", help="The commercial entity."
    )
    contact_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users",
        "Author",
        index="btree_not_null",
        help="The colleague; empty when it came from the customer.",
    )
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Datetime(required=True)
    channel = fields.Selection(CHANNELS, required=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], required=True)
    grade = fields.Selection(GRADES, required=True)
    body = fields.Text()
    res_model = fields.Char("Document Model")
    res_id = fields.Many2oneReference("Document", model_field="res_model")
    message_id = fields.Many2one(
        "mail.message",
        index="btree_not_null",
        ondelete="set null",
        help="The message it was written from.",
    )
    event_id = fields.Many2one("calendar.event", index="btree_not_null", ondelete="set null")
    recorded_on = fields.Datetime(
        required=True, default=fields.Datetime.now, help="When it was written down."
    )
    late = fields.Boolean(
        "Late Entry",
        help="Written down more than three days after it happened: counts as cared for, not against silence.",
    )
    source_state = fields.Selection(
        [("kept", "As written"), ("edited", "Edited later"), ("deleted", "Deleted later")],
        "Source",
        default="kept",
        required=True,
    )

    _partner_date_idx = models.Index("(partner_id, date DESC)")
    _user_date_idx = models.Index("(user_id, date) WHERE user_id IS NOT NULL")
