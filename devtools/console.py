"""What the person at the terminal sees: steps, warnings and one-sentence failures."""

import sys
import time
from contextlib import contextmanager


class DevError(Exception):
    """Something is missing or failed; the message is shown without a traceback."""


def say(message):
    """Progress goes to stderr, which leaves stdout to the tools that are run."""
    print(f"dev: {message}", file=sys.stderr, flush=True)


@contextmanager
def step(message):
    """Announce a slow step and tell how long it took."""
    say(f"{message} ...")
    started = time.monotonic()
    yield
    say(f"{message}: done in {time.monotonic() - started:.0f} s")
