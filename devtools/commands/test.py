"""All tests, with pytest-odoo, on a database of their own."""

import os
import subprocess

from ..console import say
from ..context import prefix, prepare
from ..database import Databases
from ..locking import locked
from ..paths import CHECKOUT, addons, state_dir

# A statement or a test that takes longer hangs; it says where instead of using up the CI's time.
STATEMENT_TIMEOUT = "5min"
TRACEBACK_SECONDS = 600

PLAIN_TESTS = ("devtools/tests", "benchmarks/tests")


def test(arguments):
    """Bring the test database up to date and run pytest on it."""
    update = "--no-update" not in arguments
    fresh = "--fresh" in arguments
    arguments = [x for x in arguments if x not in ("--no-update", "--fresh")]
    context = prepare("chromium", "wkhtmltopdf")
    name = f"{prefix()}_test"
    command = pytest_command(context, name, arguments)
    with locked(f"database-{name}"):
        ensure_test_database(Databases(context), name, update, fresh)
        limit = f"-c statement_timeout={STATEMENT_TIMEOUT}"
        environment = {**context.environment, "PGOPTIONS": limit}
        run = subprocess.run(command, env=environment, cwd=CHECKOUT, check=False)
    return run.returncode


def ensure_test_database(databases, name, update=True, fresh=False):
    """Make the database anew when the addons' files differ from what is in it.

    A new clone costs about as much as an upgrade and holds nothing stale.
    """
    found = databases.key(name)
    if found is not None and not fresh:
        if not update:
            say(f"using {name} as it is")
            return
        if found == databases.content_key(demo=False):
            return
    databases.fresh(name)


def pytest_command(context, database, arguments):
    """pytest with everything that must not land in the checkout sent elsewhere."""
    options = [
        *("-p", "devtools.pytest_plugin"),
        *("-o", f"cache_dir={state_dir()}/pytest_cache"),
        *("-o", f"faulthandler_timeout={TRACEBACK_SECONDS}"),
        "--color=yes" if os.isatty(1) else "--color=no",
        "--odoo-database=" + database,
        f"--odoo-config={context.config}",
        "--odoo-http",
        # Warns of a module that Python 3.13 no longer has; Odoo still imports it.
        *("-W", "ignore:'crypt' is deprecated"),
    ]
    chosen = any((CHECKOUT / x.split("::")[0]).exists() for x in arguments if x[0] != "-")
    paths = [] if chosen else default_tests()
    return [context.python, "-m", "pytest", *options, *arguments, *paths]


def default_tests():
    """The tests of every addon, the tooling and the benchmarks."""
    folders = [*(f"{name}/tests" for name in addons()), *PLAIN_TESTS]
    return [folder for folder in folders if (CHECKOUT / folder).is_dir()]
