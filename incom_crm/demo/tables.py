"""The demo company's data tables: CSV and JSON files beside the code."""

import csv
import json
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def rows(name):
    """Rows of ``data/<name>.csv`` as dictionaries of texts."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def phrases():
    """What people write: sentences by occasion, with named placeholders."""
    return json.loads((HERE / "data" / "phrases.json").read_text(encoding="utf-8"))


@cache
def logins():
    """Who can log in: dictionaries with login, password, role and name (and team)."""
    return json.loads((HERE / "logins.json").read_text(encoding="utf-8"))
