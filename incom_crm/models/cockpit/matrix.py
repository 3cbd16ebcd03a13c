"""Approach level by cared for, not cared for, all."""

from odoo import models

from .counting import Found
from .table import TILES
from .words import in_words

ROWS = ("cared", "not_cared", "all")


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _matrix(self, scope, counts):
        levels = self.env["incom.approach.level"].with_context(active_test=False).search([])
        return {
            "columns": [{"id": level.id, "name": level.name} for level in levels],
            "rows": [self._matrix_row(key, levels, scope, counts) for key in ROWS],
        }

    def _matrix_row(self, key, levels, scope, counts):
        by_level = counts.by(key, lambda person_id, level_id: level_id)
        cells = [
            self._cell(
                key,
                scope,
                by_level.get(level.id, Found()),
                [("approach_level_id", "=", level.id)],
                of=level.name,
            )
            for level in levels
        ]
        return {
            "key": key,
            "label": in_words(self.env, TILES[key].label),
            "cells": cells,
            "total": self._cell(key, scope, counts.total(key)),
        }
