from odoo import fields, models

KINDS = [
    ("customer", "Customer"),
    ("contact", "Contact"),
    ("lead", "Lead or opportunity"),
    ("quotation", "Quotation"),
    ("meeting", "Meeting"),
    ("activity", "Activity"),
    ("guest", "Seat in a meeting"),
    ("follower", "Follower"),
]


class HandoverLine(models.Model):
    """One record that changes hands: what is still to do, and what an undo goes by."""

    _name = "incom.handover.line"
    _description = "Record Handed Over"
    _log_access = False
    _order = "sequence, id"
    _rec_name = "record_name"

    handover_id = fields.Many2one("incom.handover", required=True, ondelete="cascade")
    sequence = fields.Integer(
        required=True, aggregator=None, help="Number of the customer; his records go with him."
    )
    kind = fields.Selection(KINDS, "What", required=True)
    res_model = fields.Char("Model", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    record_name = fields.Char("Name", compute="_compute_record_name")
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", ondelete="cascade"
    )
    old_user_id = fields.Many2one("res.users", "From", ondelete="set null")
    new_user_id = fields.Many2one("res.users", "To", ondelete="set null")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Handed over"),
            ("skipped", "Left: changed in between"),
            ("undone", "Given back"),
            ("kept", "Kept: changed since"),
        ],
        required=True,
    )
    besides = fields.Json(help="Values that changed with the salesperson, before and after.")
    problem = fields.Char(help="Why the record could not be handed over.")

    _record_uniq = models.UniqueIndex(
        "(handover_id, kind, res_model, res_id, COALESCE(old_user_id, 0))",
        "A record is handed over once.",
    )
    _next_idx = models.Index("(handover_id, state, sequence)")

    def _compute_record_name(self):
        """Names of what the reader may see; the log lists records he may have lost since."""
        for model, lines in self.grouped("res_model").items():
            records = self.env[model].browse(lines.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in records._filtered_access("read")}
            for line in lines:
                line.record_name = names.get(line.res_id, f"#{line.res_id}")

    def action_open(self):
        """Open the record, as far as the reader may."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
