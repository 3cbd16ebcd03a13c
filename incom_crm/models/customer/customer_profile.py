from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import refresh, status
from ...engine.calendar import today_in

EVIDENCE = [
    ("none", "None"),
    ("estimated", "Estimated"),
    ("provisional", "Provisional"),
    ("confirmed", "Confirmed"),
    ("pinned", "Pinned"),
]
PURCHASE_STATUS = [
    ("never", "Never bought"),
    ("in_cycle", "In cycle"),
    ("due", "About to repeat"),
    ("late", "Late"),
    ("stopped", "Stopped buying"),
]
CARE_ALERT = [
    ("ok", "OK"),
    ("needs_care", "Needs care"),
    ("missed", "Missed"),
    ("neglected", "Neglected"),
]
STAGE = [
    ("before", "I. Before the first purchase"),
    ("buying", "II. Buying"),
    ("lapsed", "III. Stopped"),
]
# who may know how a customer is cared for
CARE = "incom_crm.group_care"
COMPARISONS = {"<": SQL("<"), ">": SQL(">"), "<=": SQL("<="), ">=": SQL(">=")}
CUSTOMER_CLASS = [("a", "A"), ("b", "B"), ("c", "C")]


class CustomerProfile(models.Model):
    """What the system knows about a customer in a company: facts, flip dates and, from them, status.

    Rows are written by the engine alone. Purchase status and care alert are no columns: they follow
    from the flip dates and the day of the query, so they are right at midnight.
    """

    _name = "incom.customer.profile"
    _description = "Customer Profile"
    _log_access = False
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", "Customer", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True)
    user_id = fields.Many2one("res.users", "Salesperson", index=True)
    # groupings
    industry_id = fields.Many2one("res.partner.industry")
    region_id = fields.Many2one("incom.region", "Sales Region")
    company_size_id = fields.Many2one("incom.company.size")
    customer_since = fields.Date(required=True)
    # approach level
    approach_level_id = fields.Many2one("incom.approach.level", required=True)
    approach_level_computed_id = fields.Many2one(
        "incom.approach.level", "Computed Approach Level", required=True
    )
    approach_stage = fields.Selection(STAGE, "Stage")
    level_pin_id = fields.Many2one("incom.customer.pin", ondelete="set null")
    approach_level_pin_reason = fields.Char("Reason of the Pin", related="level_pin_id.reason")
    approach_level_pin_until = fields.Date("Pinned until", related="level_pin_id.until")
    # purchases and cycle
    first_purchase_date = fields.Date("First Purchase")
    last_purchase_date = fields.Date("Last Purchase")
    purchase_count = fields.Integer("Purchases", required=True)
    purchase_gap_count = fields.Integer("Gaps Used", required=True, aggregator=None)
    purchase_gap_max = fields.Integer("Longest Gap (days)", aggregator=None)
    purchase_cycle_computed_days = fields.Float("Computed Cycle (days)", aggregator="avg")
    purchase_cycle_days = fields.Float("Purchase Cycle (days)", aggregator="avg")
    purchase_cycle_spread = fields.Float("Cycle Spread", aggregator="avg")
    purchase_cycle_evidence = fields.Selection(EVIDENCE, "Cycle Evidence", required=True)
    purchase_cycle_id = fields.Many2one("incom.purchase.cycle", ondelete="set null")
    cycle_pin_id = fields.Many2one("incom.customer.pin", ondelete="set null")
    next_purchase_date = fields.Date("Next Purchase Due")
    window_from = fields.Date("Reorder Window Opens")
    window_until = fields.Date("Reorder Window Closes", help="The last day of the window.")
    late_from = fields.Date()
    stopped_from = fields.Date()
    # money
    revenue_12m = fields.Monetary("Revenue, 12 Months", required=True)
    revenue_previous_12m = fields.Monetary("Revenue, 12 Months Before", required=True)
    median_order_value = fields.Monetary(
        "Usual Purchase", aggregator="avg", help="Median of the last 8 purchases, untaxed."
    )
    customer_class = fields.Selection(CUSTOMER_CLASS, "Class")
    receivable_amount = fields.Monetary("Owed", required=True)
    overdue_amount = fields.Monetary("Overdue", required=True)
    open_opportunity_amount = fields.Monetary("Open Opportunities", required=True)
    weighted_opportunity_amount = fields.Monetary("Open Opportunities, Weighted", required=True)
    unsigned_amount = fields.Monetary("Unsigned Quotations", required=True)
    # care
    last_care_date = fields.Date(
        "Last Care", help="Newest contact by a colleague, late entries aside.", groups=CARE
    )
    last_cared_date = fields.Date(
        "Last Cared For", help="Newest contact by a colleague, late entries included.", groups=CARE
    )
    silence_from = fields.Date(required=True, groups=CARE)
    allowed_silence = fields.Float("Allowed Silence (days)", aggregator=None, groups=CARE)
    care_due_date = fields.Date("Care Due", groups=CARE)
    care_missed_from = fields.Date(groups=CARE)
    care_neglected_from = fields.Date(groups=CARE)
    activity_due_from = fields.Date(groups=CARE)
    activity_missed_from = fields.Date(groups=CARE)
    message_missed_from = fields.Date(groups=CARE)
    window_need_from = fields.Date(groups=CARE)
    window_missed_from = fields.Date(groups=CARE)
    birthday_from = fields.Date(groups=CARE)
    birthday_until = fields.Date(groups=CARE)
    trigger_id = fields.Many2one("incom.care.trigger", ondelete="set null", groups=CARE)
    trigger_from = fields.Date(
        help="The first day on which a care trigger asks, or will ask, for care.", groups=CARE
    )
    trigger_until = fields.Date(
        help="The last day on which it asks, where the occasion has a day of its own.", groups=CARE
    )
    snoozed_until = fields.Date("Put off until", groups=CARE)
    not_exploited_from = fields.Date(groups=CARE)
    badly_exploited_until = fields.Date(groups=CARE)
    next_flip = fields.Date(
        help="The first day on which a stored value changes by the calendar alone."
    )

    _customer_company_uniq = models.UniqueIndex("(partner_id, company_id)")
    _next_flip_idx = models.Index("(next_flip) WHERE next_flip IS NOT NULL")

    # -- status: expressions on the flip dates -------------------------------------------------

    purchase_status = fields.Selection(
        PURCHASE_STATUS, compute="_compute_expressions", search="_search_purchase_status"
    )
    care_alert = fields.Selection(
        CARE_ALERT, compute="_compute_expressions", search="_search_care_alert", groups=CARE
    )
    snoozed = fields.Boolean(
        "Put off", compute="_compute_expressions", search="_search_snoozed", groups=CARE
    )
    not_exploited = fields.Boolean(
        compute="_compute_expressions",
        search="_search_not_exploited",
        help="Known for more than a month, never cared for, never bought.",
        groups=CARE,
    )
    badly_exploited = fields.Boolean(
        compute="_compute_expressions",
        search="_search_badly_exploited",
        help="Cared for again and again without a deal, or buying less than half of the year before.",
        groups=CARE,
    )

    def _expressions(self):
        """Fields that are SQL expressions on a row: ``{field name: function(alias, today) -> SQL}``."""
        return {
            "purchase_status": status.purchase_status,
            "care_alert": status.care_alert,
            "snoozed": status.snoozed,
            "not_exploited": status.not_exploited,
            "badly_exploited": status.badly_exploited,
        }

    def _field_to_sql(self, alias, field_expr, query=None):
        expression = self._expressions().get(field_expr)
        if expression is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        sql = expression(alias, self._today_sql(alias))
        if alias == self._table:
            return sql
        # joined to a contact that is no customer, there is no row and no status
        return SQL("(CASE WHEN %s IS NOT NULL THEN %s END)", SQL.identifier(alias, "id"), sql)

    @api.depends_context("uid")
    def _compute_expressions(self):
        self._assign_expressions(
            name
            for name in self._expressions()
            if self._fields[name].compute == "_compute_expressions"
        )

    def _assign_expressions(self, names):
        names = [name for name in names if self._has_field_access(self._fields[name], "read")]
        values = self._read_expressions(names)
        for profile in self:
            for name, value in zip(
                names, values.get(profile.id, [False] * len(names)), strict=True
            ):
                profile[name] = value

    def _read_expressions(self, names):
        """The values of the expressions for these rows, from the database: ``{id: values}``."""
        columns = SQL(", ").join(self._field_to_sql(self._table, name) for name in names)
        table = SQL.identifier(self._table)
        rows = self.env.execute_query(
            SQL("SELECT id, %s FROM %s WHERE id = ANY(%s)", columns, table, list(self._ids))
        )
        return {row[0]: row[1:] for row in rows}

    def _search_expression(self, name, operator, value):
        """Domain on a field that is an expression."""
        if operator == "in":
            # an expression always has a value; False is one of booleans alone
            is_boolean = self._fields[name].type == "boolean"
            values = tuple(item for item in value if is_boolean or item is not False)
            if not values:
                return Domain.FALSE
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IN %s", model._field_to_sql(alias, name, query), values
                )
            )
        if operator in COMPARISONS:
            comparison = COMPARISONS[operator]
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s %s %s", model._field_to_sql(alias, name, query), comparison, value
                )
            )
        return NotImplemented

    def _search_purchase_status(self, operator, value):
        return self._search_expression("purchase_status", operator, value)

    def _search_care_alert(self, operator, value):
        return self._search_expression("care_alert", operator, value)

    def _search_snoozed(self, operator, value):
        return self._search_expression("snoozed", operator, value)

    def _search_not_exploited(self, operator, value):
        return self._search_expression("not_exploited", operator, value)

    def _search_badly_exploited(self, operator, value):
        return self._search_expression("badly_exploited", operator, value)

    @api.model
    def _today_by_company(self):
        """Today in each company's time zone: ``{company id: date}``."""
        zones = self.env["res.company"]._crm_time_zones()
        return {company_id: today_in(zone) for company_id, zone in zones.items()}

    def _today_sql(self, alias):
        """Today for a row: one date, or one per company where time zones make them differ."""
        by_company = self._today_by_company()
        if len(set(by_company.values())) == 1:
            return SQL("%s::date", next(iter(by_company.values())))
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s::date", company_id, today)
            for company_id, today in by_company.items()
        )
        return SQL("(CASE %s %s END)", SQL.identifier(alias, "company_id"), cases)

    # -- refresh ------------------------------------------------------------------------------------

    @api.model
    def _refresh(self, partner_ids=None):
        """Work out the rows of these customers (None: everybody) and write the ones that differ.

        :param partner_ids: ids of commercial entities
        :return: number of rows written
        """
        return refresh.refresh(self.env, partner_ids)

    @api.model
    def _cart_condition(self):
        """Condition on ``sale_order o`` that tells the cart of a web shop from a quotation."""
        if "website_id" in self.env["sale.order"]._fields:
            return SQL("(o.website_id IS NOT NULL AND o.state = 'draft')")
        return SQL("FALSE")

    @api.model
    def _refresh_touched(self, partner_ids):
        """Refresh a few touched customers and take them out of the queue, in a transaction of their own.

        :return: whether it was done; not while everybody is being refreshed
        """
        if not refresh.share_lock(self.env.cr):
            return False
        self.env.cr.execute(
            SQL("DELETE FROM incom_customer_queue WHERE partner_id = ANY(%s)", list(partner_ids))
        )
        self._refresh(self._customers_of(partner_ids))
        return True

    @api.model
    def _customers_of(self, contact_ids):
        """The ids to refresh for touched contacts: themselves and the customers they belong to now."""
        rows = self.env.execute_query(
            SQL(
                "SELECT commercial_partner_id FROM res_partner WHERE id = ANY(%s)",
                list(contact_ids),
            )
        )
        return sorted({*contact_ids, *(customer_id for (customer_id,) in rows if customer_id)})
