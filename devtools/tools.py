"""Outside programs: a browser for tours, wkhtmltopdf for print-outs.

One on PATH is used. Else Debian's package and the libraries this machine lacks are
unpacked under the state folder, with a small script in front that points the program
to them. Nothing is installed system-wide.
"""

import os
import re
import shutil
from dataclasses import dataclass

from .apt import candidate_mirrors, mirror_apt, own_suite_apt, require_apt, unpack
from .console import DevError, say, step
from .locking import locked
from .paths import state_dir
from .processes import run_quietly

WRAPPER = """\
#!/bin/sh
export LD_LIBRARY_PATH='{libraries}'"${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_FILE='{fonts}'
export QT_QPA_PLATFORM=offscreen
export QT_PLUGIN_PATH='{qt}'
export XDG_DATA_DIRS='{share}:/usr/local/share:/usr/share'
exec '{program}' "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>serif</family><prefer><family>DejaVu Serif</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


@dataclass(frozen=True)
class Tool:
    """A program and the Debian package it comes in."""

    package: str
    program: str
    """Path inside the package; not the start script, which expects /etc and /usr."""
    names: tuple
    """What Odoo looks for on PATH."""
    suites: tuple = ()
    """Other suites that have it when this machine's own has not."""


TOOLS = {
    "chromium": Tool(
        "chromium",
        "usr/lib/chromium/chromium",
        ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable"),
    ),
    "wkhtmltopdf": Tool("wkhtmltopdf", "usr/bin/wkhtmltopdf", ("wkhtmltopdf",), ("bookworm",)),
}
# Some text must be drawn, Vietnamese included, on a machine without any font.
FONT_PACKAGES = ("fonts-dejavu-core",)


def tools_on_path(names, optional=()):
    """Folders to put in front of PATH so that the tools are found.

    An optional tool that cannot be had is only told of.
    """
    wanted = [*names, *optional]
    missing = [name for name in wanted if not any(map(shutil.which, TOOLS[name].names))]
    for name in missing:
        try:
            with locked(f"tool-{name}"):
                ensure_tool(name)
        except DevError as error:
            if name not in optional:
                raise
            say(f"going on without {name}: {error}")
    return [wrappers()] if missing else []


def wrappers():
    """Folder of the start scripts."""
    return state_dir() / "tools/bin"


def ensure_tool(name):
    """Unpack a tool unless that is done; check once that it starts."""
    wrapper = wrappers() / name
    if wrapper.is_file():
        return
    require_apt()
    home = state_dir() / "tools" / name
    with step(f"Fetching {name} from Debian (once)"):
        shutil.rmtree(home, ignore_errors=True)
        fetch(TOOLS[name], home)
        draft = write_wrapper(home / TOOLS[name].program, home)
        run_quietly([draft, "--version"], f"{name} --version")
        wrapper.parent.mkdir(exist_ok=True)
        draft.rename(wrapper)


def fetch(tool, home):
    """Unpack the tool's package and what this machine lacks for it."""
    apt = apt_with(tool)
    files = apt.download(apt.missing_for([tool.package, *FONT_PACKAGES]))
    unpack(files, home)
    for file in files:
        file.unlink()


def apt_with(tool):
    """An apt that offers the tool, from the machine's own suite if that has it."""
    apt = own_suite_apt(state_dir() / "apt/own")
    apt.update()
    if apt.offers(tool.package):
        return apt
    for suite in tool.suites:
        for source in candidate_mirrors():
            apt = mirror_apt(state_dir() / "apt" / f"{suite}-tool", source, suite)
            apt.update()
            if apt.offers(tool.package):
                say(f"{tool.package} is taken from {suite}")
                return apt
    raise DevError(
        f"Package '{tool.package}' was looked for in the Debian sources of this machine "
        f"and not found; put a program named {' or '.join(tool.names)} on PATH."
    )


def write_wrapper(program, home):
    """The script that starts an unpacked program with its libraries and fonts."""
    if not program.is_file():
        raise DevError(f"The unpacked package has no {program}.")
    fonts = home / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=home / "usr/share/fonts", cache=home / "fontcache"))
    folders = library_folders(home)
    qt = [path for path in home.glob("usr/lib/*/qt5/plugins") if path.is_dir()]
    wrapper = home / "start"
    wrapper.write_text(
        WRAPPER.format(
            libraries=os.pathsep.join(map(str, folders)),
            fonts=fonts,
            qt=os.pathsep.join(map(str, qt)),
            share=home / "usr/share",
            program=program,
        )
    )
    wrapper.chmod(0o755)
    return wrapper


def library_folders(home):
    """Every folder below the multiarch ones that holds shared libraries."""
    found = {
        path.parent
        for top in (*home.glob("usr/lib/*-linux-gnu"), *home.glob("lib/*-linux-gnu"))
        for path in top.rglob("*.so*")
        if not re.search(r"/(qt5/plugins|gconv|dri)/", str(path))
    }
    return sorted(found, key=lambda path: (len(path.parts), str(path)))
