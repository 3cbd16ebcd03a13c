"""A server with demonstration data, ready to log in."""

import argparse
import json

from .. import server
from ..console import DevError, say, step
from ..context import prefix, prepare
from ..database import Databases
from ..locking import locked
from ..paths import CHECKOUT, MAIN_ADDON, addons

ADMIN = {"login": "admin", "password": "admin", "role": "administrator"}
LOGINS = CHECKOUT / MAIN_ADDON / "demo/logins.json"


def run(arguments):
    """Start Odoo with the addon and its demonstration data."""
    options, odoo_options = parse(arguments)
    context = prepare(optional=("wkhtmltopdf",))
    database = f"{prefix()}_demo"
    with locked(f"database-{database}"):
        ensure_demo(Databases(context), database, options.fresh)
    record = server.running(database)
    if record:
        print_welcome(record["address"], database)
        return 0
    port = server.choose_port(options.port)
    address = f"http://localhost:{port}"
    Databases(context).set_parameter(database, "web.base.url", address)
    with step("Starting the server"):
        process = server.start(context, database, port, odoo_options, options.detach)
    print_welcome(address, database)
    return 0 if options.detach else wait_for(process, database)


def parse(arguments):
    """Our options; what is not known goes to Odoo."""
    parser = argparse.ArgumentParser(prog="./dev run", description=run.__doc__)
    parser.add_argument("--port", type=int, help="HTTP port (default: 8069 or a free one)")
    parser.add_argument("--detach", action="store_true", help="return, leave it running")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    return parser.parse_known_args(arguments)


def ensure_demo(databases, name, fresh):
    """Make the database, or upgrade it when the addons' files have changed.

    It is upgraded, not made anew, to keep what people have typed into it.
    """
    if not addons():
        raise DevError(f"No addon (a folder with __manifest__.py) was found in {CHECKOUT}.")
    found = databases.key(name)
    if found and not fresh:
        if found != databases.content_key(demo=True):
            server.stop(name)
            databases.upgrade(name)
        return
    server.stop(name)
    databases.fresh(name, demo=True)


def print_welcome(address, database):
    """The last lines: where it is and who can log in."""
    people = [ADMIN]
    if LOGINS.is_file():
        people += json.loads(LOGINS.read_text())
    width = max(len(person["login"]) for person in people)
    secret = max(len(person["password"]) for person in people)
    say(f"server log: {server.log_of(database)}")
    print(f"\nOdoo is ready at {address}\n  {'login':<{width}}  {'password':<{secret}}  role")
    for person in people:
        print(f"  {person['login']:<{width}}  {person['password']:<{secret}}  {person['role']}")
    print(flush=True)


def wait_for(process, database):
    """Stay in the foreground until Ctrl-C, which the server gets too."""
    say("Ctrl-C stops it")
    try:
        return process.wait()
    except KeyboardInterrupt:
        server.stop(database)
        return 0
