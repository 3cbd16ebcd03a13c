from contextlib import contextmanager
from typing import NamedTuple
from uuid import uuid4

from odoo import api, models

from ...engine import visibility

_PLAN = "incom_crm.isolation_plan"


class Plan(NamedTuple):
    """A tree and back-office members that are only thought of.

    :param superiors: ``{id of a user: id of the superior}``, the whole tree
    :param back_office: ids of the users who read what the back office reads
    :param stamp: belongs to this plan alone, so that what is worked out under it is never used again
    """

    superiors: dict
    back_office: frozenset
    stamp: str


class Isolation(models.AbstractModel):
    """What would be seen if isolation were on: the rules themselves tell, and nothing is written.

    The plan lives on the cursor: no other request sees it, nobody waits for a row, and there is
    nothing to roll back in the caches that requests share.
    """

    _inherit = "incom.isolation"

    @contextmanager
    def _planned(self, superiors, back_office):
        """Within this block isolation is on, with this tree and these members of the back office."""
        cache = self.env.cr.cache
        cache[_PLAN] = Plan(superiors, frozenset(back_office), uuid4().hex)
        try:
            yield
        finally:
            del cache[_PLAN]

    @api.model
    def _plan(self):
        return self.env.cr.cache.get(_PLAN)

    @api.model
    def _is_on(self):
        return bool(self._plan()) or super()._is_on()

    @api.model
    def _tree(self):
        plan = self._plan()
        return visibility.planned_tree(plan.superiors) if plan else super()._tree()

    @api.model
    def _has_people_below(self, user):
        plan = self._plan()
        return user.id in plan.superiors.values() if plan else super()._has_people_below(user)

    @api.model
    def _has_back_office(self, user):
        plan = self._plan()
        return user.id in plan.back_office if plan else super()._has_back_office(user)
