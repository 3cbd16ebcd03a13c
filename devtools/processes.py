"""Run other programs quietly and show what they said only when they fail."""

import subprocess

from .console import DevError

SHOWN_LINES = 25


def run_quietly(command, what, **options):
    """Run ``command``, return its standard output, raise with its last lines."""
    options.setdefault("stdout", subprocess.PIPE)
    options.setdefault("stderr", subprocess.PIPE)
    result = subprocess.run(
        [str(part) for part in command],
        text=True,
        errors="replace",
        check=False,
        **options,
    )
    if result.returncode:
        said = ((result.stdout or "") + (result.stderr or "")).strip().splitlines()
        tail = "\n".join(said[-SHOWN_LINES:])
        raise DevError(f"{what} failed (exit status {result.returncode}):\n{tail}")
    return result.stdout
