"""Plain access: Odoo's command line, its shell, and psql."""

import os
import shutil

from ..console import DevError
from ..context import prefix, prepare
from ..paths import CHECKOUT


def replace_process(command, environment):
    """Become the program, so that signals and the terminal are its own."""
    os.chdir(CHECKOUT)
    os.execvpe(str(command[0]), [str(part) for part in command], environment)


def odoo(arguments):
    """Odoo's command line with the settings of this checkout."""
    context = prepare()
    replace_process(context.odoo_command(*arguments), context.environment)


def shell(arguments):
    """Odoo's Python shell, on the demo database unless told otherwise."""
    context = prepare()
    database = [] if "-d" in arguments else ["-d", f"{prefix()}_demo"]
    command = context.odoo_command("shell", "--no-http", *database, *arguments)
    replace_process(command, context.environment)


def psql(arguments):
    """psql, on the demo database unless told otherwise."""
    server = prepare().server
    program = server.programs / "psql" if server.programs else shutil.which("psql")
    if not program:
        raise DevError("'psql' was not found on PATH; install PostgreSQL's client.")
    default = {"PGDATABASE": f"{prefix()}_demo"}
    environment = {**default, **os.environ, **server.environment, **server.libraries}
    replace_process([program, *arguments], environment)
