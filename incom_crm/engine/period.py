"""What a salesperson asks of a customer for a stretch of days, as SQL expressions on a profile row.

Each takes the alias of the row and the expression of today, like those of ``status``.
"""

from odoo.tools import SQL

from .status import Row

SOON_DAYS = 7


def cared_this_month(alias: str, today: SQL) -> SQL:
    """A contact by a colleague since the first of the month, late entries included."""
    return _since_first_of_month(Row(alias).last_cared_date, today)


def bought_this_month(alias: str, today: SQL) -> SQL:
    """A purchase since the first of the month."""
    return _since_first_of_month(Row(alias).last_purchase_date, today)


def birthday_soon(alias: str, today: SQL, person) -> SQL:
    """A birthday of the customer or one of its contacts today or in the days after, a week in all.

    29 February is kept on the 28th in other years, as PostgreSQL's year arithmetic does.

    :param person: function from the name of a column of ``res_partner person`` to its SQL
    """
    return SQL(
        """(%(customer)s IN (
            SELECT %(entity)s
              FROM res_partner person
             CROSS JOIN generate_series(0, 1) AS later(years)
             WHERE %(active)s
               AND %(birthdate)s IS NOT NULL
               AND (%(birthdate)s + make_interval(years => (
                        extract(year FROM %(today)s) - extract(year FROM %(birthdate)s)
                        + later.years)::int))::date
                   BETWEEN %(today)s AND %(today)s + %(last)s))""",
        customer=Row(alias).partner_id,
        entity=person("commercial_partner_id"),
        active=person("active"),
        birthdate=person("birthdate"),
        today=today,
        last=SOON_DAYS - 1,
    )


def level_pinned(alias: str, today: SQL) -> SQL:
    """The approach level is one that a person decided on."""
    return SQL("(%s IS NOT NULL)", Row(alias).level_pin_id)


def _since_first_of_month(day: SQL, today: SQL) -> SQL:
    return SQL("coalesce(%s >= date_trunc('month', %s)::date, FALSE)", day, today)
