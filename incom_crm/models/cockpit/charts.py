"""Where a person would rather look than read: how much care everybody and every level gets."""

from odoo import models
from odoo.tools import LazyTranslate

from .counting import Found
from .table import ALL, CUSTOMER, SOURCES, TILES
from .words import in_words

_lt = LazyTranslate(__name__)

BY_PERSON = _lt("Care by person")
BY_LEVEL = _lt("Care by level")
TONES = {"cared": "success", "not_cared": "muted"}


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _charts(self, scope, counts):
        """Care coverage as bars of two parts; each bar opens its customers."""
        return [self._chart_by_person(scope, counts), self._chart_by_level(scope, counts)]

    def _chart_by_person(self, scope, counts):
        rows = self._grid_rows(scope, counts)
        bars = [(row.user_id, row.name, scope.of(row.whose), []) for row in rows]
        found = {key: self._by_row(rows, counts, key) for key in TONES}
        return self._chart("care_by_person", BY_PERSON, bars, found)

    def _chart_by_level(self, scope, counts):
        levels = self.env["incom.approach.level"].search([])
        bars = [
            (level.id, level.name, scope, [("approach_level_id", "=", level.id)])
            for level in levels
        ]
        found = {key: counts.by(key, lambda person_id, level_id: level_id) for key in TONES}
        return self._chart("care_by_level", BY_LEVEL, bars, found)

    def _chart(self, key, title, bars, found):
        """A chart of bars.

        :param bars: of each bar the group it shows, its label, and scope and condition of its customers
        :param found: ``{tile: {group: Found}}``
        """
        source = SOURCES[CUSTOMER]
        return {
            "key": key,
            "title": in_words(self.env, title),
            "kind": "bar",
            "labels": [label for __, label, __, __ in bars],
            "series": [
                {
                    "label": in_words(self.env, TILES[tile].label),
                    "values": [found[tile].get(group, Found()).count for group, *__ in bars],
                    "tone": tone,
                }
                for tile, tone in TONES.items()
            ],
            "domains": [
                self._cell(ALL, scope, Found(), condition)["domain"]
                for __, __, scope, condition in bars
            ],
            "res_model": source.opened,
        }
