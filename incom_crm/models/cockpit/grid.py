"""One row per person directly below, with everybody below that person."""

from typing import NamedTuple

from odoo import models
from odoo.tools import LazyTranslate

from .counting import ALL, Found
from .scope import Whose
from .tiles import TILES

_lt = LazyTranslate(__name__)

NOBODY = _lt("Without a salesperson")


class Column(NamedTuple):
    """A column of the grid.

    :param label: where the tile's own is too long for a column
    :param tile: the number in it; ``kind`` tells how it is shown
    """

    label: object
    kind: str
    tile: str


COLUMNS = {
    "cared": Column(_lt("Cared for"), "share", "cared"),
    "needs_care": Column(_lt("Needs care"), "count", "needs_care"),
    "missed": Column(_lt("Missed"), "count", "missed"),
    "neglected": Column(_lt("Neglected"), "count", "neglected"),
    "due": Column(_lt("About to repeat"), "count", "due"),
    "late": Column(_lt("Late"), "count", "late"),
    "stopped": Column(_lt("Stopped"), "count", "stopped"),
    "open_opportunities": Column(_lt("Opportunities"), "amount", "open_opportunities"),
    "unsigned": Column(_lt("Unsigned"), "amount", "unsigned"),
    "overdue": Column(_lt("Overdue"), "amount", "overdue"),
}


class Row(NamedTuple):
    """A row of the grid: a person with all his, or what is nobody's."""

    user_id: int
    name: str
    whose: Whose


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _grid(self, scope, counts):
        rows = self._grid_rows(scope, counts)
        tiles = {ALL, *(column.tile for column in COLUMNS.values())}
        found = {tile: self._by_row(rows, counts, tile) for tile in tiles}
        total = {tile: counts.total(tile) for tile in tiles}
        return {
            "columns": [
                {"key": key, "label": self.env._(column.label), "kind": column.kind}
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
        below = list(people.directly_below(own))
        if scope.whose.user_ids is None:
            below += [top for top in people.tops() if top != own]
        rows = [Row(own, people[own].name, Whose((own,)))] if own in counted else []
        for user_id in below:
            team = people.team(user_id)
            if people[user_id].active or not counted.isdisjoint(team):
                rows.append(Row(user_id, people[user_id].name, Whose(tuple(team))))
        known = {user_id for row in rows for user_id in row.whose.user_ids}
        if scope.whose.user_ids is None and counted - known:
            others = Whose(tuple(sorted(known)), others=True)
            rows.append(Row(False, self.env._(NOBODY), others))
        return rows

    def _grid_cells(self, scope, found, of=""):
        """The cells of a row.

        :param found: ``{tile: Found}`` of the row's people
        """
        return {
            key: {
                **self._cell(column.tile, scope, found[column.tile], of=of),
                "value": self._grid_value(column, found),
                "tone": TILES[column.tile].tone if found[column.tile].count else "",
            }
            for key, column in COLUMNS.items()
        }

    def _grid_value(self, column, found):
        """What a cell shows: a number, an amount, or a share of all customers (None without any)."""
        one = found[column.tile]
        if column.kind == "amount":
            return one.amount
        if column.kind == "share":
            return one.count / found[ALL].count if found[ALL].count else None
        return one.count
