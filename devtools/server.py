"""The Odoo server of a database: start it, know whether it runs, stop it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .console import DevError
from .paths import CHECKOUT, state_dir

USUAL_PORT = 8069
START_SECONDS = 120
STOP_SECONDS = 20


def record_of(database):
    """File that remembers the running server of a database."""
    folder = state_dir() / "run"
    folder.mkdir(exist_ok=True)
    return folder / f"{database}.json"


def log_of(database):
    """The server's log."""
    folder = state_dir() / "logs"
    folder.mkdir(exist_ok=True)
    return folder / f"{database}-server.log"


def running(database):
    """Record of the running server of a database, None if there is none."""
    path = record_of(database)
    if not path.is_file():
        return None
    record = json.loads(path.read_text())
    if is_ours(record["pid"], database):
        return record
    path.unlink(missing_ok=True)
    return None


def is_ours(pid, database):
    """Whether the process is still the server: process ids are used again."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as handle:
            words = handle.read().split(b"\0")
    except OSError:
        return False
    return b"odoo" in words and database.encode() in words


def stop(database):
    """Stop the server of a database; return whether there was one."""
    record = running(database)
    if not record:
        return False
    os.kill(record["pid"], signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while is_ours(record["pid"], database) and time.monotonic() < deadline:
        time.sleep(0.1)
    if is_ours(record["pid"], database):
        os.kill(record["pid"], signal.SIGKILL)
    record_of(database).unlink(missing_ok=True)
    return True


def recorded_databases():
    """Databases that a server was started for."""
    return [path.stem for path in sorted(record_of("_").parent.glob("*.json"))]


def choose_port(wanted=None):
    """The port that was asked for, else Odoo's usual one, else any free one."""
    for port in [wanted] if wanted else [USUAL_PORT, 0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise DevError(f"Port {wanted} is in use; choose another with --port, or none at all.")


def start(context, database, port, options, detach):
    """Start the server and wait until it answers; return its process."""
    command = context.odoo_command(
        *("-d", database, f"--db-filter=^{database}$", "--http-interface=127.0.0.1"),
        *(f"--http-port={port}", "--max-cron-threads=1", *options),
    )
    with log_of(database).open("w") as sink:
        process = subprocess.Popen(
            command,
            env=context.environment,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=detach,
        )
    record = {"pid": process.pid, "address": f"http://localhost:{port}"}
    record_of(database).write_text(json.dumps(record))
    wait_until_ready(process, f"http://127.0.0.1:{port}/web/login", log_of(database))
    return process


def wait_until_ready(process, address, log):
    """Ask for the log-in page, which also makes the server ready for the first person."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-30:])
            raise DevError(f"The server ended at start (whole log: {log}):\n{tail}")
        try:
            with urllib.request.urlopen(address, timeout=60):
                return
        except urllib.error.HTTPError as error:
            raise DevError(f"The server answers {error.code}, see {log}.") from None
        except OSError:
            time.sleep(0.3)
    raise DevError(f"The server did not answer within {START_SECONDS} s, see {log}.")
