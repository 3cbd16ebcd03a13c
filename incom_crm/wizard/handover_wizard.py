from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import handover as query

# Customers shown by name before the rest is a number.
SHOWN = 20
# The filters, and the path from the customer to what each asks for.
FILTERS = {
    "region_ids": "state_id.region_id",
    "state_ids": "state_id",
    "industry_ids": "industry_id",
    "category_ids": "category_id",
}


class HandoverWizard(models.TransientModel):
    """Choose customers and who gets them, see what goes along, and hand them over."""

    _name = "incom.handover.wizard"
    _description = "Hand Over Customers"

    # whose and which
    people_ids = fields.Many2many(
        "res.users",
        compute="_compute_people_ids",
        context={"active_test": False},
        help="Among whom the current user may hand customers over.",
    )
    giver_ids = fields.Many2many(
        "res.users",
        "incom_handover_wizard_giver_rel",
        string="From",
        context={"active_test": False},
        help="Whose customers. Empty: whoever looks after the customers chosen below.",
    )
    partner_ids = fields.Many2many("res.partner", string="Only These Customers")
    region_ids = fields.Many2many("incom.region", string="Sales Regions")
    state_ids = fields.Many2many("res.country.state", string="States")
    industry_ids = fields.Many2many("res.partner.industry", string="Industries")
    level_ids = fields.Many2many("incom.approach.level", string="Approach Levels")
    category_ids = fields.Many2many("res.partner.category", string="Tags")
    # to whom
    team_id = fields.Many2one("crm.team", "Whole Team", help="All members of a sales team.")
    receiver_ids = fields.Many2many(
        "res.users",
        "incom_handover_wizard_receiver_rel",
        string="To",
        compute="_compute_receiver_ids",
        store=True,
        readonly=False,
        help="Several people get equally many customers, the big ones dealt out first.",
    )
    reason = fields.Char()
    # what goes along
    leads = fields.Boolean("Open Opportunities", default=True)
    quotations = fields.Boolean(default=True)
    meetings = fields.Boolean("Future Meetings", default=True)
    leaves_meetings = fields.Boolean(
        "Former Salesperson Leaves the Meetings",
        default=True,
        help="Unchecked: he remains a guest, and goes on reading these meetings.",
    )
    archives_givers = fields.Boolean(
        "Archive Them Afterwards",
        help="The users customers are taken from are archived at the end.",
    )
    # preview
    customer_ids = fields.Many2many(
        "res.partner",
        "incom_handover_wizard_preview_rel",
        string="Customers",
        compute="_compute_preview",
    )
    customer_count = fields.Integer("Customers in All", compute="_compute_preview")
    unmoved_count = fields.Integer(
        "Stay Where They Are",
        compute="_compute_preview",
        help="Chosen, but their new salesperson has them already or does not work in their company.",
    )
    lead_count = fields.Integer("Open Opportunities Handed Over", compute="_compute_preview")
    quotation_count = fields.Integer("Quotations Handed Over", compute="_compute_preview")
    activity_count = fields.Integer("Activities Handed Over", compute="_compute_preview")
    meeting_count = fields.Integer("Meetings Handed Over", compute="_compute_preview")
    order_count = fields.Integer("Confirmed Orders", compute="_compute_preview")
    invoice_count = fields.Integer("Unpaid Invoices", compute="_compute_preview")
    interaction_count = fields.Integer("Contacts in the Diary", compute="_compute_preview")
    share_text = fields.Char("Each Gets", compute="_compute_preview")

    @api.model
    def default_get(self, fields_list):
        """Opened from a list of contacts: these. Who archives users may always come here to decide."""
        if not self.env.context.get("default_archives_givers"):
            self.env["incom.handover"]._check_people(self.env["res.users"])
        values = super().default_get(fields_list)
        if self.env.context.get("active_model") == "res.partner":
            values["partner_ids"] = [fields.Command.set(self.env.context.get("active_ids", []))]
        return values

    @api.depends_context("uid")
    def _compute_people_ids(self):
        people = self.env["incom.handover"]._people_ids()
        # sudo: colleagues, whatever else the user sees of them
        users = self.env["res.users"].sudo().with_context(active_test=False)
        domain = Domain("share", "=", False)
        if people is not None:
            domain &= Domain("id", "in", list(people))
        self.people_ids = users.search(domain).sudo(False)

    @api.depends("team_id")
    def _compute_receiver_ids(self):
        for wizard in self:
            # sudo: who works in the team; only those below are proposed
            members = wizard.team_id.sudo().member_ids.sudo(False)
            wizard.receiver_ids = (members & wizard.people_ids) or wizard.receiver_ids

    @api.depends(
        "giver_ids",
        "partner_ids",
        "level_ids",
        "receiver_ids",
        "leads",
        "quotations",
        "meetings",
        "leaves_meetings",
        *FILTERS,
    )
    def _compute_preview(self):
        for wizard in self:
            counts, shares, shown, chosen = {}, {}, [], 0
            orders = invoices = diary = 0
            if wizard._is_chosen() and wizard.receiver_ids and wizard._is_allowed():
                choice = wizard._choice()
                self.env.flush_all()
                for kind, user_id, count in self.env.execute_query(query.counted(choice)):
                    counts[kind] = counts.get(kind, 0) + count
                    if kind == "customer":
                        shares[user_id] = count
                [(shown, chosen)] = self.env.execute_query(query.customers(choice, SHOWN))
                [(orders, invoices, diary)] = self.env.execute_query(query.opened(choice))
            wizard.customer_ids = shown
            wizard.customer_count = counts.get("customer", 0)
            wizard.unmoved_count = chosen - wizard.customer_count
            wizard.lead_count = counts.get("lead", 0)
            wizard.quotation_count = counts.get("quotation", 0)
            wizard.activity_count = counts.get("activity", 0)
            wizard.meeting_count = counts.get("meeting", 0)
            wizard.order_count = orders
            wizard.invoice_count = invoices
            wizard.interaction_count = diary
            wizard.share_text = " · ".join(
                f"{user.name}: {shares.get(user._origin.id, 0)}" for user in wizard.receiver_ids
            )

    def _is_chosen(self):
        """Whether anything says which customers; nothing would mean everybody's."""
        return any(self[name] for name in ("giver_ids", "partner_ids", "level_ids", *FILTERS))

    def _is_allowed(self):
        """Whether the current user may hand over among these people: others are not even counted."""
        people = self.env["incom.handover"]._people_ids()
        chosen = self.giver_ids | self.receiver_ids
        # asked anew: a form may send whatever it likes for what is worked out
        return people is None or set(chosen._origin.ids) <= set(people)

    def _is_whole(self):
        """Whether all that the givers have is handed over, not a territory or a selection."""
        return not any(self[name] for name in ("partner_ids", "level_ids", *FILTERS))

    def _customer_domain(self):
        """The customers chosen, of those whom the current user may hand over."""
        domain = Domain.AND(
            Domain(path, "in", self[name].ids) for name, path in FILTERS.items() if self[name]
        )
        if self.giver_ids:
            domain &= Domain("user_id", "in", self.giver_ids.ids)
        if self.partner_ids:
            domain &= Domain("id", "in", self.partner_ids.commercial_partner_id.ids)
        if self.level_ids:
            domain &= Domain(
                "customer_profile_id", "any", [("approach_level_id", "in", self.level_ids.ids)]
            )
        people = self.env["incom.handover"]._people_ids()
        if people is not None:
            domain &= Domain("user_id", "in", [*people, False])
        return domain

    def _choice(self):
        return query.Choice(
            customers=self.env["res.partner"]._search(self._customer_domain()).subselect(),
            giver_ids=self.giver_ids.ids,
            receiver_ids=self.receiver_ids.ids,
            now=fields.Datetime.now(),
            leads=self.leads,
            quotations=self.quotations,
            meetings=self.meetings,
            loose_leads=self._is_whole(),
            remains_guest=not self.leaves_meetings,
        )

    def _criteria_text(self):
        """The choice in words, for the log."""
        words = []
        for name in ("region_ids", "state_ids", "industry_ids", "level_ids", "category_ids"):
            if self[name]:
                title = self._fields[name]._description_string(self.env)
                words.append(f"{title}: {', '.join(self[name].mapped('display_name'))}")
        if self.partner_ids:
            count = len(self.partner_ids)
            words.append(self.env._("%(count)s customers picked from the list", count=count))
        return " · ".join(words)

    def action_apply(self):
        """Hand over, and show the handover.

        :raise AccessError: when the current user is not the superior of all concerned
        :raise UserError: when something is missing, or nothing would change hands
        """
        self.ensure_one()
        if not self._is_chosen():
            raise UserError(self.env._("Say whose customers, or which ones, are handed over."))
        if not self.receiver_ids:
            raise UserError(self.env._("Say who gets the customers."))
        if not (self.reason or "").strip():
            raise UserError(self.env._("Give a reason: it stands in the log of the handover."))
        handover = self.env["incom.handover"]._start(
            self._choice(),
            self.reason.strip(),
            self._criteria_text(),
            archives_givers=self.archives_givers and bool(self.giver_ids),
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": handover._name,
            "res_id": handover.id,
            "views": [(False, "form")],
        }

    def action_archive_anyway(self):
        """Archive the givers; their customers stay with them, seen by their superiors."""
        self.ensure_one()
        self.giver_ids.with_context(incom_handover_decided=True).action_archive()
        return {"type": "ir.actions.act_window_close"}
