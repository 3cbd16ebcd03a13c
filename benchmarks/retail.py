"""The real sales of a British wholesaler (see ``data/README.md``) as a company's history."""

import lzma
import time
from datetime import date
from pathlib import Path

from . import sales
from .database import database, environment
from .tables import print_table

FILE = Path(__file__).parent / "data" / "online_retail.csv.xz"
TIME_ZONE = "Europe/London"
CURRENCY = "GBP"


def add_to(subparsers):
    parser = subparsers.add_parser(
        "retail", help="load the real sales and show what the engine makes of them"
    )
    parser.add_argument("--db", help="database for measurements, a new one by default")
    parser.add_argument(
        "--today", type=date.fromisoformat, help="the day the last one of the file becomes"
    )
    parser.set_defaults(run=run)


def run(arguments):
    name = database(arguments, "retail")
    with environment(name) as env:
        start = time.monotonic()
        customers, orders, lines = load(env, arguments.today)
        print(f"{name}: {customers} customers, {orders} orders, {lines} lines", end=" ")
        print(f"loaded in {time.monotonic() - start:.1f} s")
        start = time.monotonic()
        written = env["incom.customer.profile"]._refresh()
        print(f"engine: {written} rows in {time.monotonic() - start:.2f} s")
        for title, field in (
            ("Approach level", "approach_level_id"),
            ("Evidence of the cycle", "purchase_cycle_evidence"),
            ("Purchase cycle", "purchase_cycle_id"),
            ("Purchase status", "purchase_status"),
            ("Care alert", "care_alert"),
            ("Class", "customer_class"),
        ):
            print_table(title, distribution(env, field))


def distribution(env, field):
    """How many customers have each value of a field of the profile."""
    groups = env["incom.customer.profile"]._read_group([], [field], ["__count"])
    total = sum(count for _value, count in groups)
    return [
        {
            "value": getattr(value, "display_name", value) or "none",
            "customers": count,
            "share": f"{count / total:.1%}",
        }
        for value, count in groups
    ]


def load(env, today=None):
    """Load the file into the environment's company, which becomes a British one.

    The company's currency and time zone are changed, so it must not have sold anything before.

    :param date today: the day the last one of the file becomes, the company's today by default
    :return: number of customers, orders and lines
    """
    company = env.company
    company.incom_tz = TIME_ZONE
    currency = env["res.currency"].with_context(active_test=False).search([("name", "=", CURRENCY)])
    currency.active = True
    company.currency_id = currency
    sales.create_lines(env.cr)
    with lzma.open(FILE, "rt", encoding="utf-8") as file:
        env.cr.copy_expert(
            "COPY bench_line (customer, sold_at, product, quantity, unit_price, country)"
            " FROM STDIN WITH (FORMAT csv, HEADER)",
            file,
        )
    return sales.load(env, company, today)
