"""What the grid tells of each person himself: whether he works every day, how far his target is."""

from odoo import models
from odoo.tools import LazyTranslate

from .words import in_words

_lt = LazyTranslate(__name__)

DAYS = _lt("Days worked")
TARGET = _lt("Target")


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _grid(self, scope, counts):
        grid = super()._grid(scope, counts)
        people = {row["user"]["id"]: row["cells"] for row in grid["rows"] if row["user"]["id"]}
        days = self._day_cells(scope, list(people))
        targets = self._target_cells(scope, list(people))
        for user_id, cells in people.items():
            cells |= days[user_id] | targets[user_id]
        grid["columns"].insert(
            0, {"key": "days", "label": in_words(self.env, DAYS), "kind": "dots"}
        )
        if any(targets.values()):
            column = {"key": "target", "label": in_words(self.env, TARGET), "kind": "share"}
            grid["columns"].insert(1, column)
        return grid

    def _day_cells(self, scope, user_ids):
        """A dot for each of the last working days: ``{user id: {column: cell}}``."""
        days = self.env["incom.day.report"]._days_done(user_ids, scope.today)
        return {
            user_id: {"days": {"value": sum(done), "dots": done, "tone": ""}}
            for user_id, done in days.items()
        }

    def _target_cells(self, scope, user_ids):
        """The share reached of this month's first target; the list behind it has all: as above."""
        month = scope.today.replace(day=1)
        attained = self.env["incom.target"]._attainment(user_ids, month)
        return {
            user_id: {"target": self._target_cell(user_id, month, targets)} if targets else {}
            for user_id, targets in attained.items()
        }

    def _target_cell(self, user_id, month, targets):
        return {
            "value": targets[0]["share"],
            "count": len(targets),
            "amount": None,
            "tone": "",
            "name": targets[0]["label"],
            "res_model": "incom.target",
            "domain": [
                ("user_id", "=", user_id),
                ("month", "=", month.isoformat()),
                ("company_id", "=", self.env.company.id),
            ],
            "views": [[False, "list"], [False, "form"]],
        }
