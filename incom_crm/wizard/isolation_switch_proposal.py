"""What is proposed before isolation is switched on: superiors, and owners of customers without one."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..models.isolation.isolation import SALESPERSON

ASSIGNING = "incom_crm.isolation_assigning"
# Customers given an owner per transaction.
BATCH = 500


class IsolationProposal(models.AbstractModel):
    """Reads the tree and the owners off what the company has entered already."""

    _name = "incom.isolation.proposal"
    _description = "Proposals for Who Sees What"

    # -- the tree ---------------------------------------------------------------------------------

    @api.model
    def _proposed_superiors(self):
        """Who leads whom by the sales teams; other addons add what they know.

        :return: ``{user: (superior, why)}``, for users without superior only as far as known
        """
        found = {}
        for membership in self.env["crm.team.member"].search([], order="create_date, id"):
            leader, user = membership.crm_team_id.user_id, membership.user_id
            if leader.active and leader != user and membership.crm_team_id.active:
                why = self.env._("Leads the team %(team)s", team=membership.crm_team_id.name)
                found.setdefault(user, (leader, why))
        return found

    @api.model
    def _proposed_tree(self, users):
        """The tree as it stands, completed by what is proposed as far as that closes no loop.

        :return: ``{user: (superior, why)}`` for all ``users``
        """
        superiors = {user: user.crm_manager_id for user in users}
        proposed = self._proposed_superiors()
        tree = {}
        for user in users:
            superior, why = (
                user.crm_manager_id,
                self.env._("Already so") if user.crm_manager_id else "",
            )
            if not superior and user in proposed:
                superior, why = proposed[user]
                if user in self._chain(superiors, superior):
                    superior, why = (
                        self.env["res.users"],
                        self.env._("Lead each other: please choose"),
                    )
                superiors[user] = superior
            tree[user] = (superior, why)
        return tree

    def _chain(self, superiors, user):
        """The user and all above him."""
        chain = self.env["res.users"]
        while user and user not in chain:
            chain |= user
            user = superiors.get(user, user.crm_manager_id)
        return chain

    # -- customers without owner ------------------------------------------------------------------

    @api.model
    def _proposed_owners(self):
        """``customer_id, name, user_id`` of customers without salesperson who have ordered.

        The owner to be is the salesperson of the last order, of those who sell here today.
        """
        # sudo: ids of those who sell
        sellers = self.env["res.users"].sudo().search(self._sellers_domain())
        self.env["res.partner"].flush_model()
        self.env["sale.order"].flush_model(["partner_id", "user_id", "state", "date_order"])
        return SQL(
            """SELECT DISTINCT ON (customer.id) customer.id AS customer_id, customer.name, o.user_id
                 FROM res_partner customer
                 JOIN res_partner contact ON contact.commercial_partner_id = customer.id
                 JOIN sale_order o ON o.partner_id = contact.id
                WHERE customer.user_id IS NULL
                  AND customer.id = customer.commercial_partner_id
                  AND EXISTS (SELECT FROM incom_customer_profile p WHERE p.partner_id = customer.id)
                  AND o.state = 'sale'
                  AND o.user_id = ANY(%s)
                ORDER BY customer.id, o.date_order DESC, o.id DESC""",
            sellers.ids,
        )

    @api.model
    def _sellers_domain(self):
        return Domain("share", "=", False) & Domain(
            "all_group_ids", "in", self.env.ref(SALESPERSON).id
        )

    @api.model
    def _proposed_owner_counts(self):
        """``user_id, number of customers, names of the first three``."""
        return self.env.execute_query(
            SQL(
                """SELECT user_id, count(*), (array_agg(name ORDER BY customer_id))[:3]
                     FROM (%s) AS proposed
                    GROUP BY user_id
                    ORDER BY count(*) DESC, user_id""",
                self._proposed_owners(),
            )
        )

    @api.model
    def _proposed_records(self, user_ids):
        """What would be of these users: their proposed customers' contacts, leads and orders.

        :return: ``{model: {id of a user: ids}}``
        """
        self.env["crm.lead"].flush_model(["partner_id"])
        rows = self.env.execute_query(
            SQL(
                """WITH contact AS MATERIALIZED (
                       SELECT c.id, proposed.user_id
                         FROM (%s) AS proposed
                         JOIN res_partner c ON c.commercial_partner_id = proposed.customer_id
                        WHERE proposed.user_id = ANY(%s)
                   )
                   SELECT 'res.partner', user_id, array_agg(id) FROM contact GROUP BY user_id
                   UNION ALL
                   SELECT 'crm.lead', contact.user_id, array_agg(lead.id)
                     FROM contact JOIN crm_lead lead ON lead.partner_id = contact.id
                    GROUP BY contact.user_id
                   UNION ALL
                   SELECT 'sale.order', contact.user_id, array_agg(o.id)
                     FROM contact JOIN sale_order o ON o.partner_id = contact.id
                    GROUP BY contact.user_id""",
                self._proposed_owners(),
                list(user_ids),
            )
        )
        owned = {}
        for model, user_id, ids in rows:
            owned.setdefault(model, {})[user_id] = ids
        return owned

    @api.model
    def _assign_owners(self, user_ids):
        """Give the customers proposed for these users to them: one batch now, the rest by the job.

        :return: how many are left for the job
        """
        left = self._assign_batch(user_ids)
        # sudo: what the job still has to do
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(ASSIGNING, ",".join(map(str, user_ids)) if left else False)
        if left:
            # sudo: the job is the system's
            self.env.ref("incom_crm.ir_cron_assign_owners").sudo()._trigger()
        return left

    @api.model
    def _assign_batch(self, user_ids):
        """Assign up to a batch of customers.

        :return: how many are left
        """
        if not user_ids:
            return 0
        rows = self.env.execute_query(
            SQL(
                """SELECT customer_id, user_id, count(*) OVER ()
                     FROM (%s) AS proposed
                    WHERE user_id = ANY(%s)
                    ORDER BY customer_id LIMIT %s""",
                self._proposed_owners(),
                list(user_ids),
                BATCH,
            )
        )
        of_user = {}
        for customer_id, user_id, _all in rows:
            of_user.setdefault(user_id, []).append(customer_id)
        for user_id, customer_ids in of_user.items():
            # sudo: customers nobody owns, given by whoever may decide who sees what
            self.env["res.partner"].sudo().browse(customer_ids).user_id = user_id
        return rows[0][2] - len(rows) if rows else 0

    @api.model
    def _cron_assign_owners(self):
        """What was too much for the wizard's own request; it may be killed and run again.

        Switched off in between, the rest stays as it is.
        """
        parameters = self.env["ir.config_parameter"]
        is_on = self.env["incom.isolation"]._is_on()
        assigning = is_on and parameters.get_param(ASSIGNING) or ""
        user_ids = [int(user_id) for user_id in assigning.split(",") if user_id]
        left = self._assign_batch(user_ids)
        while left and self.env["ir.cron"]._commit_progress(BATCH, remaining=left):
            left = self._assign_batch(user_ids)
        if not left:
            parameters.set_param(ASSIGNING, False)
