from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...engine.calendar import company_tz

# What was made later has other reasons.
DAYS_TO_COME_OF_IT = 30


class Interaction(models.Model):
    """What came of a contact, and what a superior does about it."""

    _inherit = "incom.interaction"

    came_of_it = fields.Char(
        "What Came of It",
        compute="_compute_came_of_it",
        help="Opportunities, quotations and orders made for the customer after this contact and before the next.",
    )

    def _compute_came_of_it(self):
        made = self._made_after()
        for row in self:
            row.came_of_it = ", ".join(made.get(row._origin.id, ()))

    def _made_after(self):
        """Names of documents that the current user may read: ``{id of the row: [name, ...]}``."""
        rows = self._documents_after()
        names = {
            (model, record.id): record.display_name
            for model in {model for _row, model, _id in rows}
            for record in self.env[model]
            .browse({document_id for _row, name, document_id in rows if name == model})
            ._filtered_access("read")
        }
        made = {}
        for row_id, *document in rows:
            if name := names.get(tuple(document)):
                made.setdefault(row_id, []).append(name)
        return made

    def _documents_after(self):
        """Opportunities, quotations and orders after each contact: rows of ``id, model, document id``."""
        self.env["sale.order"].flush_model(["create_date", "partner_id"])
        self.env["crm.lead"].flush_model(["create_date", "partner_id", "type"])
        return self.env.execute_query(
            SQL(
                """SELECT diary.id, document.model, document.id
                     FROM incom_interaction diary
                    CROSS JOIN LATERAL (
                          SELECT coalesce(min(later.date), 'infinity') AS date
                            FROM incom_interaction later
                           WHERE later.partner_id = diary.partner_id AND later.date > diary.date
                             AND later.user_id IS NOT NULL AND later.source_state <> 'revoked') AS next
                     JOIN res_partner contact ON contact.commercial_partner_id = diary.partner_id
                     JOIN LATERAL (
                          SELECT 'crm.lead' AS model, lead.id, lead.create_date FROM crm_lead lead
                           WHERE lead.partner_id = contact.id AND lead.type = 'opportunity'
                          UNION ALL
                          SELECT 'sale.order', o.id, o.create_date FROM sale_order o
                           WHERE o.partner_id = contact.id) AS document
                       ON document.create_date >= diary.date
                      AND document.create_date < least(next.date, diary.date + make_interval(days => %s))
                    WHERE diary.id = ANY(%s)
                    ORDER BY diary.id, document.create_date, document.id""",
                DAYS_TO_COME_OF_IT,
                self.ids,
            )
        )

    def action_comment_day(self):
        """Open the report of the author's day, to comment on it."""
        self.ensure_one()
        self.check_access("read")
        if not self.user_id:
            raise UserError(self.env._("The customer wrote this, nobody's day is behind it."))
        reports = self.env["incom.day.report"].with_company(self.company_id)
        local = self.with_context(tz=company_tz(self.company_id))
        day = fields.Datetime.context_timestamp(local, self.date).date()
        person = reports._checked_person(self.user_id.id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Day Report"),
            "res_model": "incom.day.report",
            "res_id": reports._on(person, reports._checked_day(day)).id,
            "views": [(False, "form")],
        }

    def action_give_directive(self):
        """Give the author something to do with the customer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("incom_crm.directive_wizard_action")
        return {
            **action,
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_user_id": self.user_id.id,
            },
        }
