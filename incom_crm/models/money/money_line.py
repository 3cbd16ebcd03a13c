from odoo import api, fields, models
from odoo.tools import SQL

from ...engine import customers, money_map, purchases
from ...engine.calendar import companies

BOX = [
    ("m1", "M1. Open opportunities"),
    ("m2", "M2. Unsigned quotations"),
    ("m3", "M3. Ordered, not delivered"),
    ("m4", "M4. Delivered, not invoiced"),
    ("m5", "M5. Invoiced, not due"),
    ("m6", "M6. Overdue"),
    ("m7", "M7. Collected"),
    ("credit", "Credits not applied"),
]
AGEING = [
    ("0", "Not overdue"),
    ("1_30", "1-30 days"),
    ("31_60", "31-60 days"),
    ("61_90", "61-90 days"),
    ("90", "More than 90 days"),
]


class MoneyLine(models.Model):
    """The money map: every unit of money that is on its way, in exactly one box, from real documents.

    One row per document or line of one; stock of today, but what was collected, which is read by its date.
    """

    _name = "incom.money.line"
    _description = "Money Map"
    _auto = False
    _order = "amount desc, id"
    _rec_name = "partner_id"

    box = fields.Selection(BOX, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="In company currency; from quotations on with tax."
    )
    weighted_amount = fields.Monetary(
        "Weighted", readonly=True, help="Opportunities: expected revenue times probability."
    )
    date = fields.Date(
        readonly=True,
        help="When it was made, ordered or collected; of what is invoiced the day it is due.",
    )
    age_days = fields.Integer("Age (days)", readonly=True, aggregator="max")
    ageing = fields.Selection(AGEING, "Overdue since", readonly=True)
    is_late = fields.Boolean(
        "Late",
        readonly=True,
        help="Deadline, validity, promised delivery or due date are over.",
    )
    has_draft_invoice = fields.Boolean("Draft Invoice Waiting", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson of the Document", readonly=True)
    owner_id = fields.Many2one("res.users", "Salesperson of the Customer", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    industry_id = fields.Many2one("res.partner.industry", readonly=True)
    region_id = fields.Many2one("incom.region", "Sales Region", readonly=True)
    approach_level_id = fields.Many2one("incom.approach.level", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)

    @property
    def _table_query(self):
        for model in ("crm.lead", "sale.order", "sale.order.line", "account.move", "account.move.line",
                      "res.partner", "incom.customer.profile"):  # fmt: skip
            self.env[model].flush_model()
        return SQL(
            """%(relations)s
               SELECT money.id, money.box, money.company_id, co.currency_id, money.amount, money.weighted_amount,
                      money.date, co.today - money.date AS age_days, %(ageing)s AS ageing, money.is_late,
                      money.has_draft_invoice, contact.commercial_partner_id AS partner_id, money.user_id,
                      contact.owner_id, money.team_id, customer.industry_id, state.region_id,
                      profile.approach_level_id, money.order_id, money.res_model, money.res_id
                 FROM (%(boxes)s) AS money
                 JOIN incom_t_company co ON co.company_id = money.company_id
                 LEFT JOIN res_partner contact ON contact.id = money.partner_id
                 LEFT JOIN res_partner customer ON customer.id = contact.commercial_partner_id
                 LEFT JOIN res_country_state state ON state.id = customer.state_id
                 LEFT JOIN incom_customer_profile profile
                        ON profile.partner_id = customer.id AND profile.company_id = money.company_id""",
            relations=self._relations(),
            ageing=SQL(
                """CASE WHEN money.box <> 'm6' THEN '0'
                        WHEN co.today - money.date <= 30 THEN '1_30'
                        WHEN co.today - money.date <= 60 THEN '31_60'
                        WHEN co.today - money.date <= 90 THEN '61_90'
                        ELSE '90' END"""
            ),
            boxes=SQL(" UNION ALL ").join(self._boxes()),
        )

    def _relations(self):
        params = self.env["incom.crm.parameter"]._values()
        profile = self.env["incom.customer.profile"]
        sources = {
            "company": companies(self.env),
            "contact": customers.contacts(SQL("TRUE")),
            "refunded": purchases.refunded_orders(),
            "credit": purchases.taken_back(profile._returned_orders()),
            "billed": money_map.billed_lines(),
            "rest": money_map.line_rests(self._returned_quantities(), params),
        }
        return SQL(
            "WITH %s",
            SQL(", ").join(
                SQL("%s AS (%s)", SQL.identifier(f"incom_t_{name}"), select)
                for name, select in sources.items()
            ),
        )

    def _boxes(self):
        is_cart = self.env["incom.customer.profile"]._cart_condition()
        return [
            money_map.opportunities(is_cart),
            money_map.quotations(is_cart),
            *(
                rows(box)
                for rows in (money_map.ordered, money_map.down_payments)
                for box in ("m3", "m4")
            ),
            money_map.receivables(),
            money_map.collected(),
        ]

    @api.model
    def _returned_quantities(self):
        """SELECT of ``line_id, quantity``: goods of an order line that came back, in the line's unit.

        Nobody knows without a warehouse; an addon that does overrides this.
        """
        return SQL("SELECT NULL::int AS line_id, NULL::numeric AS quantity WHERE FALSE")

    def action_open_document(self):
        """Open the document behind the amount."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
