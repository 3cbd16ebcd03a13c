"""Makes the curve that is shipped for companies with too little history, from the real sales."""

import json
from pathlib import Path

from . import retail
from .database import database, environment

FILE = Path(__file__).parents[1] / "incom_crm" / "data" / "default_chance_curve.json"
SOURCE = (
    "Online Retail (Chen, 2015; doi 10.24432/C5BW33, CC BY 4.0): one year of a British wholesaler"
)


def add_to(subparsers):
    parser = subparsers.add_parser("curve", help="write the curve shipped with the addon")
    parser.set_defaults(run=run, db=None)


def run(arguments):
    with environment(database(arguments, "curve")) as env:
        retail.load(env)
        env["incom.customer.profile"]._refresh()
        curve = (
            env["incom.customer.reference"]
            .search([("kind", "=", "chance_curve"), ("company_id", "=", env.company.id)], limit=1)
            .data
        )
    shipped = {"source": SOURCE, "ratios": curve["ratios"], "shares": curve["shares"]}
    FILE.write_text(json.dumps(shipped) + "\n", encoding="utf-8")
    print(
        f"{FILE.name}: {len(curve['ratios'])} points from {curve['ended'] + curve['open']} samples"
    )
