from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ...engine import visibility
from ..isolation.isolation import BACK_OFFICE
from .isolation import PARTS


class Isolation(models.AbstractModel):
    """Why somebody sees a record: the same parts as in the rules, in words."""

    _inherit = "incom.isolation"

    @api.model
    @api.readonly
    def why_visible(self, res_model, res_id):
        """What the form tells about who sees a record.

        :return: ``{reason, may_share, shares}``
        :raise AccessError: for a record the user cannot read, and for models without an explanation
        """
        if not self.env.user._is_internal() or res_model not in PARTS:
            raise AccessError(self.env._("There is nothing to tell about this."))
        record = self.env[res_model].browse(res_id)
        record.check_access("read")
        shares = self.env["incom.customer.share"]
        return {
            "reason": self._reasons(record)[0],
            "may_share": shares.has_access("create")
            and self._may_pass_on(record)
            and self._may_share_with_peers(),
            "shares": shares._told(record),
        }

    @api.model
    def _reasons(self, record):
        """Why the current user reads a record, the weightiest first; none where he does not."""
        user = self.env.user
        if not record.has_access("read"):
            return []
        if not self._is_on():
            return [self.env._("Everybody sees all customers: isolation is switched off.")]
        if self._sees_all(user):
            return [self._why_everything(user)]
        how = self._isolated_models()[record._name]
        if self._is_exempt(user, how, visibility.READ):
            return [self._why_role(user, how)]
        viewer = self._viewer(user, visibility.READ)
        return [self._why(reason, record, viewer) for reason in self._holding(record, viewer)]

    @api.model
    def _holding(self, record, viewer):
        """Names of the parts of the rule that open a record to a viewer."""
        parts = self._parts(record._name, viewer, visibility.READ)
        return [reason for reason, domain in parts.items() if self._fits(record, domain)]

    def _why_everything(self, user):
        if user.has_group("base.group_system"):
            return self.env._("You see everything: you are an administrator.")
        return self.env._("You see everything: you are a director.")

    def _why_role(self, user, how):
        groups = [BACK_OFFICE] if how.back_office else []
        held = (group for group in (*groups, *how.roles) if user.has_group(group))
        # sudo: the name of a role the person has
        role = self.env.ref(next(held)).sudo()
        return self.env._("Your role shows it: %(role)s.", role=role.full_name)

    def _why(self, reason, record, viewer):
        """One part of the rule as a sentence."""
        # sudo: names of colleagues, for a record the person reads
        record = record.sudo()
        if reason == "shared":
            return self._why_shared(record, viewer)
        if reason in ("owner", "customer"):
            owner = record.owner_id if reason == "owner" else record.customer_owner_id
            return self._why_person(reason, owner)
        if reason == "salesperson":
            named = getattr(record, "_salesperson_field", "user_id")
            return self._why_person(reason, record[named])
        return {
            "unowned": self.env._(
                "Nobody looks after it yet, and you see what has no salesperson."
            ),
            "team": self.env._("It has no salesperson yet, and you lead its team."),
            "entered": self.env._("You entered it yourself."),
            "supplier": self.env._("It is a supplier, and you work in purchasing."),
            "colleague": self.env._("It is a colleague."),
            "employee": self.env._("It is an employee."),
            "company": self.env._("It belongs to your own company."),
            "not_sold": self.env._("It is no sales document: your role in accounting shows it."),
        }[reason]

    def _why_person(self, reason, owner):
        """By whose customer or document somebody sees it: his own, one from below, or as stand-in."""
        user = self.env.user
        if owner == user:
            return {
                "owner": self.env._("Your own customer."),
                "salesperson": self.env._("Your own document."),
                "customer": self.env._("Document of your own customer."),
            }[reason]
        grant = self._grant_towards(owner)
        if not grant:
            text = {
                "owner": self.env._("Customer of %(owner)s, who works below you."),
                "salesperson": self.env._("Document of %(owner)s, who works below you."),
                "customer": self.env._("Document of a customer of %(owner)s, who works below you."),
            }[reason]
            return text % {"owner": owner.name}
        names = {"user": grant.user_id.name, "target": grant.target_id.name}
        if grant.user_id != user:
            return self.env._("%(user)s, who works below you, stands in for %(target)s.", **names)
        if not grant.date_to:
            return self.env._("You stand in for %(target)s.", **names)
        day = format_date(self.env, grant.date_to)
        return self.env._("You stand in for %(target)s until %(day)s.", day=day, **names)

    def _grant_towards(self, owner):
        """The stand-in nearest to the current user through which he sees somebody; none in the tree."""
        user = self.env.user
        # sudo: who stands in for whom today, of people the person sees
        grants = self.env["incom.visibility.grant"].sudo()
        if user in owner._crm_superiors():
            return grants
        grants = grants.search(grants._running_domain())
        by_person, reached = {owner: grants.browse()}, [owner]
        for person in reached:
            # sudo: who is above
            steps = [(person.sudo().crm_manager_id, by_person[person])]
            for grant in grants.filtered(lambda grant, person=person: grant.target_id == person):
                if grant.transitive or person == owner:
                    steps.append((grant.user_id, grant))
            for above, grant in steps:
                if above and above not in by_person:
                    by_person[above] = grant
                    reached.append(above)
        return by_person[user]

    def _why_shared(self, record, viewer):
        """The share that opens it the longest, one's own before one of somebody below."""
        share = self.env["incom.customer.share"]._opening(record, viewer)
        names = {"user": share.user_id.name, "by": share.create_uid.name, "reason": share.reason}
        if share.date_to:
            names["day"] = format_date(self.env, share.date_to)
            if share.user_id == self.env.user:
                return self.env._("Shared with you by %(by)s until %(day)s: %(reason)s", **names)
            return self.env._(
                "Shared by %(by)s with %(user)s, who works below you, until %(day)s: %(reason)s",
                **names,
            )
        return self.env._("Shared by %(by)s with %(user)s: %(reason)s", **names)
