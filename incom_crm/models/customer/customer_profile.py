from odoo import fields, models

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
    industry_id = fields.Many2one("res.partner.industry", "Industry")
    region_id = fields.Many2one("incom.region", "Sales Region")
    company_size_id = fields.Many2one("incom.company.size", "Company Size")
    customer_since = fields.Date(required=True)
    # approach level
    approach_level_id = fields.Many2one("incom.approach.level", "Approach Level", required=True)
    approach_level_computed_id = fields.Many2one(
        "incom.approach.level", "Computed Approach Level", required=True
    )
    approach_stage = fields.Selection(STAGE, "Stage")
    level_pin_id = fields.Many2one("incom.customer.pin", "Level Pin", ondelete="set null")
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
    purchase_cycle_id = fields.Many2one("incom.purchase.cycle", "Purchase Cycle", ondelete="set null")
    cycle_pin_id = fields.Many2one("incom.customer.pin", "Cycle Pin", ondelete="set null")
    next_purchase_date = fields.Date("Next Purchase Due")
    window_from = fields.Date("Reorder Window Opens")
    window_until = fields.Date("Reorder Window Closes", help="The last day of the window.")
    late_from = fields.Date()
    stopped_from = fields.Date()
    # money
    revenue_12m = fields.Monetary("Revenue, 12 Months", required=True)
    revenue_previous_12m = fields.Monetary("Revenue, 12 Months Before", required=True)
    median_order_value = fields.Monetary("Usual Purchase", aggregator="avg", help="Median of the last 8 purchases, untaxed.")
    customer_class = fields.Selection(CUSTOMER_CLASS, "Class")
    receivable_amount = fields.Monetary("Owed", required=True)
    overdue_amount = fields.Monetary("Overdue", required=True)
    open_opportunity_amount = fields.Monetary("Open Opportunities", required=True)
    weighted_opportunity_amount = fields.Monetary("Open Opportunities, Weighted", required=True)
    unsigned_amount = fields.Monetary("Unsigned Quotations", required=True)
    # care
    last_care_date = fields.Date("Last Care", help="Newest contact by a colleague, late entries aside.")
    last_cared_date = fields.Date("Last Cared For", help="Newest contact by a colleague, late entries included.")
    silence_from = fields.Date(required=True)
    allowed_silence = fields.Float("Allowed Silence (days)", aggregator=None)
    care_due_date = fields.Date("Care Due")
    care_missed_from = fields.Date()
    care_neglected_from = fields.Date()
    activity_due_from = fields.Date()
    activity_missed_from = fields.Date()
    message_missed_from = fields.Date()
    window_need_from = fields.Date()
    window_missed_from = fields.Date()
    birthday_from = fields.Date()
    birthday_until = fields.Date()
    snoozed_until = fields.Date("Put off until")
    badly_exploited_until = fields.Date()
    next_flip = fields.Date(help="The first day on which a stored value changes by the calendar alone.")

    _customer_company_uniq = models.UniqueIndex("(partner_id, company_id)")
    _next_flip_idx = models.Index("(next_flip) WHERE next_flip IS NOT NULL")
