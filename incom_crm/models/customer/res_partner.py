from odoo import api, fields, models
from odoo.fields import Domain

from ...fields import CustomerProfileLink


class ResPartner(models.Model):
    """A contact, and what its customer profile in the current company says.

    The profile's fields are related and have no column here: a search on them becomes a sub-query
    on the profile, sorting and grouping one join. Child contacts have no profile; theirs are empty.
    """

    _inherit = "res.partner"

    birthdate = fields.Date(index="btree_not_null", groups="base.group_user")
    company_size_id = fields.Many2one(
        "incom.company.size", index="btree_not_null", groups="base.group_user"
    )
    region_id = fields.Many2one(
        "incom.region", "Sales Region", related="state_id.region_id", groups="base.group_user"
    )
    customer_profile_id = CustomerProfileLink(
        "incom.customer.profile",
        "Customer Profile",
        compute="_compute_customer_profile_id",
        search="_search_customer_profile_id",
        groups="base.group_user",
        help="What the system knows about this customer in the current company.",
    )
    profile_currency_id = fields.Many2one(
        related="customer_profile_id.currency_id",
        string="Currency of the Profile",
        groups="base.group_user",
    )
    # approach level
    approach_level_id = fields.Many2one(
        related="customer_profile_id.approach_level_id", groups="base.group_user"
    )
    approach_level_computed_id = fields.Many2one(
        related="customer_profile_id.approach_level_computed_id", groups="base.group_user"
    )
    approach_level_pinned = fields.Boolean(
        related="customer_profile_id.approach_level_pinned", groups="base.group_user"
    )
    approach_level_pin_reason = fields.Char(
        related="customer_profile_id.approach_level_pin_reason", groups="base.group_user"
    )
    approach_level_pin_until = fields.Date(
        related="customer_profile_id.approach_level_pin_until", groups="base.group_user"
    )
    approach_stage = fields.Selection(
        related="customer_profile_id.approach_stage", groups="base.group_user"
    )
    # purchases and cycle
    purchase_cycle_days = fields.Float(
        related="customer_profile_id.purchase_cycle_days", groups="base.group_user"
    )
    purchase_cycle_computed_days = fields.Float(
        related="customer_profile_id.purchase_cycle_computed_days", groups="base.group_user"
    )
    purchase_cycle_id = fields.Many2one(
        related="customer_profile_id.purchase_cycle_id", groups="base.group_user"
    )
    purchase_cycle_evidence = fields.Selection(
        related="customer_profile_id.purchase_cycle_evidence", groups="base.group_user"
    )
    purchase_cycle_spread = fields.Float(
        related="customer_profile_id.purchase_cycle_spread", groups="base.group_user"
    )
    first_purchase_date = fields.Date(
        related="customer_profile_id.first_purchase_date", groups="base.group_user"
    )
    last_purchase_date = fields.Date(
        related="customer_profile_id.last_purchase_date", groups="base.group_user"
    )
    next_purchase_date = fields.Date(
        related="customer_profile_id.next_purchase_date", groups="base.group_user"
    )
    next_purchase_text = fields.Char(
        related="customer_profile_id.next_purchase_text", groups="base.group_user"
    )
    purchase_count = fields.Integer(
        related="customer_profile_id.purchase_count", groups="base.group_user"
    )
    purchase_status = fields.Selection(
        related="customer_profile_id.purchase_status", groups="base.group_user"
    )
    purchase_this_month = fields.Selection(
        related="customer_profile_id.purchase_this_month", groups="base.group_user"
    )
    goods_this_month = fields.Selection(
        related="customer_profile_id.goods_this_month", groups="base.group_user"
    )
    # care
    last_care_date = fields.Date(
        related="customer_profile_id.last_care_date", groups="incom_crm.group_care"
    )
    last_cared_date = fields.Date(
        related="customer_profile_id.last_cared_date", groups="incom_crm.group_care"
    )
    care_this_month = fields.Selection(
        related="customer_profile_id.care_this_month", groups="incom_crm.group_care"
    )
    care_due_date = fields.Date(
        related="customer_profile_id.care_due_date", groups="incom_crm.group_care"
    )
    care_alert = fields.Selection(
        related="customer_profile_id.care_alert", groups="incom_crm.group_care"
    )
    care_reason = fields.Char(
        related="customer_profile_id.care_reason", groups="incom_crm.group_care"
    )
    snoozed_until = fields.Date(
        related="customer_profile_id.snoozed_until", groups="incom_crm.group_care"
    )
    snoozed = fields.Boolean(related="customer_profile_id.snoozed", groups="incom_crm.group_care")
    birthday_soon = fields.Boolean(
        related="customer_profile_id.birthday_soon", groups="incom_crm.group_care"
    )
    not_exploited = fields.Boolean(
        related="customer_profile_id.not_exploited", groups="incom_crm.group_care"
    )
    badly_exploited = fields.Boolean(
        related="customer_profile_id.badly_exploited", groups="incom_crm.group_care"
    )
    status_explanation = fields.Char(
        related="customer_profile_id.status_explanation", groups="incom_crm.group_care"
    )
    # what is to be expected
    priority = fields.Monetary(
        related="customer_profile_id.priority",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    worth_at_risk = fields.Monetary(
        related="customer_profile_id.worth_at_risk",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    expected_this_week = fields.Monetary(
        related="customer_profile_id.expected_this_week",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    yearly_value = fields.Monetary(
        related="customer_profile_id.yearly_value",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    order_chance = fields.Float(
        related="customer_profile_id.order_chance", groups="base.group_user"
    )
    return_chance = fields.Float(
        related="customer_profile_id.return_chance", groups="base.group_user"
    )
    # money
    customer_class = fields.Selection(
        related="customer_profile_id.customer_class", groups="base.group_user"
    )
    revenue_12m = fields.Monetary(
        related="customer_profile_id.revenue_12m",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    median_order_value = fields.Monetary(
        related="customer_profile_id.median_order_value",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    receivable_amount = fields.Monetary(
        related="customer_profile_id.receivable_amount",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    overdue_amount = fields.Monetary(
        related="customer_profile_id.overdue_amount",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    open_opportunity_amount = fields.Monetary(
        related="customer_profile_id.open_opportunity_amount",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    weighted_opportunity_amount = fields.Monetary(
        related="customer_profile_id.weighted_opportunity_amount",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )
    unsigned_amount = fields.Monetary(
        related="customer_profile_id.unsigned_amount",
        currency_field="profile_currency_id",
        groups="base.group_user",
    )

    # Core follows a related field before it asks for the field's groups: without these two portal users
    # and accountants could find out by searching, sorting and grouping what reading refuses.

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            for condition in Domain(domain).iter_conditions():
                self._check_related_access(condition.field_expr)
        return super()._search(domain, *args, **kwargs)

    def _field_to_sql(self, alias, field_expr, query=None):
        self._check_related_access(field_expr)
        return super()._field_to_sql(alias, field_expr, query)

    def _check_related_access(self, field_expr):
        field = self._fields.get(field_expr.split(".")[0])
        if field and field.related and field.groups:
            self._check_field_access(field, "read")

    @api.depends_context("company")
    def _compute_customer_profile_id(self):
        # sudo: who may read the contact may read what is known about it
        profiles = (
            self.env["incom.customer.profile"]
            .sudo()
            .search_fetch(
                [("partner_id", "in", self.ids), ("company_id", "=", self.env.company.id)],
                ["partner_id"],
            )
        )
        profile_ids = {profile.partner_id.id: profile.id for profile in profiles}
        for partner in self:
            partner.customer_profile_id = profile_ids.get(partner._origin.id)

    @api.model
    def _search_customer_profile_id(self, operator, value):
        if operator in ("any", "any!"):
            return self._profile_domain(value, bypass_access=operator == "any!")
        if operator == "in":
            ids = [profile_id for profile_id in value if profile_id]
            domain = self._profile_domain(Domain("id", "in", ids)) if ids else Domain.FALSE
            return domain | ~self._profile_domain(Domain.TRUE) if False in value else domain
        return NotImplemented

    @api.model
    def _profile_domain(self, domain, bypass_access=True):
        """The contacts whose profile in the current company matches ``domain``, as a sub-query."""
        profiles = self.env["incom.customer.profile"]._search(
            Domain("company_id", "=", self.env.company.id) & Domain(domain),
            bypass_access=bypass_access,
        )
        return Domain("id", "in", profiles.subselect("partner_id"))
