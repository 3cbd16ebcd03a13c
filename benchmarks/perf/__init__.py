"""``./dev bench perf``: the twelve ratios of the performance guide, each with its limit."""

import os
from datetime import date, datetime

from devtools.paths import state_dir

from ..database import database, environment
from . import dashboard, generate, hook, orm, refreshing, writers
from .meter import Report
from .trial import Trial

SIZES = "10000,100000"
SEED = 0.42
# The size that a salesperson's dashboard is compared with, and how much growth may cost.
LINEAR_SHARE = 1.3
SETTINGS = (
    "server_version shared_buffers work_mem fsync synchronous_commit full_page_writes jit"
    " max_parallel_workers_per_gather"
).split()


def add_to(subparsers):
    parser = subparsers.add_parser(
        "perf", help="measure the engine on made-up customers, with PASS or FAIL"
    )
    parser.add_argument("--n", default=SIZES, help=f"numbers of customers, by default {SIZES}")
    parser.add_argument("--seed", type=float, default=SEED, help="between -1 and 1")
    parser.add_argument("--today", type=date.fromisoformat, help="the frozen day, today by default")
    parser.add_argument(
        "--db", help="database for measurements, for a single size; a new one by default"
    )
    parser.add_argument("--json", help="file for the measures")
    parser.set_defaults(run=run)


def run(arguments):
    sizes = [int(size) for size in arguments.n.split(",")]
    report = None
    found = {}
    for size in sizes:
        name = database(arguments, str(size))
        with environment(name) as env:
            today = arguments.today or generate.today()
            if report is None:
                head = describe(env, arguments, today)
                print("\n".join(f"{key}: {value}" for key, value in head.items()))
            generate.generate(env, size, arguments.seed, today)
            report = report or Report()
            trial = Trial(env, size, today, arguments.seed, report)
            found[size] = measure(trial, is_first=size == sizes[0])
    compare_sizes(report, found)
    path = state_dir() / "bench" / f"perf-{datetime.now():%Y%m%d-%H%M%S}.json"
    report.save(path, head)
    print(f"{len(report.failed)} failed of {len(report.lines)} lines; {path}")
    return int(bool(report.failed))


def measure(trial, is_first):
    """All measures of one size.

    :return: what is compared between sizes: cost of a full refresh and of a salesperson's dashboard
    """
    full = refreshing.measure(trial)
    orm.measure(trial, full)
    board = dashboard.measure(trial)
    if is_first:
        hook.measure(trial)
        writers.measure(trial)
    return full, board


def compare_sizes(report, found):
    """Time must grow with the customers, and a salesperson must not feel the others'."""
    sizes = sorted(found)
    for small, large in zip(sizes, sizes[1:], strict=False):
        growth = found[large][0].work / found[small][0].work
        report.add(
            f"full refresh: {large} / {small}",
            large,
            ratio=growth,
            at_most=LINEAR_SHARE * large / small,
        )
        board = found[large][1].total_work / found[small][1].total_work
        report.add(f"dashboard of a salesperson / {small}", large, ratio=board, at_most=2)


def describe(env, arguments, today):
    """What the figures depend on."""
    head = {
        "sizes": arguments.n,
        "seed": arguments.seed,
        "today": today,
        "processors": os.cpu_count(),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }
    for setting in SETTINGS:
        env.cr.execute("SELECT current_setting(%s)", (setting,))
        head[setting] = env.cr.fetchone()[0]
    return head
