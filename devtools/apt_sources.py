"""Read the machine's own apt sources, in both formats that apt knows.

The addresses of Debian mirrors are taken from there and from nowhere else: whoever
set the machine up has chosen a mirror that it reaches.
"""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

DEBIAN_RELEASES = (
    "oldoldstable oldstable stable testing unstable sid bullseye bookworm trixie forky duke"
).split()
SUITE_SUFFIXES = ("-updates", "-security", "-backports", "-proposed-updates", "")


@dataclass(frozen=True)
class Source:
    """One ``deb`` entry: an address, its suites and components."""

    uri: str
    suites: tuple
    components: tuple
    signed_by: str = ""
    options: dict = field(default_factory=dict, compare=False)


def is_debian_suite(suite):
    """Third-party repositories use names of their own, or ``stable`` like Debian."""
    return any(
        suite.endswith(suffix) and suite[: len(suite) - len(suffix)] in DEBIAN_RELEASES
        for suffix in SUITE_SUFFIXES
    )


def parse_one_line(text):
    """Entries of a ``sources.list``: ``deb [options] uri suite components``."""
    pattern = re.compile(r"deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)")
    for line in text.splitlines():
        match = pattern.match(line.split("#", 1)[0].strip())
        if not match:
            continue
        pairs = [item.partition("=") for item in shlex.split(match[1] or "")]
        options = {key.lower(): value for key, _equals, value in pairs}
        signed_by = options.get("signed-by", "")
        components = tuple(match[4].split())
        yield Source(match[2], (match[3],), components, signed_by, options)


def parse_stanzas(text):
    """Stanzas of a deb822 file as dictionaries; comments dropped, lines joined."""
    stanza, key = {}, None
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if stanza:
                yield stanza
            stanza, key = {}, None
        elif line[0].isspace() and key:
            stanza[key] += "\n" + line.strip()
        elif ":" in line:
            key, value = line.split(":", 1)
            key = key.strip().lower()
            stanza[key] = value.strip()


def parse_deb822(text):
    """Entries of a ``*.sources`` file."""
    for stanza in parse_stanzas(text):
        disabled = stanza.get("enabled", "yes").lower() in ("no", "false", "0", "off")
        if disabled or "deb" not in stanza.get("types", "").split():
            continue
        # A key written into the stanza itself is no file name; the Debian
        # archive's keyring stands in for it.
        signed_by = stanza.get("signed-by", "")
        signed_by = signed_by if signed_by.startswith("/") else ""
        for uri in stanza.get("uris", "").split():
            yield Source(
                uri,
                tuple(stanza.get("suites", "").split()),
                tuple(stanza.get("components", "").split()),
                signed_by,
            )


def machine_sources(etc_apt=Path("/etc/apt")):
    """Every ``deb`` entry of this machine that may be a Debian mirror."""
    folder = etc_apt / "sources.list.d"
    found = []
    for path in [etc_apt / "sources.list", *sorted(folder.glob("*.list"))]:
        if path.is_file():
            found += parse_one_line(path.read_text(errors="replace"))
    for path in sorted(folder.glob("*.sources")):
        found += parse_deb822(path.read_text(errors="replace"))
    return [source for source in found if is_debian(source)]


def is_debian(source):
    """A fetchable entry with component ``main`` and a suite named like Debian's."""
    return (
        "main" in source.components
        and not source.uri.startswith(("cdrom:", "file:", "copy:"))
        and any(is_debian_suite(suite) for suite in source.suites)
    )
