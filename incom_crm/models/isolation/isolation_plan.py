from contextlib import contextmanager
from typing import NamedTuple
from uuid import uuid4

from odoo import api, models
from odoo.fields import Domain

from ...engine import visibility

_PLAN = "incom_crm.isolation_plan"


class Plan(NamedTuple):
    """A tree, back-office members and owners that are only thought of.

    :param superiors: ``{id of a user: id of the superior}``, the whole tree
    :param back_office: ids of the users who read what the back office reads
    :param owned: ``{model: {id of a user: ids}}`` of records he would own, which nobody owns now
    :param stamp: belongs to this plan alone, so that what is worked out under it is never used again
    """

    superiors: dict
    back_office: frozenset
    owned: dict
    stamp: str


class Isolation(models.AbstractModel):
    """What would be seen if isolation were on: the rules themselves tell, and nothing is written.

    The plan lives on the cursor: no other request sees it, nobody waits for a row, and there is
    nothing to roll back in the caches that requests share.
    """

    _inherit = "incom.isolation"

    @contextmanager
    def _planned(self, superiors, back_office, owned):
        """Within this block isolation is on, with this tree, back office and these owners: see ``Plan``."""
        cache = self.env.cr.cache
        cache[_PLAN] = Plan(superiors, frozenset(back_office), owned, uuid4().hex)
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

    def _partner_parts(self, viewer, mode):
        parts = super()._partner_parts(viewer, mode)
        return self._with_planned(parts, viewer, "res.partner", "id")

    def _profile_parts(self, viewer):
        return self._with_planned(
            super()._profile_parts(viewer), viewer, "res.partner", "partner_id"
        )

    def _document_parts(self, viewer, mode, model, user_field="user_id"):
        parts = super()._document_parts(viewer, mode, model, user_field)
        return self._with_planned(parts, viewer, model, "id")

    def _with_planned(self, parts, viewer, model, field):
        """What opens a record, with the owners of the plan."""
        plan = self._plan()
        if not plan or not (owned := plan.owned.get(model)):
            return parts
        opened = [number for user_id in viewer.user_ids for number in owned.get(user_id, ())]
        parts = {**parts, "planned": Domain(field, "in", opened)}
        if "unowned" in parts:
            parts["unowned"] &= Domain(field, "not in", [i for ids in owned.values() for i in ids])
        return parts
