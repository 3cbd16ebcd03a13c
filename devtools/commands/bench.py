"""Measurements, written by the package ``benchmarks``."""

import subprocess

from ..console import DevError
from ..context import prepare
from ..paths import CHECKOUT


def bench(arguments):
    """Run the benchmarks; arguments are theirs."""
    if not (CHECKOUT / "benchmarks/__main__.py").is_file():
        raise DevError(f"No benchmarks/__main__.py was found in {CHECKOUT}.")
    context = prepare()
    command = [context.python, "-m", "benchmarks", *arguments]
    return subprocess.run(command, env=context.environment, cwd=CHECKOUT, check=False).returncode
