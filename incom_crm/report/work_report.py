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
            "res_id",
            "res_model",
            "summary",
            "user_id",
        ],
        "res.partner": ["commercial_partner_id", "company_id", "industry_id", "user_id"],
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
        return SQL(
            """SELECT piece.id, piece.user_id, piece.team_id, piece.partner_id, piece.customer_owner_id,
                      piece.of_company_id AS company_id,
                      profile.approach_level_id, piece.industry_id, piece.kind,
                      piece.activity_type_id, %(state)s AS state, piece.date, piece.name, piece.res_model,
                      piece.res_id
                 FROM (%(pieces)s) AS piece
                 LEFT JOIN incom_customer_profile profile
                        ON profile.partner_id = piece.partner_id AND profile.company_id = piece.of_company_id
                WHERE EXISTS (SELECT FROM incom_customer_profile known
                               WHERE known.partner_id = piece.partner_id)""",
            state=SQL(
                """CASE WHEN piece.status <> 'open' THEN piece.status
                        WHEN coalesce(piece.due, piece.date) > piece.today THEN 'planned'
                        WHEN coalesce(piece.due, piece.date) = piece.today THEN 'today'
                        ELSE 'overdue' END"""
            ),
            pieces=self._pieces(),
        )

    @api.model
    def _pieces(self):
        """SELECT of the work with its customer, company and local date."""
        diary = self.env["incom.interaction"]
        directive = self.env["ir.model.data"]._xmlid_to_res_id(DIRECTIVE)
        is_cart = self.env["incom.customer.profile"]._cart_condition()
        return SQL(
            """SELECT work.*, customer.id AS partner_id, customer.user_id AS customer_owner_id,
                      customer.industry_id, person.sale_team_id AS team_id, co.company_id AS of_company_id,
                      co.today, coalesce(%(day)s, work.day) AS date
                 FROM (%(work)s) AS work
                 JOIN res_partner contact ON contact.id = work.contact_id
                 JOIN res_partner customer ON customer.id = contact.commercial_partner_id
                 LEFT JOIN res_users person ON person.id = work.user_id
                 JOIN (%(companies)s) AS co
                   ON co.company_id = coalesce(work.company_id, person.company_id, %(home)s)""",
            day=local_day(SQL("work.at")),
            work=work.work(diary._documents(), diary._document_of, is_cart, directive or None),
            companies=companies(self.env),
            home=SQL("(SELECT min(id) FROM res_company)"),
        )

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
