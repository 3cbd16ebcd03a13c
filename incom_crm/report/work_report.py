from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import work
from ..engine.calendar import companies, local_day

DIRECTIVE = "incom_crm.mail_activity_type_directive"


class WorkReport(models.Model):
    """Quantified work: care, assigned jobs, customer meetings and quotations, one row per piece."""

    _name = "incom.work.report"
    _description = "Work"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _depends = {
        "account.move": ["company_id", "move_type", "partner_id"],
        "calendar.event": [
            "active",
            "allday",
            "meeting_outcome",
            "name",
            "opportunity_id",
            "partner_ids",
            "privacy",
            "res_id",
            "res_model",
            "start",
            "start_date",
            "user_id",
        ],
        "crm.lead": ["company_id", "partner_id"],
        "incom.interaction": ["activity_id", "date"],
        "mail.activity": [
            "active",
            "activity_type_id",
            "calendar_event_id",
            "date_deadline",
            "date_done",
            "incom_alert_id",
            "res_id",
            "res_model",
            "summary",
            "user_id",
        ],
        "res.partner": ["commercial_partner_id", "company_id", "industry_id", "owner_id"],
        "res.users": ["company_id", "sale_team_id"],
        "res.users.settings": ["calendar_default_privacy"],
        "sale.order": [
            "company_id",
            "date_order",
            "name",
            "partner_id",
            "state",
            "user_id",
            "validity_date",
        ],
    }

    user_id = fields.Many2one("res.users", "Person", readonly=True, help="Whose work it is.")
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    customer_owner_id = fields.Many2one("res.users", "Customer's Salesperson", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    approach_level_id = fields.Many2one("incom.approach.level", readonly=True)
    industry_id = fields.Many2one("res.partner.industry", readonly=True)
    kind = fields.Selection(
        [
            ("care", "Care"),
            ("assigned", "Assigned Job"),
            ("meeting", "Customer Meeting"),
            ("quotation", "Quotation"),
        ],
        readonly=True,
        help="An assigned job was given by somebody else.",
    )
    activity_type_id = fields.Many2one("mail.activity.type", readonly=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("today", "Today"),
            ("overdue", "Overdue"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        readonly=True,
        help="A meeting is done when its outcome is held, a quotation when it became an order; a quotation is"
        " overdue when its validity has run out.",
    )
    date = fields.Date(
        readonly=True, help="The day it was done on; of what is not done yet, the day it is due."
    )
    name = fields.Char("Subject", readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)

    @property
    def _table_query(self):
        day = SQL("coalesce(%s, work.day)", local_day(SQL("work.at")))
        return SQL(
            """SELECT work.id, work.user_id, work.team_id, work.customer_id AS partner_id,
                      work.owner_id AS customer_owner_id, work.company_id, profile.approach_level_id,
                      customer.industry_id, work.kind, work.activity_type_id, %(state)s AS state,
                      %(day)s AS date, work.name, work.res_model, work.res_id
                 FROM (%(work)s) AS work
                 LEFT JOIN (%(companies)s) AS co ON co.company_id = work.company_id
                 LEFT JOIN res_partner customer ON customer.id = work.customer_id
                 LEFT JOIN incom_customer_profile profile
                        ON profile.partner_id = work.customer_id AND profile.company_id = work.company_id
                WHERE EXISTS (SELECT FROM incom_customer_profile known
                               WHERE known.partner_id = work.customer_id)""",
            state=SQL(
                """CASE WHEN work.status <> 'open' THEN work.status
                        WHEN coalesce(work.due, %(day)s) > co.today THEN 'planned'
                        WHEN coalesce(work.due, %(day)s) = co.today THEN 'today'
                        ELSE 'overdue' END""",
                day=day,
            ),
            day=day,
            work=self._work(),
            companies=companies(self.env),
        )

    @api.model
    def _work(self):
        diary = self.env["incom.interaction"]
        directive = self.env["ir.model.data"]._xmlid_to_res_id(DIRECTIVE)
        is_cart = self.env["incom.customer.profile"]._cart_condition()
        return work.work(diary._documents(), diary._document_of, is_cart, directive or None)

    def action_open_document(self):
        """Open what the row stands for: the document of an activity, the meeting, the quotation."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
