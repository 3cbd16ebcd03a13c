from odoo import api, models
from odoo.tools import SQL

from ...engine.calendar import company_today
from .res_partner import PROMISE


class ResPartner(models.Model):
    """Promises to a customer that nobody has kept in time."""

    _inherit = "res.partner"

    @api.readonly
    def incom_overdue_promises(self):
        """The overdue promises to this customer, on whatever document, the oldest first.

        :return: ``[{"id", "summary", "date", "user"}]`` of those the current user may read
        """
        self.check_access("read")
        if not self.env.user.has_group("incom_crm.group_care"):
            return []
        kind = self.env["ir.model.data"]._xmlid_to_res_id(PROMISE)
        documents = self.env["incom.interaction"]._documents()
        self.env["mail.activity"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT activity.id FROM mail_activity activity
                    WHERE activity.active AND activity.activity_type_id = %s
                      AND activity.date_deadline < %s AND (%s)
                    ORDER BY activity.date_deadline, activity.id""",
                kind or None,
                company_today(self.env.company),
                SQL(" OR ").join(
                    SQL(
                        """(activity.res_model = %s AND activity.res_id IN (
                            SELECT document.id FROM (%s) AS document
                              JOIN res_partner contact ON contact.id = document.contact_id
                             WHERE contact.commercial_partner_id = ANY(%s)))""",
                        model,
                        select,
                        self.commercial_partner_id.ids,
                    )
                    for model, select in documents.items()
                ),
            )
        )
        promises = self.env["mail.activity"].browse(row[0] for row in rows)
        return [
            {
                "id": promise.id,
                "summary": promise.display_name,
                "date": promise.date_deadline,
                "user": promise.user_id.name or "",
            }
            for promise in promises._filtered_access("read")
        ]
