"""Databases: templates with Odoo's own modules, and clones with the addon on top.

A database says in its comment what it was made from, so one look tells whether it
can be used as it is.
"""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
from typing import NamedTuple

from .console import DevError, say, step
from .locking import locked
from .paths import CHECKOUT, MAIN_ADDON, addons, state_dir
from .processes import run_quietly

# Read from files at run time, so a change there needs no update of the module.
NOT_LOADED = ("tests", "static", "readme", "doc", "__pycache__")
# Bump when the way templates are made changes.
TEMPLATE_FORMAT = "1"
# The first one becomes the language of those who have chosen none. Odoo's own tests
# and ours compare English texts; a demonstration is for Vietnamese eyes.
LANGUAGES = {False: "en_US,vi_VN", True: "vi_VN,en_US"}
TROUBLE = re.compile(r" (WARNING|ERROR|CRITICAL) ")
SHOWN_LINES = 40
# Apps that no bridge depends on, whose rights and users the bridges' tests are about.
APPS_BESIDE = ("purchase",)


class Contents(NamedTuple):
    """What a database holds.

    :param addons: addons of this checkout
    :param apps: Odoo's modules beside those the addons depend on
    """

    addons: tuple
    apps: tuple = ()

    def modules(self):
        """Odoo's modules that have to be there first."""
        needed = {name for addon in self.addons for name in dependencies(addon)}
        return sorted(needed.union(self.apps).difference(addons())) or ["base"]


# The addon as most databases have it: without any other app.
ALONE = Contents((MAIN_ADDON,))


class Databases:
    """The databases of one PostgreSQL server, seen from one checkout."""

    def __init__(self, context):
        self.context = context

    def sql(self, statement, database="postgres"):
        """Rows of one statement."""
        command = [self.context.python, "-m", "devtools.sql", database, statement]
        said = run_quietly(command, "SQL", env=self.context.environment, cwd=CHECKOUT)
        return json.loads(said)

    def names(self):
        """Every database that a tool of ours may have made."""
        rows = self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")
        return sorted(row[0] for row in rows)

    def key(self, name):
        """What the database was made from; None if there is no such database."""
        rows = self.sql(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            f"WHERE datname = '{name}'"
        )
        return (rows[0][0] or "") if rows else None

    def mark(self, name, key):
        """Record what the database was made from."""
        self.sql(f"COMMENT ON DATABASE \"{name}\" IS '{key}'")

    def drop(self, name):
        """Remove a database and its files."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(filestore(name), ignore_errors=True)

    def clone(self, template, name):
        """Copy a database and its files.

        Stored files never change, so hard links do.
        """
        self.drop(name)
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        if filestore(template).is_dir():
            shutil.copytree(filestore(template), filestore(name), copy_function=os.link)

    def template(self, demo=False, modules=None):
        """A database with Odoo's modules that the addons need; made once per content."""
        modules = sorted(modules or ALONE.modules())
        parts = [self.context.odoo.version, *modules, LANGUAGES[demo], f"demo={demo}"]
        name = f"incom_tpl_{digest([TEMPLATE_FORMAT, *parts])}"
        with locked(name):
            if self.key(name) is None:
                with step(f"Installing Odoo's modules {', '.join(modules)} (once)"):
                    self._make_template(name, modules, demo)
        return name

    def _make_template(self, name, modules, demo):
        draft = f"{name}_new"
        self.drop(draft)
        # Without our own addons: a checkout that lacks one must not find it listed.
        folders = ",".join(map(str, self.context.odoo.addons))
        options = [f"--addons-path={folders}", "-i", ",".join(modules)]
        options += [f"--load-language={LANGUAGES[demo]}"]
        self.odoo(draft, *options, *(["--with-demo"] if demo else []))
        # Only a complete one gets the name that others look for.
        self.sql(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        shutil.rmtree(filestore(name), ignore_errors=True)
        if filestore(draft).is_dir():
            filestore(draft).rename(filestore(name))

    def odoo(self, name, *options):
        """Run Odoo on a database until its modules are loaded; return its log."""
        options = ("--stop-after-init", "--no-http", "--max-cron-threads=0", *options)
        return self._logged(name, "-d", name, *options)

    def uninstall(self, name, modules):
        """Remove modules from a database; return Odoo's log."""
        return self._logged(name, "module", "uninstall", "-d", name, *modules)

    def _logged(self, name, *arguments):
        log = state_dir() / "logs" / f"{name}.log"
        log.parent.mkdir(exist_ok=True)
        command = self.context.odoo_command(*arguments)
        with log.open("w") as sink:
            status = subprocess.run(
                command, env=self.context.environment, cwd=CHECKOUT,
                stdout=sink, stderr=subprocess.STDOUT, check=False,
            ).returncode  # fmt: skip
        text = log.read_text(errors="replace")
        if status:
            tail = "\n".join(text.splitlines()[-SHOWN_LINES:])
            raise DevError(f"Odoo failed on {name} (whole log: {log}):\n{tail}")
        return text

    def fresh(self, name, demo=False, contents=ALONE):
        """A new database with addons installed, made from the template."""
        key = self.content_key(demo, contents)
        self.clone(self.template(demo, contents.modules()), name)
        with step(f"Installing {', '.join(contents.addons)} in {name}"):
            options = ["-i", ",".join(contents.addons)] + (["--with-demo"] if demo else [])
            check_log(self.odoo(name, *options), addons())
        self.mark(name, key)

    def upgrade(self, name):
        """Bring an existing database, with demo data, up to date with the files."""
        key = self.content_key(demo=True)
        with step(f"Upgrading {MAIN_ADDON} in {name}"):
            log = self.odoo(name, "-i", MAIN_ADDON, "-u", MAIN_ADDON, "--with-demo")
        # Somebody works in it, so complaints are shown and do not stop them.
        for line in troubles(log, addons()):
            say(line)
        self.mark(name, key)

    def set_parameter(self, name, key, value):
        """Set a system parameter of a database."""
        self.sql(f"DELETE FROM ir_config_parameter WHERE key = '{key}'", name)
        self.sql(f"INSERT INTO ir_config_parameter (key, value) VALUES ('{key}', '{value}')", name)

    def content_key(self, demo, contents=ALONE):
        """Identifies what is installed, the loaded files and Odoo's version.

        All addons' files count: a bridge also installs itself where its app came by itself.
        """
        files = [part for name in addons() for part in addon_content(CHECKOUT / name)]
        installed = [*contents.addons, *contents.apps]
        return digest([self.context.odoo.version, f"demo={demo}", *installed, *files])


def filestore(name):
    """Where Odoo keeps the files of a database."""
    return state_dir() / "data/filestore" / name


def digest(parts):
    """Short hash of strings."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def addon_content(folder):
    """Names and hashes of the files of an addon that are loaded into the database."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not set(inside.parts[:-1]) & set(NOT_LOADED):
            yield f"{folder.name}/{inside}"
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def complete():
    """Contents of a database with every addon of this checkout and all their apps."""
    return Contents(tuple(addons()), APPS_BESIDE)


def dependencies(addon):
    """Modules that an addon's manifest names."""
    path = CHECKOUT / addon / "__manifest__.py"
    if not path.is_file():
        raise DevError(f"The addon {addon} was not found in {CHECKOUT}.")
    return ast.literal_eval(path.read_text()).get("depends", [])


def troubles(log, names):
    """Warnings and errors of Odoo's log that mention one of the addons."""
    return [
        line
        for line in log.splitlines()
        if TROUBLE.search(line) and any(name in line for name in names)
    ]


def check_log(log, names):
    """An addon must install without a word of complaint."""
    found = troubles(log, names)
    if found:
        for line in found:
            say(line)
        raise DevError(f"{len(found)} warnings or errors of the addon at install, see above.")
