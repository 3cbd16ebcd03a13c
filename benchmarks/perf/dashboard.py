"""Twenty-five tiles counted in one pass, against counting them one by one (9: 7 and 8)."""

from odoo.fields import Domain
from odoo.tools import SQL

from .. import sales

# Below the clock's resolution.
TINY = 1e-6
DAYS = (7, 30, 90)
TILES = {
    **{
        f"alert {alert}": [("care_alert", "=", alert)]
        for alert in ("ok", "needs_care", "missed", "neglected")
    },
    **{
        f"status {status}": [("purchase_status", "=", status)]
        for status in ("never", "in_cycle", "due", "late", "stopped")
    },
    **{
        f"stage {stage}": [("approach_stage", "=", stage)]
        for stage in ("before", "buying", "lapsed")
    },
    **{f"class {letter}": [("customer_class", "=", letter)] for letter in "abc"},
    **{f"silent since {days}": [("last_care_date", "<", f"today -{days}d")] for days in DAYS},
    **{f"bought in {days}": [("last_purchase_date", ">=", f"today -{days}d")] for days in DAYS},
    "overdue": [("overdue_amount", ">", 0)],
    "unsigned": [("unsigned_amount", ">", 0)],
    "not exploited": [("not_exploited", "=", True)],
    "badly exploited": [("badly_exploited", "=", True)],
}


def one_pass(profile, scope):
    """All tiles of the rows in scope, with the rules of the user.

    :return: the counts, in the order of ``TILES``
    """
    query = profile._search(scope)
    counts = SQL(", ").join(
        SQL(
            "count(*) FILTER (WHERE %s)",
            Domain(tile).optimize_full(profile)._to_sql(profile, profile._table, query),
        )
        for tile in TILES.values()
    )
    [row] = profile.env.execute_query(query.select(counts))
    return list(row)


def one_by_one(profile, scope):
    return [profile.search_count(scope + tile) for tile in TILES.values()]


def measure(trial):
    """What a salesperson and the director wait for.

    :return: cost of the salesperson's dashboard
    """
    env = trial.env
    salesperson = env["res.users"].search([("login", "=", sales.LOGIN.format(1))])
    costs = {}
    for role, user in (("salesperson", salesperson), ("director", env.ref("base.user_admin"))):
        profile = env["incom.customer.profile"].with_user(user)
        scope = [("user_id", "=", user.id)] if role == "salesperson" else []
        costs[role] = measure_role(trial, role, profile, scope)
        measure_cockpit(trial, role, env["incom.cockpit"].with_user(user))
    return costs["salesperson"]


def measure_role(trial, role, profile, scope):
    cr = trial.env.cr
    if one_pass(profile, scope) != one_by_one(profile, scope):
        raise AssertionError(f"the dashboard of the {role} counts other than its lists")
    queries = cr.sql_log_count
    one_pass(profile, scope)
    queries = cr.sql_log_count - queries
    visible = profile.search_count(scope)
    once = trial.meter.mean_cost(lambda: one_pass(profile, scope))
    each = trial.meter.mean_cost(lambda: one_by_one(profile, scope))
    count = trial.meter.mean_cost(lambda: profile.search_count(scope))
    cr.commit()
    trial.add(f"dashboard of a {role}: queries", once, rows=visible, ratio=queries, at_most=3)
    trial.add(
        f"dashboard of a {role} / counts",
        each,
        ratio=once.total_work / each.total_work,
        at_most=0.25,
    )
    limit = {"at_most": 12} if role == "director" else {}
    trial.add(
        f"dashboard of a {role} / count(*)", count, ratio=once.work / max(count.work, TINY), **limit
    )
    return once


def measure_cockpit(trial, role, cockpit):
    """The page as it is: all its numbers, against counting the lists behind them one by one."""

    def counts_of_lists():
        return [
            cockpit.env[tile["res_model"]].search_count(tile["domain"]) for tile in tiles.values()
        ]

    tiles = cockpit.get_tiles(role)
    if [tile["count"] for tile in tiles.values()] != counts_of_lists():
        raise AssertionError(f"the cockpit of the {role} counts other than its lists")
    once = trial.meter.mean_cost(lambda: cockpit.get_tiles(role))
    each = trial.meter.mean_cost(counts_of_lists)
    past = trial.meter.mean_cost(lambda: cockpit.get_tiles(role, "last_month"))
    page = trial.meter.mean_cost(lambda: cockpit.get_page(role))
    trial.env.cr.commit()
    trial.add(
        f"cockpit of a {role} / its lists",
        once,
        rows=tiles["all"]["count"],
        ratio=once.total_work / each.total_work,
    )
    trial.add(
        f"cockpit of a {role}, last month / this month",
        past,
        ratio=past.total_work / once.total_work,
    )
    trial.add(f"whole page of a {role} / numbers", page, ratio=page.total_work / once.total_work)
