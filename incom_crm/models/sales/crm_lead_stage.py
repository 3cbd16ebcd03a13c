from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

DAY = timedelta(days=1)


class CrmLead(models.Model):
    """How long an opportunity has been in its stage, as something a pivot can average."""

    _inherit = "crm.lead"

    stage_age = fields.Integer(
        "Days in Stage",
        compute="_compute_stage_age",
        aggregator="avg",
        groups="base.group_user",
        help="Whole days since an open opportunity came to its stage.",
    )

    @api.depends("date_last_stage_update", "won_status")
    def _compute_stage_age(self):
        now = fields.Datetime.now()
        for lead in self:
            since = lead.won_status == "pending" and lead.date_last_stage_update
            lead.stage_age = (now - since) // DAY if since else 0

    def _field_to_sql(self, alias, field_expr, query=None):
        """Aggregated where it is: no column could be right tomorrow."""
        if field_expr != "stage_age":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return SQL(
            "(CASE WHEN %s = 'pending' THEN floor(extract(epoch FROM %s::timestamp - %s) / %s) END)",
            self._field_to_sql(alias, "won_status", query),
            fields.Datetime.now(),
            self._field_to_sql(alias, "date_last_stage_update", query),
            int(DAY.total_seconds()),
        )
