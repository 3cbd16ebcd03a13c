"""Whom a user sees: everybody below in the tree of superiors, and whom a grant of today opens."""

from odoo.tools import SQL

READ, WRITE = "read", "write"


def tree():
    """The tree of superiors as it stands: ``viewer, target``."""
    return SQL(
        """SELECT crm_manager_id AS viewer, id AS target
             FROM res_users WHERE crm_manager_id IS NOT NULL"""
    )


def planned_tree(superiors):
    """A tree that is only thought of, in the place of ``tree``.

    :param superiors: ``{id of a user: id of the superior}``
    """
    return SQL(
        "SELECT * FROM unnest(%s::int[], %s::int[]) AS planned(viewer, target)",
        list(superiors.values()),
        list(superiors),
    )


def _edges(today, mode, people):
    """Who sees whom directly: ``viewer, target, further``; beyond a grant for one person nobody is seen."""
    return SQL(
        """SELECT viewer, target, TRUE AS further FROM (%(people)s) AS people
           UNION ALL
           SELECT user_id, target_id, transitive
             FROM incom_visibility_grant
            WHERE active AND date_from <= %(today)s AND (date_to IS NULL OR date_to >= %(today)s)
              AND (%(reading)s OR mode = 'write')""",
        people=people,
        today=today,
        reading=mode == READ,
    )


def seen_by(user_id, today, mode, people):
    """Ids of the users whose customers ``user_id`` sees on a day, himself among them.

    UNION drops what was reached before, so that a loop in the data ends.

    :param people: the tree: ``tree()`` or ``planned_tree(...)``
    """
    return SQL(
        """WITH RECURSIVE edge AS MATERIALIZED (%s), seen(id, further) AS (
               SELECT %s, TRUE
               UNION
               SELECT edge.target, edge.further
                 FROM seen JOIN edge ON edge.viewer = seen.id
                WHERE seen.further
           )
           SELECT DISTINCT id FROM seen ORDER BY id""",
        _edges(today, mode, people),
        user_id,
    )


def seeing(user_ids, today):
    """Ids of the users who see any of ``user_ids`` on a day, these among them."""
    return SQL(
        """WITH RECURSIVE edge AS MATERIALIZED (%s), seeing(id, whole) AS (
               SELECT unnest(%s), FALSE
               UNION
               SELECT edge.viewer, TRUE
                 FROM seeing JOIN edge ON edge.target = seeing.id
                WHERE edge.further OR NOT seeing.whole
           )
           SELECT DISTINCT id FROM seeing ORDER BY id""",
        _edges(today, READ, tree()),
        list(user_ids),
    )
