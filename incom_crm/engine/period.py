"""What a salesperson asks of a customer for a stretch of days, as SQL expressions on a profile row.

Each takes the alias of the row and the expression of today, like those of ``status``.
"""

from odoo.tools import SQL

from .status import Row

SOON_DAYS = 7


def care_this_month(alias: str, today: SQL) -> SQL:
    """Whether a colleague was in touch since the first of the month, late entries included."""
    return SQL(
        "(CASE WHEN %s >= %s THEN 'cared' ELSE 'not_cared' END)",
        Row(alias).last_cared_date,
        _first_of_month(today),
    )


def purchase_this_month(alias: str, today: SQL) -> SQL:
    """Whether there was a purchase since the first of the month."""
    return SQL(
        "(CASE WHEN %s >= %s THEN 'bought' ELSE 'not_bought' END)",
        Row(alias).last_purchase_date,
        _first_of_month(today),
    )


def goods_this_month(alias: str, taken: SQL, months: SQL) -> SQL:
    """Whether goods went to the customer since the first of the month.

    The customers who took some are one sub-query that looks at no row: it is worked out once.

    :param taken: SELECT of ``contact_id, company_id, at``
    :param months: rows of ``company_id, begins, ends``
    """
    row = Row(alias)
    return SQL(
        """(CASE WHEN (%(customer)s, %(company)s) IN (
                      SELECT contact.commercial_partner_id, taken.company_id
                        FROM (%(taken)s) AS taken
                        JOIN (VALUES %(months)s) AS month (company_id, begins, ends)
                          ON month.company_id = taken.company_id
                         AND taken.at >= month.begins AND taken.at < month.ends
                        JOIN res_partner contact ON contact.id = taken.contact_id
                       WHERE contact.commercial_partner_id IS NOT NULL)
                 THEN 'taken' ELSE 'not_taken' END)""",
        customer=row.partner_id,
        company=row.company_id,
        taken=taken,
        months=months,
    )


def birthday_soon(alias: str, today: SQL, person) -> SQL:
    """A birthday of the customer or one of its contacts today or in the days after, a week in all.

    29 February is kept on the 28th in other years, as PostgreSQL's year arithmetic does.

    :param person: function from the name of a column of ``res_partner person`` to its SQL
    """
    return SQL(
        """(EXISTS (
            SELECT 1
              FROM res_partner person
             CROSS JOIN generate_series(0, 1) AS later(years)
             WHERE %(entity)s = %(customer)s
               AND %(active)s
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


def _first_of_month(today: SQL) -> SQL:
    return SQL("date_trunc('month', %s)::date", today)
