"""Translation files: template from a database, Vietnamese brought in line with it."""

import subprocess

from ..context import prefix, prepare
from ..database import ALONE, Databases, complete
from ..locking import locked
from ..paths import CHECKOUT, MAIN_ADDON, addons
from ..processes import run_quietly
from .test import ensure_test_database


def i18n(arguments):
    """Export the .pot files of all or the named addons and bring the vi.po files in line."""
    context = prepare()
    names = [name for name in addons() if name in arguments or not arguments]
    if MAIN_ADDON in names:
        export(context, "test", ALONE, [MAIN_ADDON])
    if beside := [name for name in names if name != MAIN_ADDON]:
        export(context, "bridges_test", complete(), beside)
    merge = [context.python, "-m", "devtools.translations", "merge", *names]
    return subprocess.run(merge, cwd=CHECKOUT, check=False).returncode


def export(context, suffix, contents, names):
    """Write the templates of addons from the database that has them installed."""
    database = f"{prefix()}_{suffix}"
    with locked(f"database-{database}"):
        ensure_test_database(Databases(context), database, contents)
    for addon in names:
        (CHECKOUT / addon / "i18n").mkdir(exist_ok=True)
    command = context.odoo_command("i18n", "export", "-d", database, *names, "-l", "pot")
    run_quietly(command, "Exporting terms", env=context.environment, cwd=CHECKOUT)
