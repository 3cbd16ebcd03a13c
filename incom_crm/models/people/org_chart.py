from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...engine.visibility import READ


class OrgChart(models.AbstractModel):
    """The tree of superiors as a screen: what it shows, and the one change it makes."""

    _name = "incom.org.chart"
    _description = "Org Chart"

    @api.model
    def get_tree(self):
        """The people the viewer may see, with whom they are below.

        :return: ``{"editable": bool, "people": [...]}``; a person's ``manager_id`` is False when
            there is none, and names somebody who is not among the people when the viewer does not
            see that superior; ``customers`` is False where the viewer may not know how many
        """
        people = self._people()
        customers = self._customer_counts(people)
        teams = self._teams(people)
        return {
            "editable": self._may_edit(),
            "people": [
                {
                    "id": user.id,
                    "name": user.name,
                    "manager_id": user.crm_manager_id.id,
                    "active": user.active,
                    "teams": teams.get(user.id, []),
                    "customers": customers.get(user.id, False),
                }
                for user in people
                if user.active or customers.get(user.id) or user.crm_subordinate_ids
            ],
        }

    @api.model
    def set_manager(self, user_id, manager_id):
        """Put a person below another, or below nobody.

        :param manager_id: id of the superior; falsy: none
        :raise AccessError: for whoever may not change the tree
        :raise ValidationError: where it would close a loop
        """
        if not self._may_edit():
            raise AccessError(
                self.env._("The tree is changed by sales administrators and user administrators.")
            )
        people = self._people()
        user = people.filtered(lambda person: person.id == user_id)
        manager = people.filtered(lambda person: person.id == manager_id and person.active)
        if not user or bool(manager_id) != bool(manager):
            raise AccessError(self.env._("Only people who work with customers are in the tree."))
        # sudo: Odoo leaves users to user administrators; of a user only the superior is written
        user.sudo().crm_manager_id = manager

    @api.model
    def open_customers(self, user_id):
        """The list behind a person's number of customers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("incom_crm.res_partner_action")
        domain = self._customers_domain([user_id])
        return {**action, "domain": list(domain), "context": {}}

    @api.model
    def _may_edit(self):
        user = self.env.user
        return user.has_group("base.group_erp_manager") or user.has_group(
            "sales_team.group_sale_manager"
        )

    @api.model
    def _people(self):
        """All who sell, lead or are below somebody; for others than administrators: those they see."""
        # sudo: names and places in the tree, of people narrowed to the viewer's below; archived
        # people keep their customers, but are hidden from him as contacts
        users = self.env["res.users"].sudo().with_context(active_test=False)
        domain = Domain("share", "=", False) & (
            Domain("all_group_ids", "in", self.env.ref("sales_team.group_sale_salesman").id)
            | Domain("crm_manager_id", "!=", False)
            | Domain("crm_subordinate_ids", "!=", False)
        )
        viewer, isolation = self.env.user, self.env["incom.isolation"]
        if not self._may_edit() and not viewer.has_group("incom_crm.group_director"):
            domain &= Domain("id", "in", isolation._user_ids(viewer))
        return users.search(domain, order="name, id")

    @api.model
    def _customers_domain(self, user_ids):
        return Domain("customer_profile_id", "!=", False) & Domain("owner_id", "in", user_ids)

    def _customer_counts(self, people):
        """``{user id: number of customers}``, counted with the viewer's own rights, of those he sees."""
        countable = set(self._countable_ids(people))
        known = people.filtered(lambda user: user.id in countable)
        groups = self.env["res.partner"]._read_group(
            self._customers_domain(known.ids), ["owner_id"], ["__count"]
        )
        return dict.fromkeys(known.ids, 0) | {owner.id: count for owner, count in groups}

    def _countable_ids(self, people):
        """Ids of the users all of whose customers the viewer sees."""
        viewer, isolation = self.env.user, self.env["incom.isolation"]
        profile = self.env["incom.customer.profile"]
        if not profile.has_access("read"):
            return ()
        how = isolation._isolated_models()[profile._name]
        if not isolation._restricts(viewer) or isolation._is_exempt(viewer, how, READ):
            return people.ids
        return isolation._user_ids(viewer)

    def _teams(self, people):
        """``{user id: names of the teams}`` he leads or belongs to."""
        # sudo: names of the teams of people the viewer sees
        teams = self.env["crm.team"].sudo().search([])
        found = {}
        for team in teams:
            for user_id in {team.user_id.id, *team.member_ids.ids}:
                found.setdefault(user_id, []).append(team.name)
        return found
