"""The refresh of the profile: of everybody, of nobody, of the next day, of a few (performance.md, 9: 1-6, 9)."""

from datetime import timedelta

from odoo.addons.incom_crm.engine import refresh
from odoo.addons.incom_crm.models.customer.customer_jobs import BATCH, REBUILD_SHARE

from ..bulk import vacuum
from . import floor
from .meter import MEGABYTE

FULL_RUNS = 3
SINGLE = 100
SOURCE_TABLES = (
    "res_partner sale_order sale_order_line crm_lead account_move account_move_line mail_message"
    " calendar_event incom_interaction mail_activity"
).split()


def measure(trial):
    """Fill the profile, then measure every kind of refresh.

    :return: cost of a full refresh
    """
    updates = count_updates(trial)
    fill(trial)
    full = full_refresh(trial)
    no_change(trial)
    next_day(trial)
    one_by_one(trial)
    for count in sizes(trial.n):
        incremental(trial, count, full)
    changed = count_updates(trial) - updates
    trial.add("updates of the source tables", rows=changed, ratio=changed, at_most=0)
    return full


def sizes(n):
    """Numbers of touched customers to measure."""
    return sorted({100, 1000, n // 100, n // 10} & set(range(1, n // 10 + 1)))


def fill(trial):
    with trial.meter.cost() as cost:
        rows = refresh.refresh(trial.env, None, trial.today)
        trial.env.cr.commit()
    trial.add("first fill", cost, rows=rows)
    with trial.meter.cost() as cost:
        refresh.store_references(trial.env, trial.today)
        trial.env.cr.commit()
    trial.add("references of the day", cost)
    refresh.refresh(trial.env, None, trial.today)
    vacuum(trial.env.cr, ["incom_customer_profile"])


def full_refresh(trial):
    """The full refresh against the floor, both on one process.

    :return: the cheapest of the runs
    """
    cr = trial.env.cr
    floors = {}
    for name, sources in (
        ("floor", floor.SOURCES),
        ("floor of the engine's own sources", floor.ENGINE_SOURCES),
    ):
        floors[name] = trial.meter.mean_cost(lambda sources=sources: floor.read(cr, sources))
        cr.commit()
        trial.add(name, floors[name])
    costs = []
    for number in range(1, FULL_RUNS + 1):
        with trial.meter.cost() as cost:
            rows = refresh.refresh(trial.env, None, trial.today)
            cr.commit()
        costs.append(cost)
        trial.add(f"full refresh {number}", cost, rows=rows)
    full = min(costs, key=lambda cost: cost.work)
    trial.add("full / floor", full, ratio=full.work / floors["floor"].work, at_most=6)
    own = floors["floor of the engine's own sources"]
    trial.add("full / floor of its own sources", full, ratio=full.work / own.work)
    memory = max(cost.memory for cost in costs) / MEGABYTE
    trial.add("memory of a full refresh, MB", full, ratio=memory, at_most=512)
    return full


def no_change(trial):
    with trial.meter.cost() as cost:
        rows = refresh.refresh(trial.env, None, trial.today)
        trial.env.cr.commit()
    trial.add("no-op run: rows", cost, rows=rows, ratio=rows, at_most=0)
    trial.add("no-op run: log, MB", cost, ratio=cost.wal / MEGABYTE, at_most=2)


def next_day(trial):
    """What the calendar alone rewrites in a night; afterwards it is today again."""
    tomorrow = trial.today + timedelta(days=1)
    cr = trial.env.cr
    due = trial.query(
        "SELECT partner_id FROM incom_customer_profile WHERE next_flip <= %s", (tomorrow,)
    )
    with trial.meter.cost() as cost:
        rows = refresh.refresh(trial.env, due, tomorrow)
        cr.commit()
    trial.add(
        "next day: rows rewritten, share", cost, rows=rows, ratio=rows / trial.n, at_most=0.015
    )
    missed = refresh.refresh(trial.env, None, tomorrow)
    trial.add("next day: rows a full run adds", rows=missed, ratio=missed, at_most=0)
    refresh.refresh(trial.env, None, trial.today)
    cr.commit()


def one_by_one(trial):
    """Customers touched and refreshed one at a time, as after a user's commit."""
    ids = trial.some_customers(min(SINGLE, trial.n // 10))
    touch(trial, ids)
    # a connection plans the statement for a few customers once a day
    refresh.refresh(trial.env, ids[:1], trial.today)
    rows = 0
    with trial.meter.cost() as cost:
        for customer_id in ids:
            rows += refresh.refresh(trial.env, [customer_id], trial.today)
            trial.env.cr.commit()
    trial.add(f"{len(ids)} times one customer", cost, rows=rows)
    trial.add("one customer: ms", ratio=1000 * cost.total_work / len(ids), at_most=10)


def incremental(trial, count, full):
    """Customers touched by a new contact each, refreshed the way the job does it."""
    cr = trial.env.cr
    ids = trial.some_customers(count)
    touch(trial, ids)
    rows = 0
    with trial.meter.cost() as cost:
        for batch in batches(trial, ids):
            rows += refresh.refresh(trial.env, batch, trial.today)
            cr.commit()
    trial.add(f"incremental {count}", cost, rows=rows)
    if count == 1000:
        each = cost.work / count
        trial.add("incremental 1000 / full, each", ratio=each / (full.work / trial.n), at_most=20)
        trial.add("incremental 1000: ms each", ratio=1000 * each, at_most=0.5)
    if count == trial.n // 10:
        trial.add("incremental 10 % / full", ratio=cost.work / full.work, at_most=1.1)
    stale = refresh.refresh(trial.env, None, trial.today)
    cr.commit()
    trial.add(f"incremental {count}: a full run adds", rows=stale, ratio=stale, at_most=0)


def touch(trial, ids):
    """A new contact by a colleague with each of these customers."""
    trial.env.cr.execute(
        """INSERT INTO incom_interaction (partner_id, user_id, company_id, date, channel, direction, grade,
                                          body, recorded_on, late, source_state)
           SELECT id, user_id, %s, %s::timestamp, 'phone', 'out', 'two_way', 'Called', %s, FALSE, 'kept'
             FROM res_partner WHERE id = ANY(%s)""",
        (trial.env.company.id, trial.today, trial.today, ids),
    )
    trial.env.cr.commit()


def batches(trial, ids):
    """What the job refreshes for so many touched customers: batches of them, or everybody."""
    if len(ids) > max(BATCH, REBUILD_SHARE * trial.n):
        return [None]
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def count_updates(trial):
    """Rows of the source tables updated so far."""
    trial.env.cr.execute("SELECT pg_stat_force_next_flush()")
    trial.env.cr.commit()
    [count] = trial.query(
        "SELECT coalesce(sum(n_tup_upd), 0) FROM pg_stat_user_tables WHERE relname = ANY(%s)",
        (SOURCE_TABLES,),
    )
    return int(count)
