"""All tests, with pytest-odoo, on a database of their own."""

import os
import subprocess

from ..console import say
from ..context import prefix, prepare
from ..database import ALONE, Databases, complete
from ..locking import locked
from ..paths import CHECKOUT, MAIN_ADDON, bridges, state_dir

# A statement or a test that takes longer hangs; it says where instead of using up the CI's time.
STATEMENT_TIMEOUT = "5min"
TRACEBACK_SECONDS = 600

PLAIN_TESTS = ("devtools/tests", "benchmarks/tests")
# What is told of the addons installed in a database is tested on each.
INSTALLED_TESTS = (
    "devtools/tests/test_terms.py",
    f"{MAIN_ADDON}/tests/isolation/test_registry.py",
)


def test(arguments):
    """Bring the test databases up to date and run pytest on them."""
    update = "--no-update" not in arguments
    fresh = "--fresh" in arguments
    arguments = [x for x in arguments if x not in ("--no-update", "--fresh")]
    context = prepare("chromium", "wkhtmltopdf")
    statuses = [
        run_suite(context, suffix, contents, [*options, *paths], update, fresh)
        for suffix, contents, options, paths in suites(arguments)
    ]
    return max(statuses)


def suites(arguments):
    """What runs on which database, as (suffix, contents, options, paths).

    The addon is tested alone, as most databases have it; the bridges with all their apps.
    """
    chosen = [x for x in arguments if is_path(x)]
    options = [x for x in arguments if x not in chosen]
    alone = [f"{MAIN_ADDON}/tests", *PLAIN_TESTS]
    beside = [*(f"{name}/tests" for name in bridges()), *INSTALLED_TESTS]
    if chosen:
        beside = [x for x in chosen if x.split("/")[0] in bridges()]
        alone = [x for x in chosen if x not in beside]
    found = [("test", ALONE, alone), ("bridges_test", complete(), beside)]
    for suffix, contents, paths in found:
        if existing := [x for x in paths if chosen or is_path(x)]:
            yield suffix, contents, options, existing


def is_path(argument):
    """Whether an argument names tests and is no option of pytest."""
    return not argument.startswith("-") and (CHECKOUT / argument.split("::")[0]).exists()


def run_suite(context, suffix, contents, arguments, update, fresh):
    """Run pytest on one database; its exit status."""
    name = f"{prefix()}_{suffix}"
    command = pytest_command(context, name, arguments)
    with locked(f"database-{name}"):
        ensure_test_database(Databases(context), name, contents, update, fresh)
        limit = f"-c statement_timeout={STATEMENT_TIMEOUT}"
        environment = {**context.environment, "PGOPTIONS": limit}
        run = subprocess.run(command, env=environment, cwd=CHECKOUT, check=False)
    return run.returncode


def ensure_test_database(databases, name, contents=ALONE, update=True, fresh=False):
    """Make the database anew when the addons' files differ from what is in it.

    A new clone costs about as much as an upgrade and holds nothing stale.
    """
    found = databases.key(name)
    if found is not None and not fresh:
        if not update:
            say(f"using {name} as it is")
            return
        if found == databases.content_key(demo=False, contents=contents):
            return
    databases.fresh(name, contents=contents)


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
    return [context.python, "-m", "pytest", *options, *arguments]
