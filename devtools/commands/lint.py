"""Static checks; each says what it found, and the first line of each says its name."""

import os
import subprocess
import xml.etree.ElementTree as ElementTree

from ..access import missing_access
from ..console import say
from ..odoo_source import find_odoo
from ..paths import CHECKOUT, addons, state_dir
from ..python_env import ensure_environment

# Odoo's own checks, of its addon test_lint.
ODOO_CHECKERS = "_odoo_checker_sql_injection,_odoo_checker_gettext,_odoo_checker_unlink_override"
ODOO_MESSAGES = (
    "sql-injection,missing-gettext,gettext-variable,gettext-placeholders,"
    "gettext-repr,raise-unlink-override"
)
TEXT_SUFFIXES = {".py", ".xml", ".js", ".scss", ".css", ".csv", ".md", ".rst", ".toml", ".sh"}

# A model may be split by subject over several files; companies and parameters are read whole.
ACCEPTED = "consider-merging-classes-inherited,no-search-all"


def lint(_arguments):
    """Check style, Odoo's rules, XML, access rights and translations."""
    odoo = find_odoo()
    python = ensure_environment(odoo)
    failed = [name for name, check in checks(python, odoo) if not passed(name, check)]
    say(f"lint failed: {', '.join(failed)}" if failed else "lint passed")
    return int(bool(failed))


def format_code(_arguments):
    """Format the Python files and sort their imports."""
    python = ensure_environment(find_odoo())
    run_tool([*ruff(python, "check", "--select", "I", "--fix", "-q"), "."])
    run_tool([*ruff(python, "format"), "."])


def checks(python, odoo):
    """Every check as (name, function that returns whether all is well)."""
    yield "ruff check", lambda: run_tool([*ruff(python, "check", "--output-format=concise"), "."])
    yield "ruff format", lambda: run_tool([*ruff(python, "format", "--check"), "."])
    yield "spaces", lambda: report(spacing_problems())
    if not addons():
        return
    yield (
        "pylint-odoo",
        lambda: run_tool(pylint(python, "--rcfile=.pylintrc", f"--disable={ACCEPTED}")),
    )
    yield "Odoo's checkers", lambda: odoo_checkers(python, odoo)
    yield "XML", lambda: report(xml_problems())
    yield "access rights", lambda: report(access_problems())
    command = [python, "-m", "devtools.translations", "check", *addons()]
    yield "translations", lambda: run_tool(command)


def passed(name, check):
    """Run one check under its name."""
    say(f"lint: {name}")
    return check()


def run_tool(command, **extra):
    """Run a linter in the checkout; its output goes to the terminal."""
    environment = {**os.environ, **extra}
    command = [str(part) for part in command]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode == 0


def ruff(python, action, *options):
    """Command line of ruff with its cache outside the checkout."""
    return [python.parent / "ruff", action, f"--cache-dir={state_dir()}/ruff_cache", *options]


def pylint(python, *options):
    """Command line of pylint over the addons."""
    return [python, "-m", "pylint", "--persistent=n", *options, *addons()]


def odoo_checkers(python, odoo):
    """Run the pylint checkers that come with Odoo."""
    folder = next(path / "test_lint/tests" for path in odoo.addons if (path / "test_lint").is_dir())
    options = ["--rcfile=/dev/null", "--disable=all", "--reports=n", "--score=n"]
    options += [f"--load-plugins={ODOO_CHECKERS}", f"--enable={ODOO_MESSAGES}"]
    return run_tool(pylint(python, *options), PYTHONPATH=str(folder))


def report(problems):
    """Print problems; whether there were none."""
    problems = list(problems)
    for problem in problems:
        print(problem)
    return not problems


def tracked_files():
    """Files that git knows or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    names = [name for name in said.stdout.split("\0") if name]
    return [CHECKOUT / name for name in names if (CHECKOUT / name).is_file()]


def spacing_problems():
    """Tabs, spaces at line ends, and files without a last newline."""
    for path in tracked_files():
        if path.suffix not in TEXT_SUFFIXES:
            continue
        text, name = path.read_text(errors="replace"), path.relative_to(CHECKOUT)
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line or line != line.rstrip():
                yield f"{name}:{number}: tab, or space at the line's end"
        if text and not text.endswith("\n"):
            yield f"{name}: no newline at the end"


def xml_problems():
    """XML files that do not parse."""
    for path in tracked_files():
        if path.suffix not in (".xml", ".svg"):
            continue
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            yield f"{path.relative_to(CHECKOUT)}: {error}"


def access_problems():
    """Models without access rights."""
    for addon in addons():
        for model in missing_access(CHECKOUT / addon):
            yield f"{addon}/security/ir.model.access.csv: nothing for model {model}"
