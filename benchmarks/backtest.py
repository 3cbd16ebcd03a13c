"""The back-test of the addon on the real sales and on simulated ones."""

from . import populations, retail
from .database import database, environment
from .tables import print_table

PERCENT = ".1%"
LIFT = ".2f"


def add_to(subparsers):
    parser = subparsers.add_parser(
        "backtest", help="walk through the past of real and simulated sales"
    )
    parser.add_argument(
        "--data", nargs="+", choices=("retail", *populations.POPULATIONS), default=["retail"]
    )
    parser.add_argument("--db", help="database for measurements that has sales already")
    parser.set_defaults(run=run)


def run(arguments):
    if arguments.db:
        show(database(arguments, ""))
        return
    for data in arguments.data:
        name = database(arguments, data)
        print(f"\n== {data}")
        with environment(name) as env:
            load(env, data)
        show(name)


def load(env, data):
    if data == "retail":
        retail.load(env)
    else:
        populations.load(env, populations.POPULATIONS[data]())


def show(name):
    """Run the back-test of a database's company and print what it found."""
    with environment(name) as env:
        found = env["incom.backtest"]._run(env.company)
        curve = "the shipped curve" if found.default_curve else f"{found.sample_count} samples"
        print(f"Customers with a confirmed cycle on 13 days, a week apart; chance from {curve}")
        print_table(
            f"Due list: orders within {found.due_days} days",
            due_lists(found),
            {"base rate": PERCENT, "precision": PERCENT, "recall": PERCENT, "lift": LIFT},
        )
        if found.by_chance_alone:
            print(f"  lift of the rule below {found.min_lift}: the list is ranked by chance alone")
        print_table(
            "Week by week",
            [of_week(week) for week in found.week_ids],
            {"rule": LIFT, "chance": LIFT},
        )
        print_table(
            "Calibration of the chance, in tenths of the predictions",
            [of_bin(tenth) for tenth in found.bin_ids],
            {"predicted": PERCENT, "ordered": PERCENT},
        )
        print_table(
            f"Stopped: no order within {found.horizon_days} days",
            [of_stopped(found)],
            {"gone": PERCENT, "precision": PERCENT, "recall": PERCENT},
        )
        print(
            f"  who comes back, area under the curve: chance {found.chance_auc:.3f},"
            f" last purchase {found.recency_auc:.3f}"
        )


def due_lists(found):
    shared = {
        "predictions": found.eligible_count,
        "base rate": found.base_rate,
        "listed": found.listed_count,
    }
    return [
        {
            "list": by,
            **shared,
            "precision": found[f"{by}_precision"],
            "recall": found[f"{by}_recall"],
            "lift": found[f"{by}_lift"],
        }
        for by in ("rule", "chance")
    ]


def of_week(week):
    return {
        "day": week.day,
        "customers": week.eligible_count,
        "ordered": week.ordered_count,
        "listed": week.listed_count,
        "rule": week.rule_lift,
        "chance": week.chance_lift,
    }


def of_bin(tenth):
    return {
        "tenth": tenth.sequence,
        "predictions": tenth.prediction_count,
        "predicted": tenth.predicted,
        "ordered": tenth.observed,
    }


def of_stopped(found):
    return {
        "predictions": found.judged_count,
        "gone": found.gone_rate,
        "called stopped": found.stopped_count,
        "precision": found.stopped_precision,
        "recall": found.stopped_recall,
        "false alarms": found.false_alarm_count,
    }
