"""The engine's relations as temporary tables, and how PostgreSQL should read everything at once."""

from contextlib import contextmanager

from odoo.tools import SQL

# Reading everything, hash joins win; compiled expressions and small sorts cost more than they give.
PLAN_FOR_EVERYBODY = SQL(
    "SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB';"
    " SET LOCAL default_statistics_target = 10"
)

# The columns a relation is joined by, where they are not the customer and the company.
JOINED_BY = {
    "company": SQL("company_id"),
    "contact": SQL("contact_id, customer_id"),
    "customer": SQL("customer_id"),
    "activity": SQL("customer_id"),
    "credit": SQL("order_id"),
    "next_day": SQL("company_id, day"),
    "outcome": SQL("week"),
    "profile": SQL("partner_id, company_id"),
}


@contextmanager
def tables(env, sources):
    """Temporary tables for the sources, dropped afterwards; they survive a commit.

    Statistics on the columns they are joined by are all the planner needs.
    """
    tables = {name: SQL.identifier(f"incom_t_{name}") for name in sources}
    cr = env.cr
    for name, table in tables.items():
        cr.execute(SQL("DROP TABLE IF EXISTS pg_temp.%s", table))
        cr.execute(SQL("CREATE TEMP TABLE %s AS %s", table, sources[name]))
        cr.execute(
            SQL("ANALYZE %s (%s)", table, JOINED_BY.get(name, SQL("customer_id, company_id")))
        )
    yield
    for table in reversed(tables.values()):
        cr.execute(SQL("DROP TABLE pg_temp.%s", table))
