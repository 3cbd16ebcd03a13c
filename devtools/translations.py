"""Vietnamese translations: complete, faithful to their placeholders, up to date.

Runs inside the environment, for its parser of .po files.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import polib

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+0#]*\d*(?:\.\d+)?[sdrfgi%]|\{\w*\}|</?\w+|\$\{[^}]*\}")


def placeholders(text):
    """What a program or a browser interprets in a text, with how often it occurs."""
    return Counter(PLACEHOLDER.findall(text))


def entry_problem(entry):
    """What is wrong with one translated entry, None if nothing."""
    if "fuzzy" in entry.flags:
        return "fuzzy"
    if not entry.msgstr.strip():
        return "not translated"
    if placeholders(entry.msgid) != placeholders(entry.msgstr):
        return "placeholders or tags differ"
    return None


def terms(file):
    """What identifies the entries that are in use."""
    return {(entry.msgctxt, entry.msgid) for entry in file if not entry.obsolete}


def problems(po, pot):
    """Sentences for what is wrong in ``po``, given the template ``pot``."""
    found = []
    for entry in po:
        problem = None if entry.obsolete else entry_problem(entry)
        if problem:
            found.append(f"{problem}: {entry.msgid!r}")
    found += [f"missing: {msgid!r}" for _context, msgid in sorted_terms(pot, po)]
    found += [f"no longer used: {msgid!r}" for _context, msgid in sorted_terms(po, pot)]
    return found


def sorted_terms(one, other):
    """Terms that only the first file has."""
    return sorted(terms(one) - terms(other), key=lambda term: term[1])


def check(addon):
    """Problems of an addon's Vietnamese file against its own template."""
    template = addon / "i18n" / f"{addon.name}.pot"
    translated = addon / "i18n/vi.po"
    for path in (template, translated):
        if not path.is_file():
            return [f"{path.name} is missing in {addon.name}/i18n; './dev i18n' makes it"]
    return problems(polib.pofile(str(translated)), polib.pofile(str(template)))


def merge(addon):
    """Bring an addon's Vietnamese file in line with its template; return what is open."""
    template = polib.pofile(str(addon / "i18n" / f"{addon.name}.pot"))
    path = addon / "i18n/vi.po"
    translated = polib.pofile(str(path)) if path.is_file() else polib.POFile()
    translated.merge(template)
    translated.metadata = {**template.metadata, "Language": "vi"}
    translated.metadata["Plural-Forms"] = "nplurals=1; plural=0;"
    kept = [entry for entry in translated if not entry.obsolete]
    translated[:] = sorted(kept, key=lambda entry: entry.msgid)
    translated.save(str(path))
    return [entry.msgid for entry in kept if entry_problem(entry)]


def main(action, *addons):
    """``check`` or ``merge`` the named addons; exit status 1 for a failed check."""
    failed = False
    for addon in map(Path, addons):
        for sentence in check(addon) if action == "check" else merge(addon):
            print(f"{addon.name}/i18n/vi.po: {sentence}")
            failed = failed or action == "check"
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
