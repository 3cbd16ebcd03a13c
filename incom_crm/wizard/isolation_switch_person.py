from odoo import fields, models

from ..models.isolation.isolation import (
    ACCOUNTANT,
    BACK_OFFICE,
    HR,
    PURCHASE,
    SALESPERSON,
    SEES_ALL,
    STOCK,
)

ALL_DOCUMENTS = "sales_team.group_sale_salesman_all_leads"

# What is counted, and the models whose rules decide the number.
COUNTED = {
    "customers": ("res.partner", "incom.customer.profile"),
    "leads": ("crm.lead",),
    "orders": ("sale.order",),
}


class IsolationSwitchPerson(models.TransientModel):
    """One person in the wizard: above him who, beside selling what, and what he sees now and then."""

    _name = "incom.isolation.switch.person"
    _description = "Person in Who Sees What"
    _order = "wizard_id, id"
    _rec_name = "user_id"

    wizard_id = fields.Many2one(
        "incom.isolation.switch", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Person", required=True, readonly=True, ondelete="cascade"
    )
    manager_id = fields.Many2one(
        "res.users", "Superior", ondelete="cascade", domain=[("share", "=", False)]
    )
    why = fields.Char(readonly=True)
    sells = fields.Boolean(readonly=True)
    sees_all = fields.Boolean("Sees everything", readonly=True)
    all_documents = fields.Boolean(
        readonly=True, help="Holds All Documents, which from then on means his own tree."
    )
    other_roles = fields.Char("Works also in", readonly=True)
    back_office = fields.Boolean("Gets back-office reading")
    customers_now = fields.Integer("Customers now", readonly=True, aggregator=None)
    customers_then = fields.Integer("Customers then", readonly=True, aggregator=None)
    leads_now = fields.Integer("Leads now", readonly=True, aggregator=None)
    leads_then = fields.Integer("Leads then", readonly=True, aggregator=None)
    orders_now = fields.Integer("Orders now", readonly=True, aggregator=None)
    orders_then = fields.Integer("Orders then", readonly=True, aggregator=None)

    def _prepare_vals(self, user, superior, why):
        """Values of a user's line."""
        sells = user.has_group(SALESPERSON)
        sees_all = any(user.has_group(group) for group in SEES_ALL)
        return {
            "user_id": user.id,
            "manager_id": superior.id,
            "why": why,
            "sells": sells,
            "sees_all": sees_all,
            "all_documents": user.has_group(ALL_DOCUMENTS) and not sees_all,
            "other_roles": sells and not sees_all and self._other_roles(user),
            "back_office": user.has_group(BACK_OFFICE),
        }

    def _other_roles(self, user):
        """Names of the groups of other apps the user holds."""
        # sudo: names of groups
        groups = self.env["res.groups"].sudo()
        for name in ACCOUNTANT + STOCK + PURCHASE + HR:
            group = self.env.ref(name, raise_if_not_found=False)
            if group and user.has_group(name):
                groups |= group.sudo()
        return ", ".join(groups.mapped("full_name"))

    def _count(self, when):
        """Write down what each person sees, with his own rights.

        :param when: ``now`` or ``then``, the latter within a plan
        """
        known = {}
        for person in self:
            person.write({f"{kind}_{when}": person._seen(kind, known) for kind in COUNTED})

    def _seen(self, kind, known):
        """How many records of a kind the person sees.

        People whose rules say the same see the same: it is counted once.

        :param known: numbers counted before, by what decides them
        """
        user = self.user_id
        companies = user.company_ids
        env = self.with_user(user).with_context(allowed_company_ids=companies.ids).env
        model = env[COUNTED[kind][0]].with_company(user.company_id)
        if not all(env[name].has_access("read") for name in COUNTED[kind]):
            return 0
        rules = [repr(env["ir.rule"]._compute_domain(name)) for name in COUNTED[kind]]
        key = (kind, user.company_id, companies, *rules)
        if key not in known:
            domain = [("customer_profile_id", "!=", False)] if kind == "customers" else []
            known[key] = model.search_count(domain)
        return known[key]
