"""Odoo's own suites with and without the addon; only what differs is told."""

import argparse
import json
import subprocess
from pathlib import Path

from .. import server
from ..console import DevError, say, step
from ..context import prefix, prepare
from ..database import ALONE, Databases, digest
from ..paths import CHECKOUT, MAIN_ADDON, state_dir
from ..reasons import read_reasons
from ..test_log import differences, outcomes, tag_of

SUITES = ("crm", "sale", "sale_crm", "sales_team", "calendar", "account")
# Isolation as the suites meet it: off nothing may differ, on what the list gives a reason for.
STATES = ("off", "on")
SWITCH = "incom_crm.isolation"
LISTED = Path(__file__).parent.parent / "upstream_differences.toml"


def upstream(arguments):
    """Run Odoo's own suites without the addon, and with it with isolation off and on; compare."""
    parser = argparse.ArgumentParser(prog="./dev upstream", description=upstream.__doc__)
    default = ",".join(f"/{name}" for name in SUITES)
    parser.add_argument("--test-tags", default=default, help="as Odoo takes them")
    parser.add_argument("--isolation", choices=STATES, help="one pass alone; both by default")
    options = parser.parse_args(arguments)
    tags = options.test_tags
    context = prepare("chromium", "wkhtmltopdf")
    databases = Databases(context)
    modules = sorted({*ALONE.modules(), *SUITES})
    without = remembered_run(databases, modules, tags)
    unlisted = 0
    for isolation in [options.isolation] if options.isolation else STATES:
        with_addon = run_with(databases, modules, tags, isolation)
        found = differences(without, with_addon)
        if found:
            found = confirmed(databases, modules, found, isolation)
        unlisted += judge(found, with_addon, isolation)
    return int(bool(unlisted))


def confirmed(databases, modules, found, isolation):
    """The differences that show again when only those tests run.

    A tour also fails when the machine is busy.
    """
    tags = ",".join(map(tag_of, found))
    without = run_without(databases, modules, tags)
    again = differences(without, run_with(databases, modules, tags, isolation))
    for test in found.keys() - again.keys():
        say(f"once, and not again: {test}: {found[test]}")
    return {test: again[test] for test in found if test in again}


def remembered_run(databases, modules, tags):
    """Outcomes on Odoo alone, remembered for this version, these modules and tests."""
    key = digest([databases.context.odoo.version, *modules, tags])
    memory = state_dir() / "upstream" / f"{key}.json"
    if memory.is_file():
        say("the run without the addon is remembered")
        return json.loads(memory.read_text())
    found = run_without(databases, modules, tags)
    memory.parent.mkdir(exist_ok=True)
    memory.write_text(json.dumps(found, indent=1, sort_keys=True))
    return found


def run_without(databases, modules, tags):
    """Outcomes on Odoo alone."""
    name = f"{prefix()}_upstream_without"
    databases.clone(databases.template(modules=modules), name)
    found = run_suites(databases.context, name, tags)
    databases.drop(name)
    return found


def run_with(databases, modules, tags, isolation):
    """Outcomes with the addon installed, and isolation on or off."""
    name = f"{prefix()}_upstream_with"
    databases.clone(databases.template(modules=modules), name)
    with step(f"Installing {MAIN_ADDON}"):
        databases.odoo(name, "-i", MAIN_ADDON)
    databases.set_parameter(name, SWITCH, isolation)
    found = run_suites(databases.context, name, tags)
    databases.drop(name)
    return found


def run_suites(context, database, tags):
    """Run the tagged tests on a database and read their outcomes from the log."""
    log = state_dir() / "logs" / f"{database}-suites.log"
    command = [context.python, "-m", "devtools.odoo_suites", "-d", database]
    command += [f"--test-tags={tags}", f"--http-port={server.choose_port()}"]
    with step(f"Running {tags} on {database}"), log.open("w") as sink:
        subprocess.run(
            [*map(str, command), "--stop-after-init", "--max-cron-threads=0"],
            env=context.environment,
            cwd=CHECKOUT,
            stdout=sink,
            stderr=subprocess.STDOUT,
            check=False,
        )
    found = outcomes(log.read_text(errors="replace"))
    if not found:
        raise DevError(f"No test ran, see {log}.")
    failed = sum(outcome.startswith("failed") for outcome in found.values())
    say(f"{len(found)} tests, {failed} of them failed; log: {log}")
    return found


def judge(found, ran, isolation):
    """Print what differs and is not listed for this pass; give the number of such tests.

    :param ran: the tests of this pass; of others nothing is said
    """
    begin = f"isolation {isolation}: "
    listed = {
        entry.removeprefix(begin) for entry in read_reasons(LISTED) if entry.startswith(begin)
    }
    for test in sorted((listed - set(found)).intersection(ran)):
        print(f"listed, but the same in both runs: {test}")
    surprises = {test: said for test, said in found.items() if test not in listed}
    for test, said in surprises.items():
        print(f"{test}: {said}")
    known = len(found) - len(surprises)
    print(f"isolation {isolation}: {known} listed differences, {len(surprises)} unlisted")
    return len(surprises)
