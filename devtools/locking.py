"""Set-up steps are idempotent and run one at a time, also across checkouts."""

import fcntl
from contextlib import contextmanager

from .console import say
from .paths import state_dir


@contextmanager
def locked(name):
    """Hold the lock ``name`` of the shared state folder; say so when it is waited for."""
    path = state_dir() / "locks" / f"{name}.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another ./dev that holds '{name}'")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
