"""Filling tables fast: no foreign keys, indexes built once at the end."""

from contextlib import contextmanager


@contextmanager
def bulk_load(cr, tables):
    """Fill these tables inside; their foreign keys are not checked, so the rows had better be right."""
    cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute(
        """SELECT pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text
             FROM pg_index i
            WHERE i.indrelid::regclass::text = ANY(%s)
              AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)""",
        (list(tables),),
    )
    indexes = cr.fetchall()
    for _definition, name in indexes:
        cr.execute(f"DROP INDEX {name}")
    yield
    for definition, _name in indexes:
        cr.execute(definition)
    for table in tables:
        cr.execute(f"ANALYZE {table}")
    cr.execute("SET LOCAL session_replication_role = origin")


def vacuum(cr, tables):
    """VACUUM ANALYZE, which needs to be outside of a transaction: what was done is committed."""
    cr.commit()
    connection = cr._cnx
    connection.autocommit = True
    try:
        for table in tables:
            cr.execute(f"VACUUM ANALYZE {table}")
    finally:
        connection.autocommit = False
