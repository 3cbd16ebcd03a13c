"""Read from Odoo's log what became of each test."""

import re
from collections import Counter

LINE = re.compile(
    r"^\S+ \S+ \d+ (?:INFO|ERROR) \S+ odoo\.addons\.(?P<module>\w+\.tests[\w.]*): "
    r"(?:(?P<start>Starting)|(?P<skip>skipped)|(?P<fail>FAIL|ERROR):) "
    r"(?:Subtest )?(?P<test>[\w.]+)(?P<rest>.*)$"
)


def outcomes(log):
    """Test id to ``passed``, ``skipped`` or how often it failed, subtests counted."""
    found, failures = {}, Counter()
    for line in log.splitlines():
        match = LINE.match(line)
        if not match:
            continue
        test = f"{match['module']}:{match['test']}"
        if match["start"]:
            found.setdefault(test, "passed")
        elif match["skip"]:
            found[test] = "skipped"
        else:
            failures[test] += 1
    return found | {test: f"failed {count}x" for test, count in failures.items()}


def tag_of(test):
    """What selects a test on Odoo's command line."""
    module, _colon, name = test.partition(":")
    return f"/{module.partition('.')[0]}:{name}"


def differences(without, with_addon):
    """Sentences by test id for what is not the same in two runs."""
    absent = "not run"
    return {
        test: f"{without.get(test, absent)} without the addon, {with_addon.get(test, absent)} with"
        for test in sorted({*without, *with_addon})
        if without.get(test, absent) != with_addon.get(test, absent)
    }
