"""The numbers of a page, each with the list behind it."""

from odoo import models

from .table import SECTIONS, SOURCES, TILES
from .words import in_words


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _tile_keys(self, role):
        """What is counted for a page."""
        return self._page_tiles(role)

    def _page_tiles(self, role):
        return [key for section in SECTIONS[role].values() for key in section.tiles]

    def _tiles(self, scope, counts):
        return {key: self._tile_values(key, scope, counts) for key in self._page_tiles(scope.role)}

    def _tile_values(self, key, scope, counts):
        tile = TILES[key]
        found = counts.total(key)
        before = counts.total(key, before=True) if tile.by_period else None
        return {
            **self._cell(key, scope, found),
            "label": in_words(self.env, tile.label),
            "previous": before and before.count,
            "tone": tile.tone if found.count else "",
            "help": tile.help and in_words(self.env, tile.help),
        }

    def _tile_domain(self, key, scope):
        """The domain of a number on the model it is counted in."""
        tile = TILES[key]
        return [*self._scope_domain(SOURCES[tile.source], scope), *tile.domain(self.env, scope)]

    def _scope_domain(self, source, scope):
        """Whose and which company's records of a model a page counts."""
        whose = scope.whose.domain(source.owners)
        return [*source.company(scope.company_id), *([] if whose.is_true() else whose)]

    def _list_values(self, source, domain, name):
        """What opens the list behind a number; customers are counted by their profile."""
        if source.opened != source.model:
            domain = [("customer_profile_id", "any", domain)]
        return {
            "domain": domain,
            "res_model": source.opened,
            "name": name,
            "views": [[self.env.ref(source.view).id, "list"], [False, "form"]],
        }

    def _cell(self, key, scope, found, condition=(), of=""):
        """A number in a table: a tile for some of the people, or with one condition more.

        :param of: whose or what it is the number of, for the title of the list
        """
        tile = TILES[key]
        label = in_words(self.env, tile.label)
        domain = [*self._tile_domain(key, scope), *condition]
        name = self.env._("%(tile)s: %(of)s", tile=label, of=of) if of else label
        return {
            **self._list_values(SOURCES[tile.source], domain, name),
            "count": found.count,
            "amount": found.amount if tile.amount else None,
        }

    def _sections(self, scope, counts):
        return [
            {
                "key": key,
                "title": in_words(self.env, section.title),
                "minutes": section.minutes,
                "tiles": list(section.tiles),
            }
            for key, section in SECTIONS[scope.role].items()
        ]
