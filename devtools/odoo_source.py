"""Odoo 19 itself: an existing one, or the real package from Debian's unstable suite.

PyPI has the name without any file, so the source is Debian's package, unpacked into
the state folder and never installed.
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .apt import candidate_mirrors, mirror_apt, require_apt, unpack
from .console import DevError, say, step
from .locking import locked
from .paths import state_dir

PACKAGE = "odoo-19"
# Static files that the package links to; the first one is needed to log in at all.
STATIC_PACKAGES = (
    "libjs-jquery libjs-jquery-form libjs-underscore "
    "fonts-roboto-unhinted fonts-montserrat fonts-ocr-b"
).split()
# Odoo links to version 4.7, which later suites have replaced.
ICON_FONT, ICON_FONT_SUITES = "fonts-font-awesome", ("bookworm", "trixie")
ADVICE = (
    "set ODOO_SOURCE to a folder with Odoo 19 (a git checkout, or the folder that "
    "holds the 'odoo' package)"
)


@dataclass(frozen=True)
class Odoo:
    """Where Odoo's code lies."""

    root: Path
    """Folder to put on Python's path: it holds the package ``odoo``."""
    addons: tuple
    """Folders for ``addons_path``."""
    version: str
    """Exact version, so that what is built from it can be keyed by it."""


def find_odoo():
    """The Odoo to use, fetched first if need be."""
    chosen = os.environ.get("ODOO_SOURCE")
    if chosen:
        return inspect(Path(chosen).expanduser().resolve(), "ODOO_SOURCE")
    prefix = state_dir() / "odoo"
    with locked("odoo"):
        if not (prefix / ".complete").exists():
            fetch(prefix)
    return inspect(prefix / "usr/lib/python3/dist-packages", "the unpacked package")


def inspect(folder, origin):
    """Check that ``folder`` holds Odoo 19 and find its addon folders."""
    # A container's ODOO_SOURCE may name the package itself.
    root = folder.parent if (folder / "release.py").is_file() else folder
    release = root / "odoo/release.py"
    if not release.is_file():
        raise DevError(f"{origin}: no odoo/release.py was found in {folder}; {ADVICE}.")
    series = re.search(r"version_info = \((\d+), *(\d+)", release.read_text())
    if not series or series.groups() != ("19", "0"):
        raise DevError(f"{origin}: {release} is not of Odoo 19.0; {ADVICE}.")
    return Odoo(root, addon_folders(root), exact_version(root))


def addon_folders(root):
    """A checkout keeps most addons beside the package, a distribution inside it.

    Beside Debian's package lies a second tree ``addons`` with Python files only,
    which must not be used: it lacks the manifest data.
    """
    inside, beside = root / "odoo/addons", root / "addons"
    if (inside / "web/static").is_dir():
        return (inside,)
    if (beside / "web/static").is_dir():
        return (inside, beside)
    raise DevError(f"No addon 'web' was found in {inside} or {beside}; {ADVICE}.")


def exact_version(root):
    """Version and, for a git checkout, its commit."""
    for info in sorted(root.glob("odoo-19*.egg-info/PKG-INFO")):
        complete = root.parents[3] / ".complete"
        if complete.is_file():
            return complete.read_text().strip()
        return re.search(r"^Version: *(\S+)", info.read_text(), re.MULTILINE)[1]
    head = root / ".git/HEAD"
    if not head.is_file():
        return "19.0"
    said = head.read_text().strip()
    reference = root / ".git" / said.removeprefix("ref: ")
    return reference.read_text().strip() if reference.is_file() else said


def fetch(prefix):
    """Download and unpack Odoo 19 and the static files it links to."""
    require_apt()
    with step("Fetching Odoo 19 from Debian's unstable suite (150 MB, once)"):
        source, apt = find_mirror()
        files = apt.download([PACKAGE, *STATIC_PACKAGES])
        files += fetch_icon_font(source)
        shutil.rmtree(prefix, ignore_errors=True)
        unpack(files, prefix)
        complete_package(prefix)
        for file in files:
            file.unlink()
        (prefix / ".complete").write_text(files[0].name.split("_")[1] + "\n")


def find_mirror():
    """The first mirror of this machine whose unstable suite has the package."""
    looked_at = []
    for source in candidate_mirrors():
        if source.uri in looked_at:
            continue
        looked_at.append(source.uri)
        apt = mirror_apt(state_dir() / "apt/sid", source, "sid")
        try:
            apt.update()
        except DevError as error:
            say(f"{source.uri}: {error}")
            continue
        if apt.offers(PACKAGE):
            return source, apt
    where = ", ".join(looked_at) or "no Debian entry found in /etc/apt"
    raise DevError(
        f"Package '{PACKAGE}' was looked for in suite 'sid' of the Debian mirrors of "
        f"this machine ({where}) and not found; {ADVICE}."
    )


def fetch_icon_font(source):
    """Font Awesome 4.7; without it pages work but show no icons."""
    for suite in ICON_FONT_SUITES:
        apt = mirror_apt(state_dir() / "apt" / suite, source, suite)
        try:
            apt.update()
            return apt.download([ICON_FONT])
        except DevError as error:
            say(f"{ICON_FONT} from {suite}: {error}")
    say(f"{ICON_FONT} was not found in {ICON_FONT_SUITES}: pages will lack their icons.")
    return []


def complete_package(prefix):
    """Stand in for the one non-free file that Debian leaves out.

    Without it every page logs a console error, which fails every tour.
    """
    folder = prefix / "usr/lib/python3/dist-packages/odoo/addons/mail/static/lib"
    library = folder / "selfie_segmentation/selfie_segmentation.js"
    library.parent.mkdir(parents=True, exist_ok=True)
    library.touch()
