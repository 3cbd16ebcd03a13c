"""The engine's relations as CTEs or temporary tables, and how PostgreSQL should read everything at once."""

from contextlib import contextmanager, nullcontext

from odoo.tools import SQL

# Reading everything, hash joins win; compiled expressions and small sorts cost more than they give.
PLAN_FOR_EVERYBODY = SQL(
    "SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB';"
    " SET LOCAL default_statistics_target = 10"
)

# These start from few rows, and reach what belongs to them by its index.
FROM_FEW = ("refunded", "credit", "document")
PLAN_FOR_FEW = SQL("SET LOCAL enable_nestloop = on; SET LOCAL random_page_cost = 1.1")

# The columns a relation is joined by, where they are not the customer and the company.
JOINED_BY = {
    "company": SQL("company_id"),
    "contact": SQL("contact_id, customer_id"),
    "customer": SQL("customer_id"),
    "activity": SQL("customer_id"),
    "credit": SQL("order_id"),
    "refunded": SQL("order_id"),
    "next_day": SQL("company_id, day"),
    "outcome": SQL("week"),
    "profile": SQL("partner_id, company_id"),
    "trigger": SQL("id"),
}


def ctes(sources) -> SQL:
    """The WITH clause that makes the sources CTEs of one statement."""
    return SQL(
        "WITH %s",
        SQL(", ").join(
            SQL("%s AS (%s)", SQL.identifier(f"incom_t_{name}"), select)
            for name, select in sources.items()
        ),
    )


@contextmanager
def tables(env, sources):
    """Temporary tables for the sources, dropped afterwards; they survive a commit.

    Statistics on the columns they are joined by are all the planner needs.
    """
    tables = {name: SQL.identifier(f"incom_t_{name}") for name in sources}
    cr = env.cr
    for name, table in tables.items():
        cr.execute(SQL("DROP TABLE IF EXISTS pg_temp.%s", table))
        with planned_for_few(cr) if name in FROM_FEW else nullcontext():
            cr.execute(SQL("CREATE TEMP TABLE %s AS %s", table, sources[name]))
        cr.execute(
            SQL("ANALYZE %s (%s)", table, JOINED_BY.get(name, SQL("customer_id, company_id")))
        )
    yield
    for table in reversed(tables.values()):
        cr.execute(SQL("DROP TABLE pg_temp.%s", table))


@contextmanager
def planned_for_few(cr):
    """Inside, rows are reached by index rather than by reading whole tables; afterwards as before."""
    settings = ("enable_nestloop", "random_page_cost")
    cr.execute(SQL("SELECT current_setting(%s), current_setting(%s)", *settings))
    before = cr.fetchone()
    cr.execute(PLAN_FOR_FEW)
    yield
    for setting, value in zip(settings, before, strict=True):
        cr.execute(SQL("SELECT set_config(%s, %s, TRUE)", setting, value))
