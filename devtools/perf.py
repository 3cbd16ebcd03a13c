"""Databases for measurements.

Usable from the benchmarks and from an Odoo shell alike: everything is read from the
environment that ``./dev bench`` gives.
"""

from .context import prefix, prepare
from .database import Databases
from .locking import locked


def fresh_database(suffix, installed=True):
    """Make ``<prefix>_perf_<suffix>`` anew and return its name.

    With the addon (installed once and cloned from then on), or with Odoo's modules
    only, for measuring what the addon adds.
    """
    databases = Databases(prepare())
    name = f"{prefix()}_perf_{suffix}"
    databases.clone(base(databases) if installed else databases.template(), name)
    return name


def base(databases):
    """A database with the addon as it is now and nothing in it."""
    name = f"{prefix()}_perf_base"
    with locked(f"database-{name}"):
        if databases.key(name) != databases.content_key(demo=False):
            databases.fresh(name)
    return name


def drop_database(suffix):
    """Remove a database made by :func:`fresh_database`."""
    Databases(prepare()).drop(f"{prefix()}_perf_{suffix}")
