"""What targets count: the records behind each metric of a month, person by person (definitions, 3, 4, 7).

Each function gives a SELECT of ``user_id, record_id, amount``. The sum of the amounts is what was attained and
the records are what the number opens, so the two cannot differ. Customers, purchases and money belong to the
customer's owner of today; purchases are those of today's records, for a past month as well.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from odoo.tools import SQL

from . import customers, purchases
from .calendar import OpenDays, companies, working_weekdays
from .care import IS_CARE
from .relations import ctes

PHONE = "phone"


class Span(NamedTuple):
    """Whose work in which days of a company; ``starts`` and ``ends`` are the UTC times around them.

    ``last`` is today at the latest: what is dated in days to come is no fact yet.
    """

    user_ids: list
    company_id: int
    first: date
    last: date
    starts: datetime
    ends: datetime


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def span_of(company, user_ids, month: date) -> Span:
    """The month of ``month`` in a company, as far as it has come."""
    days = OpenDays(company)
    first, last = month_of(month)
    last = min(last, days.today)
    return Span(
        sorted(user_ids),
        company.id,
        first,
        last,
        days.utc_start(first),
        days.utc_start(last + timedelta(days=1)),
    )


def elapsed_share(company, month: date) -> float:
    """The share of a month's working days that are over, today not included."""
    days = OpenDays(company)
    first, last = month_of(month)
    if last < days.today:
        return 1.0
    weekdays, closed = working_weekdays(company), set(days.closed)
    working = [
        day
        for day in (first + timedelta(days=count) for count in range((last - first).days + 1))
        if day.isoweekday() in weekdays and day not in closed
    ]
    over = sum(day < days.today for day in working)
    return over / len(working) if working else 0.0


def purchase_sources(env, span: Span) -> SQL:
    """The WITH clause of ``revenue`` and ``new_customers``: the orders behind the purchases of every
    customer of these people who ordered within the span, at whatever time.
    """
    params = env["incom.crm.parameter"]._values()
    scope = SQL("p.commercial_partner_id IN (%s)", _buyers(span))
    returned = env["incom.customer.profile"]._returned_orders()
    return ctes(
        {
            "company": SQL(
                "SELECT * FROM (%s) AS every WHERE company_id = %s", companies(env), span.company_id
            ),
            "contact": customers.contacts(scope),
            "refunded": purchases.refunded_orders(),
            "credit": purchases.taken_back(returned),
            "bought": purchases.orders(SQL("o.id AS order_id"), params),
        }
    )


def _buyers(span: Span) -> SQL:
    """SELECT of the customers with a confirmed order in the span."""
    return SQL(
        """SELECT person.commercial_partner_id
             FROM sale_order o
             JOIN res_partner person ON person.id = o.partner_id
            WHERE o.state = 'sale' AND o.company_id = %s AND o.date_order >= %s AND o.date_order < %s
              AND person.owner_id = ANY(%s)""",
        span.company_id,
        span.starts,
        span.ends,
        span.user_ids,
    )


def revenue(span: Span) -> SQL:
    """Untaxed amount of the orders behind the purchases of the span, less what was credited of them."""
    return SQL(
        """SELECT customer.user_id, bought.order_id AS record_id, bought.amount
             FROM incom_t_bought bought
             JOIN res_partner customer ON customer.id = bought.customer_id
            WHERE bought.day BETWEEN %s AND %s""",
        span.first,
        span.last,
    )


def new_customers(span: Span) -> SQL:
    """Customers whose first purchase from the company is of the span."""
    return SQL(
        """SELECT customer.user_id, customer.id AS record_id, 1 AS amount
             FROM res_partner customer
             JOIN (SELECT customer_id, min(day) AS day FROM incom_t_bought GROUP BY customer_id) AS bought
               ON bought.customer_id = customer.id
            WHERE bought.day BETWEEN %s AND %s""",
        span.first,
        span.last,
    )


def customers_cared(span: Span) -> SQL:
    """Customers a colleague was in touch with in the span, late entries included."""
    return SQL(
        """SELECT DISTINCT profile.user_id, profile.partner_id AS record_id, 1 AS amount
             FROM incom_customer_profile profile
             JOIN res_partner contact ON contact.commercial_partner_id = profile.partner_id
             JOIN incom_interaction diary ON diary.partner_id = contact.id
            WHERE profile.user_id = ANY(%s) AND profile.company_id = %s
              AND %s AND diary.date >= %s AND diary.date < %s""",
        span.user_ids,
        span.company_id,
        IS_CARE,
        span.starts,
        span.ends,
    )


def calls(span: Span) -> SQL:
    """Calls these people made, answered or not, for whichever company."""
    return SQL(
        """SELECT diary.user_id, diary.id AS record_id, 1 AS amount
             FROM incom_interaction diary
            WHERE diary.user_id = ANY(%s) AND diary.channel = %s AND diary.source_state <> 'revoked'
              AND diary.date >= %s AND diary.date < %s""",
        span.user_ids,
        PHONE,
        span.starts,
        span.ends,
    )


def collections(span: Span) -> SQL:
    """Money that came in from customers within the span."""
    return SQL(
        """SELECT money.user_id, money.id AS record_id, money.amount
             FROM (%s) AS money
            WHERE money.company_id = %s AND money.date BETWEEN %s AND %s AND money.user_id = ANY(%s)""",
        collected(),
        span.company_id,
        span.first,
        span.last,
        span.user_ids,
    )


def collected() -> SQL:
    """SELECT of the receivable credits of entries that come from a payment or a bank statement line, and of
    their reversals with the other sign: ``id`` of the line, ``date``, ``company_id``, ``partner_id`` and
    ``user_id`` (the customer and its owner), ``move_id``, ``amount``.

    At the balance booked in company currency. Credit notes and write-offs are no money, those of the same
    entry, on accounts of income or expense, neither; nor is money paid back by a payment of its own.
    """
    return SQL(
        """SELECT line.id, line.date, line.company_id, customer.id AS partner_id, customer.user_id,
                  line.move_id, -line.balance - coalesce(line.balance * %s, 0) AS amount
             FROM account_move_line line
             JOIN account_account account
               ON account.id = line.account_id AND account.account_type = 'asset_receivable'
             JOIN account_move entry ON entry.id = line.move_id
             LEFT JOIN account_move reversed ON reversed.id = entry.reversed_entry_id
             LEFT JOIN res_partner contact ON contact.id = line.partner_id
             LEFT JOIN res_partner customer ON customer.id = contact.commercial_partner_id
            WHERE line.parent_state = 'posted'
              AND (line.balance < 0 AND %s OR line.balance > 0 AND %s)""",
        _written_off(),
        _comes_from_money(SQL("entry")),
        _comes_from_money(SQL("reversed")),
    )


def _comes_from_money(move: SQL) -> SQL:
    return SQL(
        "(%(move)s.origin_payment_id IS NOT NULL OR %(move)s.statement_line_id IS NOT NULL)",
        move=move,
    )


def _written_off() -> SQL:
    """The part of a payment's receivable side that its own entry writes off, as a share with the other sign."""
    return SQL(
        """(SELECT sum(other.balance) FILTER (WHERE split_part(kind.account_type, '_', 1) IN ('income', 'expense'))
                   / nullif(sum(other.balance) FILTER (WHERE kind.account_type = 'asset_receivable'), 0)
              FROM account_move_line other
              JOIN account_account kind ON kind.id = other.account_id
             WHERE other.move_id = line.move_id)"""
    )
