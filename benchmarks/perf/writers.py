"""Users who write while everybody is refreshed (9: 10)."""

import json
import os
import random
import statistics
import subprocess
import sys
import time

from psycopg2 import OperationalError
from psycopg2.extensions import TransactionRollbackError

from odoo.addons.incom_crm.engine import refresh

from ..database import database, environment
from .hook import post_message

WRITERS = 2
SECONDS = 20
# So often everybody is refreshed meanwhile.
PAUSE_SECONDS = 1
OWNER_SHARE = 0.1


def add_to(subparsers):
    parser = subparsers.add_parser(
        "writer", help="a user who writes for some seconds; perf starts it"
    )
    parser.add_argument("--db", required=True)
    parser.add_argument("--seed", required=True)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.set_defaults(run=run)


def run(arguments):
    """Write, one transaction after the other, and print what became of them as JSON."""
    name = database(arguments, "")
    with environment(name) as env:
        env = env(user=env.ref("base.user_admin"), su=False)
        print(json.dumps(write(env, random.Random(arguments.seed), arguments.seconds)))


def write(env, draw, seconds):
    partners = env["incom.customer.profile"].search([]).partner_id.ids
    users = env["res.users"].search([("share", "=", False)]).ids
    times, failures = [], 0
    sys.stdin.readline()  # all writers start together
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            transaction(env, draw, draw.choice(partners), users)
            env.cr.commit()
            times.append(time.monotonic() - start)
        except (TransactionRollbackError, OperationalError):
            env.cr.rollback()
            failures += 1
        env.invalidate_all()
    return {"done": len(times), "failed": failures, "p50_ms": 1000 * statistics.median(times)}


def transaction(env, draw, partner_id, users):
    partner = env["res.partner"].browse(partner_id)
    if draw.random() < OWNER_SHARE:
        partner.user_id = draw.choice(users)
    kind = draw.choice(("edit", "order", "message"))
    if kind == "edit":
        partner.phone = str(draw.randrange(10**9))
    elif kind == "order":
        env["sale.order"].create({"partner_id": partner_id})
    else:
        post_message(env, partner)


def measure(trial):
    """The writers alone, then beside refreshes of everybody."""
    alone = race(trial, refreshing=False)
    beside = race(trial, refreshing=True)
    for title, found in (("alone", alone), ("beside refreshes", beside)):
        trial.add(
            f"writers {title}: failed, share", rows=found["done"], ratio=found["failed_share"]
        )
    more = beside["failed_share"] - alone["failed_share"]
    trial.add("writers: more failures, share", rows=beside["done"], ratio=more, at_most=0.005)
    slower = beside["p50_ms"] / alone["p50_ms"]
    trial.add("writers: median time", rows=beside["done"], ratio=slower, at_most=1.1)
    share = beside["refresh_failed"] / (beside["refreshed"] + beside["refresh_failed"])
    trial.add(
        "refreshes failed beside writers", rows=beside["refreshed"], ratio=share, at_most=0.02
    )


def race(trial, refreshing):
    found = {"refreshed": 0, "refresh_failed": 0}
    writers = [
        start_writer(trial.env.cr.dbname, f"{trial.seed} {number}") for number in range(WRITERS)
    ]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    while any(writer.poll() is None for writer in writers):
        if refreshing:
            refresh_everybody(trial.env, found)
        time.sleep(PAUSE_SECONDS)
    results = [json.loads(writer.stdout.read().splitlines()[-1]) for writer in writers]
    done, failed = (sum(result[key] for result in results) for key in ("done", "failed"))
    return found | {
        "done": done,
        "failed_share": failed / (done + failed),
        "p50_ms": statistics.mean(result["p50_ms"] for result in results),
    }


def refresh_everybody(env, found):
    """The job's refresh, chunk by chunk; a failed chunk is left to the next run, as the job does."""
    chunks = []
    try:
        refresh.rebuild(env, lambda: (env.cr.commit(), chunks.append(1)))
    except TransactionRollbackError:
        env.cr.rollback()
        found["refresh_failed"] += 1
    found["refreshed"] += len(chunks)


def start_writer(name, seed):
    command = [sys.executable, "-m", "benchmarks", "writer", "--db", name, "--seed", seed]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
