"""The virtual environment with what Odoo, its tests and the linters import."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys

from .apt import own_suite_apt, require_apt, unpack
from .console import DevError, say, step
from .locking import locked
from .paths import CHECKOUT, state_dir
from .processes import run_quietly

# Names in Odoo's metadata, and what to install for them: psycopg2 would need a
# compiler, PyPDF2 3 breaks every PDF print.
RENAMED = {"psycopg2": "psycopg2-binary", "pypdf2": "pypdf"}
REQUIREMENTS = CHECKOUT / "requirements.txt"


def environment_folder():
    """Where the virtual environment lies."""
    return state_dir() / "venv"


def python():
    """The environment's interpreter."""
    return environment_folder() / "bin/python"


def ensure_environment(odoo):
    """Create or complete the environment for this Odoo; return its interpreter."""
    wanted = requirement_lines(odoo.root)
    key = hashlib.sha256("\n".join([*wanted, str(odoo.root)]).encode()).hexdigest()
    stamp = environment_folder() / ".complete"
    with locked("venv"):
        if not stamp.is_file() or stamp.read_text() != key:
            install(odoo, wanted)
            stamp.write_text(key)
    return python()


def requirement_lines(root):
    """Odoo's own requirements under installable names, then the project's."""
    lines = [installable(line) for line in odoo_requirements(root)]
    own = REQUIREMENTS.read_text().splitlines()
    return [*lines, *(line for line in own if line and not line.startswith("#"))]


def odoo_requirements(root):
    """A distribution lists its requirements in its metadata, a checkout in a file."""
    for info in sorted(root.glob("odoo-19*.egg-info/PKG-INFO")):
        return parse_metadata(info.read_text(errors="replace"))
    checkout = root / "requirements.txt"
    if checkout.is_file():
        return parse_requirements(checkout.read_text())
    return []


def parse_metadata(text):
    """The unconditional ``Requires-Dist`` lines of a package's metadata."""
    found = re.findall(r"^Requires-Dist: *(.+)$", text, re.MULTILINE)
    return [line.strip() for line in found if "extra ==" not in line]


def parse_requirements(text):
    """Names and markers of Odoo's requirements.txt.

    Its pins are for building on old distributions and lack wheels for newer Pythons.
    """
    found = []
    for line in text.splitlines():
        requirement, semicolon, marker = line.split("#", 1)[0].partition(";")
        name = re.match(r"\s*([A-Za-z0-9._-]*)", requirement)[1]
        if name:
            found.append(f"{name} ; {marker.strip()}" if semicolon else name)
    return found


def installable(requirement):
    """The requirement under the name that can be installed."""
    match = re.match(r"([A-Za-z0-9._-]+)(.*)", requirement)
    name, rest = match.groups()
    return RENAMED.get(name.lower(), name) + rest


def install(odoo, wanted):
    """Make the environment if it is missing and install everything in one go."""
    with step("Installing Python packages (once, and when requirements change)"):
        if not python().exists():
            create()
        command = [python(), "-m", "pip", "install", "-q", "--no-input", *wanted]
        run_quietly(command, "pip install")
        if (odoo.root / "odoo/addons").is_dir() and not (odoo.root / ".git").exists():
            rename_in_metadata(odoo.root)
        for folder in environment_folder().glob("lib/python3*/site-packages"):
            (folder / "odoo_source.pth").write_text(f"{odoo.root}\n")


def rename_in_metadata(root):
    """Let pip see the replaced packages as Odoo's, so that `pip check` is clean."""
    for info in root.glob("odoo-19*.egg-info/PKG-INFO"):
        if not info.resolve().is_relative_to(state_dir()):
            continue
        text = re.sub(
            r"^(Requires-Dist: *)(.+)$",
            lambda match: match[1] + installable(match[2]),
            info.read_text(errors="replace"),
            flags=re.MULTILINE,
        )
        info.write_text(text)


def create():
    """An environment with pip; Debian's Python may come without either."""
    folder = environment_folder()
    shutil.rmtree(folder, ignore_errors=True)
    if importlib.util.find_spec("venv") is None:
        raise DevError(
            f"Python's module 'venv' was looked for in {sys.executable} and not found; "
            "install it (Debian: apt-get install python3-venv)."
        )
    if importlib.util.find_spec("ensurepip"):
        run_quietly([sys.executable, "-m", "venv", folder], "Creating the environment")
        return
    say("Python has no 'ensurepip': pip is taken from Debian's package")
    run_quietly([sys.executable, "-m", "venv", "--without-pip", folder], "python -m venv")
    require_apt()
    apt = own_suite_apt(state_dir() / "apt/own")
    apt.update()
    unpack(apt.download(["python3-pip-whl"]), state_dir() / "pip")
    wheel = next((state_dir() / "pip").glob("usr/share/python-wheels/pip-*.whl"))
    subprocess.run([python(), wheel / "pip", "install", "-q", "pip"], check=True)
