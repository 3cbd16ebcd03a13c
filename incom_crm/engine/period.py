"""What a salesperson asks of a customer for a stretch of days, as SQL expressions on a profile row.

Each takes the alias of the row and the expression of today, like those of ``status``.
"""

from odoo.tools import SQL

from .care import IS_CARE
from .purchases import IS_SALE
from .status import Row

SOON_DAYS = 7


def care_this_month(alias: str, today: SQL) -> SQL:
    """Whether a colleague was in touch since the first of the month, late entries included."""
    cared = cared_between(alias, _first_of_month(today), today)
    return SQL("(CASE WHEN %s THEN 'cared' ELSE 'not_cared' END)", cared)


def purchase_this_month(alias: str, today: SQL) -> SQL:
    """Whether there was a purchase since the first of the month."""
    bought = bought_between(alias, _first_of_month(today), today)
    return SQL("(CASE WHEN %s THEN 'bought' ELSE 'not_bought' END)", bought)


def cared_between(alias: str, first: SQL, last: SQL, diary: SQL | None = None) -> SQL:
    """Whether a colleague was in touch from one day to another, late entries included.

    :param diary: condition that looks it up, where more has happened since; None: nothing can have
    """
    return _between(Row(alias).last_cared_date, None, first, last, diary)


def bought_between(alias: str, first: SQL, last: SQL, orders: SQL | None = None) -> SQL:
    """Whether there was a purchase from one day to another; ``orders`` as ``diary`` above."""
    row = Row(alias)
    return _between(row.last_purchase_date, row.first_purchase_date, first, last, orders)


def _between(newest: SQL, oldest: SQL | None, first: SQL, last: SQL, look_up: SQL | None) -> SQL:
    """Whether something happened in a period, told by its newest and oldest day as far as they tell.

    Most customers are told by them: only for the rest the records are looked at.
    """
    if look_up is None:
        return SQL("coalesce(%s >= %s, FALSE)", newest, first)
    told_by_oldest = SQL("")
    if oldest:
        told_by_oldest = SQL(
            "WHEN %(day)s > %(last)s THEN FALSE WHEN %(day)s >= %(first)s THEN TRUE",
            day=oldest,
            first=first,
            last=last,
        )
    return SQL(
        """(CASE WHEN %(newest)s IS NULL OR %(newest)s < %(first)s THEN FALSE
                 WHEN %(newest)s <= %(last)s THEN TRUE
                 %(told_by_oldest)s ELSE %(look_up)s END)""",
        newest=newest,
        first=first,
        last=last,
        told_by_oldest=told_by_oldest,
        look_up=look_up,
    )


def care_on_record(alias: str, spans: SQL, author: SQL) -> SQL:
    """Whether the diary has care of the customer within the days of the row's company.

    :param spans: rows of ``company_id, begins, ends``
    :param author: condition on ``diary``
    """
    row = Row(alias)
    return SQL(
        """EXISTS (SELECT FROM incom_interaction diary
                     JOIN (VALUES %(spans)s) AS span (company_id, begins, ends)
                       ON diary.date >= span.begins AND diary.date < span.ends
                     JOIN res_partner contact ON contact.id = diary.partner_id
                    WHERE contact.commercial_partner_id = %(customer)s AND span.company_id = %(company)s
                      AND %(is_care)s AND %(author)s)""",
        spans=spans,
        customer=row.partner_id,
        company=row.company_id,
        is_care=IS_CARE,
        author=author,
    )


def purchase_on_record(alias: str, spans: SQL, undone: SQL) -> SQL:
    """Whether the customer has a purchase within the days of the row's company.

    The CASE keeps PostgreSQL from working out all undone orders to join them.

    :param spans: rows of ``company_id, begins, ends``
    :param undone: SELECT of the orders that are no purchase
    """
    row = Row(alias)
    return SQL(
        """EXISTS (SELECT FROM sale_order o
                     JOIN (VALUES %(spans)s) AS span (company_id, begins, ends)
                       ON span.company_id = o.company_id
                      AND o.date_order >= span.begins AND o.date_order < span.ends
                     JOIN res_partner contact ON contact.id = o.partner_id
                    WHERE contact.commercial_partner_id = %(customer)s AND o.company_id = %(company)s
                      AND %(is_sale)s
                      AND CASE WHEN EXISTS (SELECT FROM (%(undone)s) AS undone WHERE undone.order_id = o.id)
                               THEN FALSE ELSE TRUE END)""",
        spans=spans,
        customer=row.partner_id,
        company=row.company_id,
        is_sale=IS_SALE,
        undone=undone,
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
