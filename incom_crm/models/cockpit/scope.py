"""Whose customers and work a page is about, and who may open it."""

from datetime import date
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...engine.calendar import company_today
from .period import Period
from .words import in_words

_lt = LazyTranslate(__name__)

SALESPERSON, LEADER, DIRECTOR = "salesperson", "leader", "director"
ROLES = {
    SALESPERSON: _lt("My Day"),
    LEADER: _lt("My Team"),
    DIRECTOR: _lt("Company"),
}


# Activity types of the addon.
KINDS = ("promise", "directive", "help")


class Whose(NamedTuple):
    """Of which people, as a condition: all but these, these, or everybody's and nobody's."""

    user_ids: tuple | None = None
    others: bool = False

    def domain(self, fields):
        """The condition on a record that names its person in the first of ``fields`` that is filled."""
        if self.user_ids is None:
            return Domain.TRUE
        operator = "not in" if self.others else "in"
        first, *further = fields
        domain = Domain(first, operator, list(self.user_ids))
        for field in further:
            empty = Domain(first, "=", False)
            domain = (~empty & domain) | (empty & Domain(field, operator, list(self.user_ids)))
        return domain

    def __contains__(self, user_id):
        return self.user_ids is None or (user_id in self.user_ids) != self.others


EVERYBODY = Whose()


class Person(NamedTuple):
    """Somebody the viewer may look at."""

    id: int
    name: str
    manager_id: int
    active: bool


class People(dict):
    """The people a viewer may look at, by id; who is below whom among them."""

    def __init__(self, people):
        super().__init__((person.id, person) for person in people)
        self._below = {}
        for person in people:
            self._below.setdefault(person.manager_id, []).append(person.id)

    def directly_below(self, user_id):
        return self._below.get(user_id, [])

    def team(self, user_id):
        """Ids of a person and everybody below, each after his superior."""
        return [person_id for person_id, depth in self.walk(user_id)]

    def walk(self, user_id, depth=0):
        """``(id, depth)`` of a person and everybody below."""
        yield user_id, depth
        for person_id in self.directly_below(user_id):
            yield from self.walk(person_id, depth + 1)

    def tops(self):
        """Ids of those whose superior is not among the people."""
        return [person.id for person in self.values() if person.manager_id not in self]


class Scope(NamedTuple):
    """What a page counts: whose, in which company, from which day to which.

    ``kinds`` are the activity types of the addon: ``{name: ids}``, none where one was deleted.
    """

    role: str
    user_id: int
    people: People
    whose: Whose
    company_id: int
    today: date
    period: Period
    kinds: dict

    def before(self):
        """The same for the period before."""
        return self._replace(period=self.period.before())

    def of(self, whose):
        """The same for some of the people."""
        return self._replace(whose=whose)


def _is_left_out(value):
    """Whether a caller left a parameter out; anything else is checked."""
    return value is None or value is False


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    @api.model
    def _scope(self, role, period, user_id):
        """What a caller asks for, checked.

        :raise UserError: for a role, period or person that is none
        :raise AccessError: for a page or person that is not the viewer's to see
        """
        people = self._people()
        role = self._default_role(people) if _is_left_out(role) else role
        self._check_role(role, people)
        user_id = self._checked_user(user_id, people)
        return Scope(
            role=role,
            user_id=user_id,
            people=people,
            whose=self._whose(role, user_id, people),
            company_id=self.env.company.id,
            today=company_today(self.env.company),
            period=self._period("month" if _is_left_out(period) else period),
            kinds=self._work_kinds(),
        )

    @api.model
    def _work_kinds(self):
        number_of = self.env["ir.model.data"]._xmlid_to_res_id
        return {
            kind: tuple(filter(None, [number_of(f"incom_crm.mail_activity_type_{kind}")]))
            for kind in KINDS
        }

    @api.model
    def _whose(self, role, user_id, people):
        """A salesperson's page is his own, a leader's his team's, the director's own the whole company's."""
        if role == SALESPERSON:
            return Whose((user_id,))
        if role == DIRECTOR and user_id == self.env.uid:
            return EVERYBODY
        return Whose(tuple(people.team(user_id)))

    @api.model
    def _people(self):
        """Whom the viewer may look at: himself, those below him and whom he stands in for."""
        viewer = self.env.user
        users = self.env["incom.org.chart"]._people()
        if not viewer.has_group("incom_crm.group_director"):
            seen = self.env["incom.isolation"]._user_ids(viewer)
            users = users.filtered(lambda user: user.id in seen)
        return People(
            [
                Person(user.id, user.name, user.crm_manager_id.id, user.active)
                for user in users | viewer
            ]
        )

    @api.model
    def _roles(self, people):
        """The pages the viewer may open."""
        viewer = self.env.user
        if not viewer.has_group("sales_team.group_sale_salesman"):
            return []
        roles = [SALESPERSON]
        if any(person.manager_id in people for person in people.values()):
            roles.append(LEADER)
        if viewer.has_group("incom_crm.group_director"):
            roles.append(DIRECTOR)
        return roles

    def _default_role(self, people):
        """The page somebody lands on who chose none: the one that sees furthest."""
        return next(reversed(self._roles(people)), SALESPERSON)

    def _role_choices(self, people):
        return [
            {"key": role, "label": in_words(self.env, ROLES[role])} for role in self._roles(people)
        ]

    @api.model
    def _check_role(self, role, people):
        if not isinstance(role, str) or role not in ROLES:
            raise UserError(self.env._("There is no such page: %(role)s.", role=role))
        if role not in self._roles(people):
            raise AccessError(
                self.env._(
                    "The page %(page)s is not open to you.", page=in_words(self.env, ROLES[role])
                )
            )

    @api.model
    def _checked_user(self, user_id, people):
        if _is_left_out(user_id):
            return self.env.uid
        if not isinstance(user_id, int) or isinstance(user_id, bool):
            raise UserError(self.env._("There is no such person: %(user)s.", user=user_id))
        if user_id not in people:
            raise AccessError(
                self.env._("You may look at yourself and at those who work below you.")
            )
        return user_id

    @api.model
    def _readable_customers(self):
        """The condition on a profile that its customer may be read.

        Rules of the two say the same, but that a customer of another company may have bought from this one.
        """
        if len(self.env["res.company"]._crm_time_zones()) == 1:
            return Domain.TRUE
        return Domain("partner_id", "in", self.env["res.partner"]._search([]))

    def _people_values(self, scope):
        """Whom the viewer may choose, himself first, each after his superior."""
        people = scope.people
        tops = sorted(people.tops(), key=lambda user_id: user_id != self.env.uid)
        if self.env.uid not in tops:
            tops.insert(0, self.env.uid)
        walked = {}
        for top in tops:
            for user_id, depth in people.walk(top):
                walked.setdefault(user_id, depth)
        return [
            {"id": user_id, "name": people[user_id].name, "depth": depth}
            for user_id, depth in walked.items()
            if people[user_id].active
        ]
