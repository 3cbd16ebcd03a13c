"""The table of the README that tells who sees what, from what the rules are built from."""

import json
import re
import subprocess

from ..console import DevError, say
from ..context import prefix, prepare
from ..database import ALONE, Databases
from ..locking import locked
from ..paths import CHECKOUT
from .test import ensure_test_database

README = CHECKOUT / "README.md"
# Language of Odoo by the name of the block in the README.
BLOCKS = {"en": "en_US", "vi": "vi_VN"}
MARK = "@@glance@@"
SCRIPT = f"""
import json
overview = env["incom.isolation.overview"]
tables = {{lang: overview.with_context(lang=lang)._markdown() for lang in {list(BLOCKS.values())}}}
print("{MARK}" + json.dumps(tables))
"""


def glance(_arguments):
    """Write the tables of who sees what into the README."""
    context = prepare()
    database = f"{prefix()}_test"
    with locked(f"database-{database}"):
        ensure_test_database(Databases(context), database, ALONE)
        tables = read_tables(context, database)
    text = README.read_text()
    for name, lang in BLOCKS.items():
        text = with_block(text, name, tables[lang])
    README.write_text(text)
    say("README.md tells who sees what")


def read_tables(context, database):
    """``{language: table}`` as the addon in a database gives it."""
    command = context.odoo_command("shell", "--no-http", "-d", database)
    run = subprocess.run(
        command, input=SCRIPT, env=context.environment, cwd=CHECKOUT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(re.escape(MARK) + "(.*)", run.stdout)
    if not found:
        raise DevError(f"Odoo gave no table:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return json.loads(found[1])


def with_block(text, name, table):
    """The text with a marked block replaced."""
    begin, end = f"<!-- glance {name} -->\n", f"<!-- /glance {name} -->"
    head, mark, rest = text.partition(begin)
    if not mark or end not in rest:
        raise DevError(f"README.md has no block {begin.strip()}")
    return f"{head}{begin}\n{table}\n{end}{rest.partition(end)[2]}"
