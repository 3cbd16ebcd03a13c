"""pytest plugin: write what became of each test to a file, for a comparison of two runs.

Odoo's own tests are chosen as Odoo chooses them: those tagged ``standard``.
"""

import json


def pytest_addoption(parser):
    """The file to write."""
    parser.addoption("--outcomes", help="JSON file for the outcome of every test")


def pytest_configure(config):
    """Start collecting."""
    config.pluginmanager.register(Outcomes(config.getoption("--outcomes")), "outcomes")


def pytest_collection_modifyitems(items):
    """Leave out what Odoo itself would not run by default."""
    items[:] = [item for item in items if "standard" in getattr(item.cls, "test_tags", ())]


class Outcomes:
    """Node id to the worst outcome of its phases and subtests."""

    RANK = ("passed", "skipped", "failed")

    def __init__(self, path):
        self.path = path
        self.found = {}

    def pytest_runtest_logreport(self, report):
        outcomes = (report.outcome, self.found.get(report.nodeid, "passed"))
        self.found[report.nodeid] = max(outcomes, key=self.RANK.index)

    def pytest_collectreport(self, report):
        if report.failed:
            self.found[f"collection of {report.nodeid}"] = "failed"

    def pytest_sessionfinish(self):
        with open(self.path, "w") as handle:
            json.dump(self.found, handle, indent=1, sort_keys=True)
