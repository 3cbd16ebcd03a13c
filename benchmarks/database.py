"""The database of a measurement: made for it, and never anybody else's."""

import os
import re
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from devtools.perf import fresh_database


class Refused(Exception):
    """The database may hold somebody's data."""


def check_name(name):
    """A measurement writes whatever it likes, so only into a database named ``[prefix_]perf_...``.

    :raise Refused: for any other name
    """
    prefix = os.environ.get("INCOM_DB_PREFIX", "")
    if not re.match(rf"(?:{re.escape(prefix)}_)?perf_\w", name):
        raise Refused(f"{name} is not a database for measurements: its name must start with perf_.")


def database(arguments, suffix):
    """The database the user named, as it is, or a new one.

    :raise Refused: when it is no database for measurements
    """
    name = arguments.db or fresh_database(suffix)
    check_name(name)
    return name


@contextmanager
def environment(name):
    """An Odoo environment of the superuser on the database; committed at the end."""
    check_name(name)
    with Registry(name).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
