"""Translation files: template from a database, Vietnamese brought in line with it."""

import subprocess

from ..context import prefix, prepare
from ..database import Databases
from ..locking import locked
from ..paths import CHECKOUT, addons
from ..processes import run_quietly
from .test import ensure_test_database


def i18n(_arguments):
    """Export the .pot files and bring the vi.po files in line."""
    context = prepare()
    name = f"{prefix()}_test"
    with locked(f"database-{name}"):
        ensure_test_database(Databases(context), name)
    for addon in addons():
        (CHECKOUT / addon / "i18n").mkdir(exist_ok=True)
    export = context.odoo_command("i18n", "export", "-d", name, *addons(), "-l", "pot")
    run_quietly(export, "Exporting terms", env=context.environment, cwd=CHECKOUT)
    merge = [context.python, "-m", "devtools.translations", "merge", *addons()]
    return subprocess.run(merge, cwd=CHECKOUT, check=False).returncode
