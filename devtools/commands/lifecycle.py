"""Set up, stop and clean."""

import os
import shutil
import sys

from .. import server
from ..console import say
from ..context import prefix, prepare
from ..database import Databases
from ..paths import state_dir
from ..postgres import Cluster, uses_existing_server


def setup(_arguments):
    """Fetch and set up everything that the other commands need."""
    prepare("chromium", "wkhtmltopdf")
    say("everything is set up")


def stop(_arguments):
    """Stop the servers and the private PostgreSQL."""
    for database in server.recorded_databases():
        if server.stop(database):
            say(f"server of {database} stopped")
    if not uses_existing_server() and Cluster().stop():
        say("PostgreSQL stopped")


def clean(arguments):
    """Remove the databases and everything under .dev."""
    folder = state_dir()
    if uses_existing_server():
        drop_databases()
    stop(arguments)
    sys.dont_write_bytecode = True
    for path in [*Cluster().outside_folders(), *folder.iterdir()]:
        say(f"removing {path}")
        shutil.rmtree(path) if path.is_dir() else os.unlink(path)


def drop_databases():
    """On somebody's own server, only what carries our names goes."""
    databases = Databases(prepare())
    for name in databases.names():
        if name.startswith((f"{prefix()}_", "incom_tpl_")):
            say(f"dropping database {name}")
            databases.drop(name)
