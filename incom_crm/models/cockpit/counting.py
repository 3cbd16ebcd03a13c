"""All numbers of a page: one statement per model, grouped by person and level."""

from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .table import ALL, CUSTOMER, SOURCES, TILES


class Found(NamedTuple):
    """How many records, and what they add up to in company currency."""

    count: int = 0
    amount: float = 0

    def plus(self, other):
        return Found(self.count + other.count, self.amount + other.amount)


class Counts:
    """What was counted, by tile, person and approach level; ``before``: in the period before."""

    def __init__(self):
        self._found = defaultdict(dict)

    def add(self, key, before, person_id, level_id, found):
        self._found[key, before][person_id, level_id] = found

    def add_rest(self, key, counted):
        """Count the customers that another tile leaves out."""
        for before in (False, True):
            of_tile = self._found[counted, before]
            for group, found in self._found[ALL, False].items():
                self._found[key, before][group] = Found(found.count - of_tile[group].count)

    def total(self, key, before=False):
        return self.by(key, lambda person_id, level_id: None, before).get(None, Found())

    def by(self, key, group_of, before=False):
        """The sums by a group of one's own: ``{group: Found}``.

        :param group_of: function of a person's and a level's id
        """
        sums = {}
        for (person_id, level_id), found in self._found[key, before].items():
            group = group_of(person_id, level_id)
            sums[group] = sums.get(group, Found()).plus(found)
        return sums

    def people(self):
        """Ids of those for whom anything was counted; False for nobody."""
        return {person_id for found in self._found.values() for person_id, level_id in found}


class Cockpit(models.AbstractModel):
    _inherit = "incom.cockpit"

    def _counts(self, scope):
        """Count all tiles of the role, of this period and, where it matters, of the one before."""
        counts = Counts()
        keys = {*self._tile_keys(scope.role), ALL}
        for name, source in SOURCES.items():
            tiles = [key for key in TILES if key in keys and TILES[key].source == name]
            if tiles:
                self._count_in(counts, source, tiles, scope)
        return counts

    def _count_in(self, counts, source, tiles, scope):
        """Count the tiles of one model, in one statement."""
        model = self.env[source.model]
        wanted = [
            (key, before)
            for key in tiles
            if not TILES[key].rest_of
            for before in ((False, True) if TILES[key].by_period else (False,))
        ]
        domains = [
            Domain(TILES[key].domain(self.env, scope.before() if before else scope))
            for key, before in wanted
        ]
        base = Domain(self._scope_domain(source, scope)) & Domain.OR(domains)
        if source is SOURCES[CUSTOMER]:
            base &= self._readable_customers()
        query = model._search(base)
        columns = [self._count_of(model, query, domain) for domain in domains]
        columns += [
            self._sum_of(model, query, domain, TILES[key].amount)
            for (key, before), domain in zip(wanted, domains, strict=True)
        ]
        groups = self._groups(model, query, source)
        query.groupby = SQL(", ").join(groups)
        for person_id, level_id, *values in self.env.execute_query(query.select(*groups, *columns)):
            found = map(Found, values[: len(wanted)], values[len(wanted) :])
            for (key, before), one in zip(wanted, found, strict=True):
                counts.add(key, before, person_id or False, level_id, one)
        for key in tiles:
            if TILES[key].rest_of:
                counts.add_rest(key, TILES[key].rest_of)

    def _groups(self, model, query, source):
        """The person a record counts for, and the level of a customer."""
        owners = [model._field_to_sql(query.table, owner, query) for owner in source.owners]
        level = SQL("NULL::int")
        if source is SOURCES[CUSTOMER]:
            level = model._field_to_sql(query.table, "approach_level_id", query)
        return [SQL("coalesce(%s)", SQL(", ").join(owners)), level]

    def _count_of(self, model, query, domain):
        return SQL("count(*) FILTER (WHERE %s)", self._condition(model, query, domain))

    def _sum_of(self, model, query, domain, amount):
        if not amount:
            return SQL("0")
        return SQL(
            "coalesce(sum(%s) FILTER (WHERE %s), 0)",
            model._field_to_sql(query.table, amount, query),
            self._condition(model, query, domain),
        )

    def _condition(self, model, query, domain):
        """A domain as a condition in a query on its model; the lists behind the numbers prove it."""
        return domain.optimize_full(model)._to_sql(model, query.table, query)
