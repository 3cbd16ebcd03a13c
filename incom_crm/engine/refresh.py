"""Compute the rows of ``incom_customer_profile``, compare, and write only what differs.

One text of SQL serves one customer, a batch and everybody: ``_sources`` names the relations in order,
each with the same scope placeholder. For a few customers they become the CTEs of one statement; for
many, temporary tables with statistics. Nothing here commits: the jobs that do call these functions.
"""

import hashlib
from contextlib import contextmanager
from typing import NamedTuple

from odoo.tools import SQL

from . import care, chance, customers, money, purchases, reference, trigger
from .calendar import all_companies, companies
from .profile import COLUMNS, profile
from .relations import PLAN_FOR_EVERYBODY, ctes, planned_for_few, tables

# Up to this many customers one statement of CTEs is faster than temporary tables.
CTE_LIMIT = 100
# Rows written per transaction in a rebuild.
CHUNK = 2000
# A rebuild holds this advisory lock; refreshes of single customers share it.
LOCK_KEY = 0x1C0C2A

VALUES = COLUMNS[2:]

moved_by_references = reference.moved


def compute(env, partner_ids=None, today=None) -> list[dict]:
    """The rows as they should stand, without writing anything.

    :param partner_ids: commercial entities, None for everybody
    :param date today: the day to compute for; purchases, cycle, purchase status and last care may be asked
        for any past day, the other columns take today's documents
    """
    env.flush_all()
    names = SQL(", ").join(SQL.identifier(column) for column in COLUMNS)
    with _computed(env, partner_ids, today) as with_clause:
        return env.execute_query_dict(SQL("%s SELECT %s FROM incom_t_profile", with_clause, names))


def refresh(env, partner_ids=None, today=None) -> int:
    """Bring the rows of these customers (None: everybody) up to date in the current transaction.

    :return: number of rows inserted, updated or deleted
    """
    env.flush_all()
    if partner_ids is not None and len(partner_ids) <= CTE_LIMIT:
        count = _refresh_prepared(env, partner_ids, today)
    else:
        with _computed(env, partner_ids, today) as with_clause:
            [(count,)] = env.execute_query(_apply(with_clause, _in_scope(_ids(partner_ids))))
    env["incom.customer.profile"].invalidate_model()
    return count


def _refresh_prepared(env, partner_ids, today) -> int:
    """A few customers: one statement, prepared once per connection and day.

    Writing and planning it take ten times as long as running it, and it runs after many a user's commit.
    Nothing but the settings makes it differ.
    """
    settings = _settings(env, today)
    name = f"incom_refresh_{hashlib.sha256(repr(settings).encode()).hexdigest()[:16]}"
    cr = env.cr
    cr.execute(SQL("SELECT 1 FROM pg_prepared_statements WHERE name = %s", name))
    if not cr.rowcount:
        scope = SQL("$1")
        statement = _apply(ctes(_sources(settings, _scope(scope))), _in_scope(scope))
        cr.execute(SQL("PREPARE %s (int[]) AS %s", SQL.identifier(name), statement))
    cr.execute(SQL("SET LOCAL plan_cache_mode = force_generic_plan"))
    cr.execute(SQL("EXECUTE %s (%s::int[])", SQL.identifier(name), list(partner_ids)))
    [(count,)] = cr.fetchall()
    cr.execute(SQL("SET LOCAL plan_cache_mode = auto"))
    return count


def rebuild(env, commit):
    """Bring everybody up to date: compute once, then write in chunks, each its own transaction.

    :param commit: called after computing and after each chunk; the temporary tables outlive it
    :return: number of rows written
    """
    env.flush_all()
    with _computed(env, None, None) as with_clause:
        env.execute_query(
            SQL(
                """DROP TABLE IF EXISTS pg_temp.incom_t_changed;
                   CREATE TEMP TABLE incom_t_changed AS
                   %s SELECT %s, row_number() OVER () AS line FROM (%s) AS changed""",
                with_clause,
                SQL(", ").join(SQL.identifier(column) for column in COLUMNS),
                _changed(),
            )
        )
        commit()
        total = _delete_gone(env)
        [(lines,)] = env.execute_query(SQL("SELECT count(*) FROM incom_t_changed"))
        for start in range(0, lines, CHUNK):
            chunk = SQL(
                "WITH incom_t_profile AS (SELECT * FROM incom_t_changed WHERE line > %s AND line <= %s)",
                start,
                start + CHUNK,
            )
            [(count,)] = env.execute_query(_apply(chunk, SQL("FALSE")))
            total += count
            commit()
    env["incom.customer.profile"].invalidate_model()
    return total


def store_references(env, today=None) -> int:
    """Work out class cuts, industry cycles and chance curves of the day, where they are missing.

    Cuts and cycles come from the stored rows, curves from all purchases.

    :return: number of references stored
    """
    env.flush_all()
    with tables(env, {"company": companies(env, today)}):
        stored = _insert_references(env, reference.ROWS_FROM_PROFILE)
        if env.execute_query(reference.missing("chance_curve")):
            env.cr.execute(PLAN_FOR_EVERYBODY)
            params = env["incom.crm.parameter"]._values()
            sources = {
                "contact": customers.contacts(SQL("TRUE")),
                **purchases.history(params, env["incom.customer.profile"]._returned_orders()),
            }
            with tables(env, sources):
                stored += _insert_curves(env)
        return stored


def share_lock(cr) -> bool:
    """Whether single refreshes may run now; held to the end of the transaction."""
    cr.execute(SQL("SELECT pg_try_advisory_xact_lock_shared(%s)", LOCK_KEY))
    return cr.fetchone()[0]


def take_lock(cr) -> bool:
    """Take the lock of a rebuild, which outlives commits; nobody else refreshes meanwhile."""
    cr.execute(SQL("SELECT pg_try_advisory_lock(%s)", LOCK_KEY))
    return cr.fetchone()[0]


def release_lock(cr):
    cr.execute(SQL("SELECT pg_advisory_unlock(%s)", LOCK_KEY))


@contextmanager
def _computed(env, partner_ids, today):
    """Make ``incom_t_profile`` available; yields the WITH clause the next statement must start with."""
    settings = _settings(env, today)
    sources = _sources(settings, _scope(_ids(partner_ids)))
    if partner_ids is not None and len(partner_ids) <= CTE_LIMIT:
        yield ctes(sources)
        return
    # compared with the stored row as it is worked out: most rows never need to be kept
    last = {"profile": sources.pop("profile")}
    if partner_ids is not None:
        with planned_for_few(env.cr), tables(env, sources):
            yield ctes(last)
        return
    env.cr.execute(PLAN_FOR_EVERYBODY)
    with tables(env, sources):
        if today is None:
            _insert_references(env, reference.rows_from_sources(settings.params))
            if env.execute_query(reference.missing("chance_curve")):
                _insert_curves(env)
        yield ctes(last)


def _ids(partner_ids) -> SQL | None:
    return None if partner_ids is None else SQL("%s::int[]", list(partner_ids))


def _scope(ids: SQL | None) -> SQL:
    """The one placeholder: whose facts are gathered. ``p`` is the contact they hang on."""
    return SQL("TRUE") if ids is None else SQL("p.commercial_partner_id = ANY(%s)", ids)


def _in_scope(ids: SQL | None) -> SQL:
    """The condition on ``incom_customer_profile p`` that tells the rows a refresh may delete."""
    return SQL("TRUE") if ids is None else SQL("p.partner_id = ANY(%s)", ids)


class Settings(NamedTuple):
    """What the engine's SQL depends on, besides whose rows are asked for."""

    companies: SQL
    many_companies: bool
    params: dict
    is_cart: SQL
    documents: dict[str, SQL]
    returned: SQL
    triggers: tuple[str, ...]


def _settings(env, today) -> Settings:
    return Settings(
        companies(env, today),
        len(all_companies(env)) > 1,
        env["incom.crm.parameter"]._values(),
        env["incom.customer.profile"]._cart_condition(),
        env["incom.interaction"]._documents(),
        env["incom.customer.profile"]._returned_orders(),
        env["incom.care.trigger"]._active_kinds(),
    )


def _sources(settings: Settings, scope: SQL) -> dict[str, SQL]:
    """The relations of the engine, each built from the ones before it."""
    params, is_cart = settings.params, settings.is_cart
    return {
        "company": settings.companies,
        "contact": customers.contacts(scope),
        "customer": customers.customers(),
        "row": customers.rows(settings.many_companies),
        "pin": customers.pins(),
        **purchases.history(params, settings.returned),
        "future": care.future_facts(purchases.future_events()),
        "care": care.care(),
        "fruitless": care.fruitless(params),
        "unanswered": care.unanswered(),
        "activity": care.activities(settings.documents),
        "next_day": care.next_days(),
        "birthday": care.birthdays(params),
        **trigger.sources(trigger.active(), settings.triggers, params),
        "document": money.newest_documents(),
        "quotation": money.quotations(is_cart),
        "opportunity": money.opportunities(is_cart),
        "receivable": money.receivables(),
        "sign": care.signs(),
        "deal": money.deals(),
        "profile": SQL(
            "SELECT * FROM (%s) AS row_of (%s)",
            profile(params, settings.triggers),
            SQL(", ").join(SQL.identifier(column) for column in COLUMNS),
        ),
    }


def _insert_references(env, rows) -> int:
    params = env["incom.crm.parameter"]._values()
    stored = 0
    for kind, data in (
        ("class_cuts", reference.class_cuts(rows, params)),
        ("industry_cycle", reference.industry_cycles(rows, params)),
    ):
        env.cr.execute(reference.store(kind, data))
        stored += env.cr.rowcount
    return stored


def _insert_curves(env) -> int:
    params = env["incom.crm.parameter"]._values()
    env.cr.execute(reference.store("chance_curve", chance.curves(params)))
    return env.cr.rowcount


def _differs() -> SQL:
    stored = SQL(", ").join(SQL.identifier("p", column) for column in VALUES)
    computed = SQL(", ").join(SQL.identifier("n", column) for column in VALUES)
    return SQL("(%s) IS DISTINCT FROM (%s)", stored, computed)


def _changed() -> SQL:
    """SELECT of the computed rows that are new or differ, with id and level of the stored one."""
    return SQL(
        """SELECT n.*, p.id AS old_id, p.approach_level_id AS old_level_id
             FROM incom_t_profile n
             LEFT JOIN incom_customer_profile p
                    ON p.partner_id = n.partner_id AND p.company_id = n.company_id
            WHERE p.id IS NULL OR %s""",
        _differs(),
    )


def _apply(with_clause: SQL, gone_scope: SQL) -> SQL:
    """One statement that logs level changes, updates, inserts and deletes; gives the number of rows.

    The owner is read again while writing: access follows it, and it may have changed since the rows
    were computed.
    """
    return SQL(
        """%(start)s, changed AS (
               SELECT n.*, customer.user_id AS owner_id
                 FROM (%(changed)s) AS n
                CROSS JOIN LATERAL (SELECT user_id FROM res_partner WHERE id = n.partner_id OFFSET 0) AS customer
           ), logged AS (
               INSERT INTO incom_approach_level_log
                      (partner_id, company_id, from_level_id, to_level_id, date, reason)
               SELECT partner_id, company_id, old_level_id, approach_level_id, co.today, %(reason)s
                 FROM changed JOIN incom_t_company co USING (company_id)
                WHERE old_level_id <> approach_level_id
           ), updated AS (
               UPDATE incom_customer_profile p SET %(assign)s, user_id = n.owner_id
                 FROM changed n WHERE p.id = n.old_id
               RETURNING 1
           ), inserted AS (
               INSERT INTO incom_customer_profile (%(names)s, user_id)
               SELECT %(names)s, owner_id FROM changed WHERE old_id IS NULL
               RETURNING 1
           ), deleted AS (
               DELETE FROM incom_customer_profile p
                WHERE %(gone_scope)s AND %(is_gone)s
               RETURNING 1
           )
           SELECT (SELECT count(*) FROM updated) + (SELECT count(*) FROM inserted)
                  + (SELECT count(*) FROM deleted)""",
        start=with_clause,
        changed=_changed(),
        is_gone=_is_gone(),
        reason=_reason(),
        assign=SQL(", ").join(
            SQL("%s = %s", SQL.identifier(column), SQL.identifier("n", column))
            for column in VALUES
            if column != "user_id"
        ),
        names=SQL(", ").join(SQL.identifier(column) for column in COLUMNS if column != "user_id"),
        gone_scope=gone_scope,
    )


def _is_gone() -> SQL:
    return SQL(
        """NOT EXISTS (SELECT FROM incom_t_row pair
                        WHERE pair.customer_id = p.partner_id AND pair.company_id = p.company_id)"""
    )


def _delete_gone(env):
    env.cr.execute(SQL("DELETE FROM incom_customer_profile p WHERE %s", _is_gone()))
    return env.cr.rowcount


# The inputs of the level's rule, kept with each change so that it can be explained later.
EXPLAINED = (
    "purchase_count first_purchase_date last_purchase_date purchase_cycle_days purchase_cycle_spread "
    "purchase_cycle_evidence purchase_gap_count last_care_date level_pin_id"
).split()


def _reason() -> SQL:
    pairs = SQL(", ").join(SQL("%s, %s", name, SQL.identifier(name)) for name in EXPLAINED)
    return SQL("jsonb_strip_nulls(jsonb_build_object(%s))", pairs)
