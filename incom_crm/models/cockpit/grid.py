"""One row per person directly below, with everybody below that person."""

from typing import NamedTuple

from odoo import models
from odoo.tools import LazyTranslate
from odoo.tools.translate import LazyGettext

from .counting import Found
from .scope import SALESPERSON, Whose
from .table import ALL, TILES
from .words import in_words

_lt = LazyTranslate(__name__)

NOBODY = _lt("Without a salesperson")
BAND_TONES = {"green": "success", "yellow": "warning", "red": "danger", "few": "muted"}


class Column(NamedTuple):
    """A column of the grid.

    :param kind: how it is shown: ``count``, ``share`` (of another tile), ``amount``, ``band`` (of the ratio
        of meetings), ``flag``
    :param tile: the number behind it
    :param of: the tile whose part it is
    """

    label: LazyGettext
    kind: str
    tile: str
    of: str | None = None


COLUMNS = {
    "cared": Column(_lt("Cared for"), "share", "cared", of=ALL),
    "needs_care": Column(_lt("Needs care"), "count", "needs_care"),
    "missed": Column(_lt("Missed"), "count", "missed"),
    "neglected": Column(_lt("Neglected"), "count", "neglected"),
    "due": Column(_lt("About to repeat"), "count", "due"),
    "late": Column(_lt("Late"), "count", "late"),
    "stopped": Column(_lt("Stopped"), "count", "stopped"),
    "open_opportunities": Column(_lt("Opportunities"), "amount", "open_opportunities"),
    "unsigned": Column(_lt("Unsigned"), "amount", "unsigned"),
    "overdue": Column(_lt("Overdue"), "amount", "overdue"),
    "ratio": Column(
        _lt("Opportunity meetings"), "band", "meetings_opportunity", of="meetings_held"
    ),
    "help": Column(_lt("Help"), "flag", "help"),
}


class Row(NamedTuple):
    """A row of the grid: a person with all his, or what is nobody's."""

    user_id: int
    name: str
    whose: Whose


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _tile_keys(self, role):
        """The grid shows numbers that are no tiles of the page as well."""
        keys = super()._tile_keys(role)
        if role == SALESPERSON:
            return keys
        columns = COLUMNS.values()
        return [*keys, *(key for column in columns for key in (column.tile, column.of) if key)]

    def _grid(self, scope, counts):
        rows = self._grid_rows(scope, counts)
        tiles = {tile for column in COLUMNS.values() for tile in (column.tile, column.of) if tile}
        found = {tile: self._by_row(rows, counts, tile) for tile in tiles}
        total = {tile: counts.total(tile) for tile in tiles}
        return {
            "columns": [
                {"key": key, "label": in_words(self.env, column.label), "kind": column.kind}
                for key, column in COLUMNS.items()
            ],
            "rows": [
                {
                    "user": {"id": row.user_id, "name": row.name},
                    "cells": self._grid_cells(
                        scope.of(row.whose),
                        {tile: found[tile].get(row.user_id, Found()) for tile in tiles},
                        of=row.name,
                    ),
                }
                for row in rows
            ],
            "total": self._grid_cells(scope, total),
        }

    def _by_row(self, rows, counts, tile):
        """What was counted for each row: ``{id of the row's person: Found}``."""
        row_of = {
            user_id: row.user_id
            for row in rows
            if not row.whose.others
            for user_id in row.whose.user_ids
        }
        return counts.by(tile, lambda person_id, level_id: row_of.get(person_id, False))

    def _grid_rows(self, scope, counts):
        """The person himself where anything is his own, who is directly below, and the rest of a company."""
        people, own = scope.people, scope.user_id
        counted = counts.people()
        rows = [Row(own, people[own].name, Whose((own,)))] if own in counted else []
        for user_id in self._row_people(scope):
            team = people.team(user_id)
            is_expected = people[user_id].active and people[user_id].manager_id == own
            if is_expected or not counted.isdisjoint(team):
                rows.append(Row(user_id, people[user_id].name, Whose(tuple(team))))
        known = {user_id for row in rows for user_id in row.whose.user_ids}
        if scope.whose.user_ids is None:
            # who stands above the viewer has him and all his below: a row for himself alone
            above = [user_id for user_id in people if user_id in counted - known]
            rows += [Row(user_id, people[user_id].name, Whose((user_id,))) for user_id in above]
            known.update(above)
        if scope.whose.user_ids is None and counted - known:
            others = Whose(tuple(sorted(known)), others=True)
            rows.append(Row(False, in_words(self.env, NOBODY), others))
        return rows

    def _row_people(self, scope):
        """Ids of who is directly below; of a whole company also who is below nobody."""
        own = scope.user_id
        below = list(scope.people.directly_below(own))
        if scope.whose.user_ids is None:
            below += [top for top in scope.people.tops() if own not in scope.people.team(top)]
        return below

    def _grid_cells(self, scope, found, of=""):
        """The cells of a row.

        :param found: ``{tile: Found}`` of the row's people
        """
        return {
            key: {
                **self._cell(column.tile, scope, found[column.tile], of=of),
                "tone": TILES[column.tile].tone if found[column.tile].count else "",
                **self._grid_value(column, found),
            }
            for key, column in COLUMNS.items()
        }

    def _grid_value(self, column, found):
        """What a cell shows: a number, an amount, whether there is any, or a share (None of nothing)."""
        one = found[column.tile]
        if column.kind == "amount":
            return {"value": one.amount}
        if column.kind == "flag":
            return {"value": bool(one.count)}
        if not column.of:
            return {"value": one.count}
        whole = found[column.of].count
        if column.kind == "band":
            ratio = self.env["calendar.event"]._ratio(whole, one.count, 0)
            return {"value": ratio["ratio"], "tone": BAND_TONES[ratio["band"]]}
        return {"value": one.count / whole if whole else None}
