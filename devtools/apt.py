"""Fetch Debian packages with apt's own client, without touching the machine's apt.

Each :class:`PrivateApt` has sources, lists, cache and package status of its own, so
nothing is installed system-wide and no root is needed. The machine's settings for
reaching its mirror (proxy, certificates, credentials) stay in force.
"""

import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from .apt_sources import is_debian_suite, machine_sources
from .console import DevError
from .processes import run_quietly

KEYRINGS = (
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
    "/etc/apt/trusted.gpg.d/debian-archive-keyring.gpg",
)
DPKG_STATUS = Path("/var/lib/dpkg/status")


def require_apt():
    """This way of fetching is for Debian; say what else would do."""
    for tool in ("apt-get", "dpkg"):
        if not shutil.which(tool):
            raise DevError(
                f"'{tool}' was looked for on PATH and not found: packages are fetched "
                "with Debian's own client; use Debian 12 or later, or set ODOO_SOURCE "
                "to an existing Odoo 19 and the PG* variables to a PostgreSQL server."
            )


def source_line(source, suites, keyring=""):
    """The one-line form of an entry, verified with Debian's archive keyring."""
    signed_by = keyring or source.signed_by
    option = f"[signed-by={signed_by}] " if signed_by else ""
    return "".join(f"deb {option}{source.uri} {suite} main\n" for suite in suites)


def archive_keyring():
    """The keys that verify any Debian suite; an entry's own may verify only its own."""
    return next((path for path in KEYRINGS if Path(path).is_file()), "")


def candidate_mirrors():
    """Entries for a whole Debian archive: one whose only suites are security is not."""
    return [
        source
        for source in machine_sources()
        if any(not suite.endswith("-security") for suite in source.suites)
    ]


def mirror_apt(folder, source, suite):
    """An apt that sees one suite of the mirror behind an entry of this machine."""
    return PrivateApt(folder, source_line(source, [suite], archive_keyring()))


def own_suite_apt(folder):
    """An apt that sees what this machine's own Debian sources offer."""
    lines = [
        source_line(source, filter(is_debian_suite, source.suites)) for source in machine_sources()
    ]
    return PrivateApt(folder, "".join(lines))


class PrivateApt:
    """apt-get with its whole state in ``folder``."""

    def __init__(self, folder, source_lines, status=None):
        self.folder = Path(folder)
        for part in ("lists/partial", "cache/archives/partial", "debs"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        (self.folder / "sources.list").write_text(source_lines)
        self.set_status(DPKG_STATUS.read_text(errors="replace") if not status else status)
        (self.folder / "apt.conf").write_text(self._configuration())

    def set_status(self, text):
        """What apt believes to be installed, which decides what it would add."""
        (self.folder / "status").write_text(text)

    def _configuration(self):
        folder = self.folder
        lines = [
            "#clear APT::Update::Pre-Invoke;",
            "#clear APT::Update::Post-Invoke;",
            "#clear APT::Update::Post-Invoke-Success;",
            f'Dir::Etc::SourceList "{folder}/sources.list";',
            'Dir::Etc::SourceParts "/dev/null";',
            'Dir::Etc::Preferences "/dev/null";',
            'Dir::Etc::PreferencesParts "/dev/null";',
            f'Dir::State::Lists "{folder}/lists";',
            f'Dir::State::status "{folder}/status";',
            f'Dir::State::extended_states "{folder}/extended_states";',
            f'Dir::Cache "{folder}/cache";',
            'Acquire::Check-Valid-Until "false";',
            'Acquire::Languages "none";',
            'Acquire::Retries "3";',
            'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
            'APT::Update::Error-Mode "any";',
            'APT::Get::List-Cleanup "false";',
            'Debug::NoLocking "true";',
        ]
        if os.geteuid() == 0:
            lines.append('APT::Sandbox::User "root";')
        return "\n".join(lines) + "\n"

    def run(self, *arguments, what, cwd=None):
        """Run one apt-get command with this state."""
        command = ["apt-get", "-q", "-y", "-c", self.folder / "apt.conf", *arguments]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        return run_quietly(command, what, env=environment, cwd=cwd)

    def update(self):
        """Fetch the package lists; an unreachable mirror is an error."""
        self.run("update", what="Fetching Debian's package lists")

    def offers(self, package):
        """Whether the lists know ``package``."""
        try:
            self.run("download", "--print-uris", package, what=f"Looking for {package}")
        except DevError:
            return False
        return True

    def download(self, packages):
        """Fetch exactly these packages and return their files."""
        debs = self.folder / "debs"
        self.run("download", *packages, what="Downloading", cwd=debs)
        return [self._newest(debs, package.partition("=")[0]) for package in packages]

    @staticmethod
    def _newest(debs, package):
        files = sorted(debs.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)
        return files[-1]

    def missing_for(self, packages):
        """The packages that installing ``packages`` would add, with their versions."""
        said = self.run(
            *("install", "--print-uris", "--no-install-recommends", "-qq"),
            *packages,
            what=f"Resolving what {' '.join(packages)} needs",
        )
        return parse_print_uris(said)


def parse_print_uris(text):
    """Package names with versions from the lines ``'uri' name_version_arch.deb size``."""
    names = re.findall(r"^'\S+' ([^_\s]+)_([^_\s]+)_[^_\s]+\.deb ", text, re.MULTILINE)
    return [f"{name}={unquote(version)}" for name, version in names]


def unpack(files, prefix):
    """Unpack packages under ``prefix``; no script of theirs is run."""
    prefix.mkdir(parents=True, exist_ok=True)
    for file in files:
        run_quietly(["dpkg", "-x", file, prefix], f"Unpacking {file.name}")
