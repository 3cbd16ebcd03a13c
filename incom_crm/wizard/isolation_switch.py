from odoo import Command, api, fields, models

from ..models.isolation.isolation import BACK_OFFICE

STEPS = [
    ("tree", "Superiors"),
    ("roles", "Other roles"),
    ("owners", "Customers without salesperson"),
    ("preview", "Now and then"),
]


class IsolationSwitch(models.TransientModel):
    """Step by step to isolation where customers exist: who is above whom, who reads more, what changes."""

    _name = "incom.isolation.switch"
    _description = "Who Sees What"

    step = fields.Selection(STEPS, required=True, default="tree", readonly=True)
    is_on = fields.Boolean(compute="_compute_is_on")
    person_ids = fields.One2many("incom.isolation.switch.person", "wizard_id", "People")
    tree_ids = fields.One2many(
        "incom.isolation.switch.person", "wizard_id", "Salespeople", domain=[("sells", "=", True)]
    )
    role_ids = fields.One2many(
        "incom.isolation.switch.person",
        "wizard_id",
        "With Another Role",
        domain=[("other_roles", "!=", False)],
    )
    all_documents_ids = fields.One2many(
        "incom.isolation.switch.person",
        "wizard_id",
        "With All Documents",
        domain=[("all_documents", "=", True)],
    )
    owner_ids = fields.One2many("incom.isolation.switch.owner", "wizard_id", "Proposed")
    unowned_count = fields.Integer("Without salesperson", readonly=True)
    given_count = fields.Integer("Given to a salesperson", compute="_compute_given_count")

    def _compute_is_on(self):
        self.is_on = self.env["incom.isolation"]._is_on()

    @api.depends("owner_ids.assign", "owner_ids.customer_count")
    def _compute_given_count(self):
        for wizard in self:
            wizard.given_count = sum(wizard._chosen_owners().mapped("customer_count"))

    def _chosen_owners(self):
        return self.owner_ids.filtered("assign")

    # -- opening ----------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.users"]._check_may_switch_isolation()
        return super().create(vals_list)

    @api.model
    def action_open(self):
        """Make the wizard with what is proposed, and show it."""
        wizard = self.create([{}])
        wizard._propose()
        return wizard._show()

    def _propose(self):
        # sudo: teams and users of the whole company, whichever of them the administrator may read
        proposal = self.env["incom.isolation.proposal"].sudo()
        person = self.env["incom.isolation.switch.person"]
        users = self.env["res.users"].sudo().search([("share", "=", False)], order="name, id")
        tree = proposal._proposed_tree(users)
        self.write(
            {
                "person_ids": [
                    Command.create(person._prepare_vals(user, *tree[user])) for user in users
                ],
            }
        )

    def _propose_owners(self):
        # sudo: customers nobody owns, numbers and a few names
        proposal = self.env["incom.isolation.proposal"].sudo()
        unowned = [("customer_profile_id", "!=", False), ("owner_id", "=", False)]
        self.write(
            {
                "unowned_count": self.env["res.partner"].sudo().search_count(unowned),
                "owner_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "user_id": user_id,
                                "customer_count": count,
                                "sample": ", ".join(names),
                            }
                        )
                        for user_id, count, names in proposal._proposed_owner_counts()
                    ),
                ],
            }
        )

    # -- the steps --------------------------------------------------------------------------------

    def action_next(self):
        self._check_may_decide()
        getattr(self, f"_leave_{self.step}")()
        return self._go(1)

    def action_back(self):
        self._check_may_decide()
        return self._go(-1)

    def _go(self, distance):
        names = [name for name, _label in STEPS]
        self.step = names[names.index(self.step) + distance]
        return self._show()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Sees What"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _leave_tree(self):
        """Refuse a loop where it was drawn, by the constraint that would refuse it in the end."""
        with self.env.cr.savepoint() as savepoint:
            self._write_managers()
            self.env.flush_all()
            savepoint.rollback()

    def _leave_roles(self):
        self._propose_owners()

    def _leave_owners(self):
        self._preview()

    def _preview(self):
        """Count what everybody sees now, and what it would be."""
        self.env["incom.customer.profile"].flush_model()
        self.person_ids._count("now")
        # sudo: the whole tree, archived people included
        users = self.env["res.users"].sudo().with_context(active_test=False)
        superiors = {user.id: user.crm_manager_id.id for user in users.search([])}
        superiors |= {person.user_id.id: person.manager_id.id for person in self.person_ids}
        # sudo: customers nobody owns
        proposal = self.env["incom.isolation.proposal"].sudo()
        with self.env["incom.isolation"]._planned(
            {user_id: superior for user_id, superior in superiors.items() if superior},
            self.person_ids.filtered("back_office").user_id.ids,
            proposal._proposed_records(self._chosen_owners().user_id.ids),
        ):
            self.person_ids._count("then")

    # -- the decision -----------------------------------------------------------------------------

    def action_switch_on(self):
        """Write down what was decided and switch on; again it only writes what has changed since."""
        self._check_may_decide()
        managers, members = self._write_managers(), self._write_back_office()
        note = self.env._(
            "%(managers)s superiors changed, %(members)s back-office roles changed,"
            " %(customers)s customers given to a salesperson",
            managers=managers,
            members=members,
            customers=self.given_count,
        )
        self.env["incom.isolation"]._switch(True, note)
        # sudo: see _assign_batch
        proposal = self.env["incom.isolation.proposal"].sudo()
        proposal._assign_owners(self._chosen_owners().user_id.ids)
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_switch_off(self):
        self._check_may_decide()
        self.env["incom.isolation"]._switch(False)
        return {"type": "ir.actions.client", "tag": "reload"}

    def _check_may_decide(self):
        self.ensure_one()
        self.env["res.users"]._check_may_switch_isolation()

    def _write_managers(self):
        """:return: the number of people whose superior changes"""
        changed = self.person_ids.filtered(
            lambda person: person.user_id.crm_manager_id != person.manager_id
        )
        by_manager = changed.grouped("manager_id")
        # at first out of each other's way: two who change places would be a loop halfway
        changed.user_id.crm_manager_id = False
        for manager, people in by_manager.items():
            people.user_id.crm_manager_id = manager
        return len(changed)

    def _write_back_office(self):
        """:return: the number of people who get the role or lose it"""
        group = self.env.ref(BACK_OFFICE)
        changed = self.person_ids.filtered(
            lambda person: person.back_office != (group in person.user_id.all_group_ids)
        )
        for ticked, people in changed.grouped("back_office").items():
            command = Command.link(group.id) if ticked else Command.unlink(group.id)
            people.user_id.group_ids = [command]
        return len(changed)
