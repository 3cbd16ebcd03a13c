"""pytest plugin: a run fails on an unexpected skip, and when no test ran.

Odoo skips browser tests when something is missing on the machine; without this a run
that tested nothing would look green.
"""

from pathlib import Path

import pytest

from .reasons import read_reasons

ALLOWED = Path(__file__).with_name("allowed_skips.toml")


class SkipJudge:
    """Collects what ran and what was skipped, and decides at the end."""

    def __init__(self, allowed):
        self.allowed = allowed
        self.ran = 0
        self.skipped = {}

    def note(self, node, outcome, reason):
        """Take one report into account."""
        if outcome == "skipped":
            self.skipped[node] = reason
        else:
            self.ran += 1

    def verdict(self):
        """Sentences for what is wrong, none if all is well."""
        found = [
            f"unexpected skip: {node}: {reason}"
            for node, reason in sorted(self.skipped.items())
            if node not in self.allowed
        ]
        return found + ([] if self.ran else ["no test ran"])

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        if hasattr(report, "wasxfail"):
            return
        if report.when == "call" or report.skipped:
            self.note(report.nodeid, report.outcome, skip_reason(report))

    @pytest.hookimpl
    def pytest_collectreport(self, report):
        if report.skipped:
            self.note(report.nodeid, "skipped", skip_reason(report))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session, exitstatus):
        # Before the terminal's closing line, which stays the last one.
        if exitstatus == pytest.ExitCode.OK and self.verdict():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl
    def pytest_terminal_summary(self, terminalreporter, config):
        if self.verdict() and not config.option.collectonly:
            terminalreporter.section("skips and missing tests", red=True)
            for sentence in self.verdict():
                terminalreporter.write_line(sentence)


def skip_reason(report):
    """The reason of a skip, which pytest keeps as (file, line, reason)."""
    told = report.longrepr
    return told[2] if isinstance(told, tuple) else str(told or "")


def pytest_configure(config):
    """Start judging."""
    if not config.option.collectonly:
        config.pluginmanager.register(SkipJudge(read_reasons(ALLOWED)), "skip-judge")
