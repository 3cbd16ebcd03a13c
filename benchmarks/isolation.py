"""``./dev bench isolation``: what the rules cost a salesperson, a leader and a director."""

from datetime import datetime

from devtools.paths import state_dir

from . import sales
from .database import database, environment
from .perf import generate
from .perf.meter import Report
from .perf.trial import Trial

CUSTOMERS = 300_000
SEED = 0.42
# Leaders of so many salespeople, heads of so many leaders; the rest hang below the director.
TEAM, AREA = 11, 5
ROWS = 80
LIMITS = {"salesperson": 2.2, "leader": 2.2, "director": 1.5}
SURFACES = {
    "res.partner": (["display_name", "phone", "email", "user_id"], "industry_id"),
    "crm.lead": (["name", "partner_id", "user_id", "expected_revenue"], "stage_id"),
    "sale.order": (["name", "date_order", "partner_id", "amount_total"], "state"),
}


def add_to(subparsers):
    parser = subparsers.add_parser(
        "isolation", help="measure lists, counts and groupings under the rules, with PASS or FAIL"
    )
    parser.add_argument("--n", type=int, default=CUSTOMERS, help="number of customers")
    parser.add_argument("--seed", type=float, default=SEED, help="between -1 and 1")
    parser.add_argument("--db", help="database for measurements; a new one by default")
    parser.add_argument("--json", help="file for the measures")
    parser.set_defaults(run=run)


def run(arguments):
    with environment(database(arguments, f"isolation_{arguments.n}")) as env:
        if not env["sale.order"].search_count([], limit=1):
            generate.generate(env, arguments.n, arguments.seed, generate.today())
        people = set_up_people(env)
        trial = Trial(env, arguments.n, generate.today(), arguments.seed, Report())
        measure(trial, people)
        path = state_dir() / "bench" / f"isolation-{datetime.now():%Y%m%d-%H%M%S}.json"
        trial.report.save(path, {"customers": arguments.n, "seed": arguments.seed})
        print(f"{len(trial.report.failed)} failed of {len(trial.report.lines)} lines; {path}")
        return int(bool(trial.report.failed))


def set_up_people(env):
    """The tree of superiors over the salespeople, and isolation switched on.

    :return: ``{role: user}``; the administrator is what the others are compared with
    """
    everybody = sales.salespeople(env, env.company, generate.SALESPEOPLE)
    leaders = everybody[:: TEAM + 1]
    heads = leaders[:: AREA + 1]
    for leader, position in zip(leaders, range(0, len(everybody), TEAM + 1), strict=True):
        everybody[position + 1 : position + TEAM + 1].crm_manager_id = leader
    for head, position in zip(heads, range(0, len(leaders), AREA + 1), strict=True):
        leaders[position + 1 : position + AREA + 1].crm_manager_id = head
    top, below = heads[0], heads[1:]
    below.crm_manager_id = top
    director = everybody[-1]
    director.group_ids += env.ref("incom_crm.group_director")
    env["incom.isolation"]._switch(True)
    env.cr.commit()
    return {
        "administrator": env.ref("base.user_admin"),
        "salesperson": everybody[2],
        "leader": leaders[1],
        "director": director,
        "superior of all": top,
    }


def measure(trial, people):
    """One line per model, way of looking and role, against the administrator's."""
    for model, (names, group) in SURFACES.items():
        specification = {name: {} for name in names}
        ways = {
            "list": lambda records, asked=specification: records.web_search_read(
                [], asked, limit=ROWS, count_limit=ROWS + 1
            ),
            "count": lambda records: records.search_count([]),
            "group": lambda records, by=group: records.formatted_read_group([], [by], ["__count"]),
        }
        for way, look in ways.items():
            measure_way(trial, people, model, way, look)


def measure_way(trial, people, model, way, look):
    costs = {}
    for role, user in people.items():
        records = (
            trial.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        )
        look(records)
        costs[role] = trial.meter.mean_cost(lambda records=records: fresh(records, look))
        limit = {"at_most": LIMITS[role]} if role in LIMITS else {}
        ratio = costs[role].total_work / costs["administrator"].total_work
        trial.add(f"{way} of {model}, {role}", costs[role], ratio=ratio, **limit)


def fresh(records, look):
    """As a new request would: nothing of the records in memory."""
    records.env.invalidate_all()
    look(records)
