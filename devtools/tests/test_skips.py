"""A skip that nobody allowed, or a run without tests, is a failure."""

import subprocess
import sys

from devtools.paths import CHECKOUT
from devtools.pytest_plugin import SkipJudge


def run_pytest(folder, text):
    (folder / "test_sample.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "devtools.pytest_plugin"]
    command += ["-p", "no:odoo", "-p", "no:cacheprovider", "."]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(CHECKOUT)}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_unexpected_skip_fails_the_run(tmp_path):
    run = run_pytest(
        tmp_path,
        "import pytest\ndef test_a(): pass\n@pytest.mark.skip('no browser')\ndef test_b(): pass\n",
    )
    assert run.returncode == 1
    assert "unexpected skip: test_sample.py::test_b: Skipped: no browser" in run.stdout
    assert run.stdout.splitlines()[-1].strip("= ").startswith("1 passed, 1 skipped")


def test_run_without_skip_passes(tmp_path):
    assert run_pytest(tmp_path, "def test_a(): pass\n").returncode == 0


def test_no_test_fails_the_run(tmp_path):
    assert run_pytest(tmp_path, "").returncode != 0


def test_allowed_skip_passes():
    judge = SkipJudge({"a::b": "why"})
    judge.note("a::b", "skipped", "known")
    judge.note("a::c", "passed", "")
    assert judge.verdict() == []


def test_only_allowed_skips_is_no_test():
    judge = SkipJudge({"a::b": "why"})
    judge.note("a::b", "skipped", "known")
    assert judge.verdict() == ["no test ran"]
