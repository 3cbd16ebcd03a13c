"""Everything a command needs to start Odoo: code, interpreter, server, settings."""

import os
from dataclasses import dataclass
from pathlib import Path

from .odoo_source import Odoo, find_odoo
from .paths import CHECKOUT, addons, checkout_key, state_dir
from .postgres import Server, ensure_server
from .python_env import ensure_environment
from .tools import tools_on_path


@dataclass(frozen=True)
class Context:
    """A ready environment."""

    odoo: Odoo
    python: Path
    server: Server
    config: Path
    environment: dict

    def odoo_command(self, *arguments):
        """Odoo's command line; settings come from the environment."""
        return [str(self.python), "-m", "odoo", *map(str, arguments)]


def prefix():
    """What the names of this checkout's databases start with."""
    return os.environ.get("INCOM_DB_PREFIX") or "incom"


def prepare(*tools, optional=()):
    """Set up whatever is missing, with the named outside programs; idempotent."""
    odoo = find_odoo()
    interpreter = ensure_environment(odoo)
    folders = tools_on_path(tools, optional)
    server = ensure_server()
    config = write_config(odoo, server)
    environment = child_environment(server, config, folders)
    return Context(odoo, interpreter, server, config, environment)


def child_environment(server, config, folders=()):
    """Variables for Odoo, pytest and the benchmarks.

    The environment's own ``bin`` stays off PATH: with a ``pylint`` on it, Odoo's
    test_lint would lint all of Odoo.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PGDATABASE"}
    path = os.pathsep.join([*map(str, folders), kept.get("PATH", os.defpath)])
    return {
        **kept,
        **server.environment,
        "PATH": path,
        "ODOO_RC": str(config),
        "INCOM_DB_PREFIX": prefix(),
        "INCOM_ODOO_CONFIG": str(config),
        "INCOM_PYTHON": str(state_dir() / "venv/bin/python"),
        "PYTHONUNBUFFERED": "1",
    }


def write_config(odoo, server):
    """Odoo's settings for this checkout; other checkouts have a file of their own."""
    folders = [*odoo.addons, *([CHECKOUT] if addons() else [])]
    data = state_dir() / "data"
    data.mkdir(exist_ok=True)
    lines = [
        "[options]",
        f"addons_path = {','.join(map(str, folders))}",
        f"data_dir = {data}",
        "list_db = False",
        # Vietnamese is often typed without its accents.
        "unaccent = True",
    ]
    # For tools that read the file without our variables; a password stays out of it.
    known = {**os.environ, **server.environment}
    options = {"db_host": "PGHOST", "db_port": "PGPORT", "db_user": "PGUSER"}
    lines += [f"{key} = {known[name]}" for key, name in options.items() if known.get(name)]
    config = state_dir() / "conf" / f"{checkout_key()}.conf"
    config.parent.mkdir(exist_ok=True)
    config.write_text("\n".join(lines) + "\n")
    return config
