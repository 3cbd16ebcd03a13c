"""Lists of accepted deviations: a name and the reason why it is accepted."""

import re

LINE = re.compile(r'"([^"]+)" *= *"([^"]+)"')


def read_reasons(path):
    """Entries ``"name" = "reason"`` of a TOML file; tomllib is younger than Python 3.10."""
    found = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError(f'{path}:{number}: expected "name" = "reason"')
        found[match[1]] = match[2]
    return found
