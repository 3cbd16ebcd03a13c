"""From orders to purchase events, merged purchases, gaps and the purchase cycle (definitions, 4)."""

from odoo.tools import SQL

from .calendar import local_day, open_no

# An order that is a purchase, unless it is undone.
IS_SALE = SQL("(o.state = 'sale' AND o.amount_untaxed > 0)")


def is_undone(params) -> SQL:
    """Whether the order ``o`` was credited or returned so far that it is no purchase; null without credit."""
    return SQL("(credit.taken_back >= %s * o.amount_untaxed)", params["credited_share"])


def history(params, returned: SQL) -> dict[str, SQL]:
    """The relations from order to cycle, each built from the ones before it, ``incom_t_company`` and
    ``incom_t_contact``.

    :param returned: SELECT of ``order_id, returned``: goods given back, untaxed, order currency
    """
    return {
        **taken(params, returned),
        "merged": merged(params),
        "history": histories(params),
    }


def taken(params, returned: SQL) -> dict[str, SQL]:
    """The relations from order to purchase event."""
    return {
        "refunded": refunded_orders(),
        "credit": taken_back(returned),
        "event": events(params),
    }


def undone_orders(params, companies: SQL, returned: SQL) -> SQL:
    """SELECT of ``order_id``: sales that are no purchase, by what is known today; complete in itself.

    Nothing is materialized, so that asked for one order it looks at that order's bills alone.

    :param companies: SELECT of ``company_id, today, ends``
    :param returned: see ``history``
    """
    return SQL(
        """WITH incom_t_company AS (%s),
                incom_t_contact AS NOT MATERIALIZED (SELECT id AS contact_id FROM res_partner),
                incom_t_refunded AS NOT MATERIALIZED (%s),
                incom_t_credit AS NOT MATERIALIZED (%s)
           SELECT o.id AS order_id
             FROM incom_t_credit credit JOIN sale_order o ON o.id = credit.order_id
            WHERE %s""",
        companies,
        refunded_orders(),
        taken_back(returned),
        is_undone(params),
    )


def refunded_orders() -> SQL:
    """``incom_t_refunded``: the orders with a credit note."""
    return SQL(
        "SELECT DISTINCT order_id FROM (%s) AS billed (order_id)",
        _billed(SQL("o.id"), SQL("move.move_type = 'out_refund'")),
    )


def taken_back(returned: SQL) -> SQL:
    """``incom_t_credit``: what was credited of an order, and what was credited or returned, whichever is more.

    Goods given back are mostly credited afterwards: both together would count them twice.
    """
    return SQL(
        """SELECT order_id, coalesce(max(credited), 0) AS credited,
                  greatest(max(credited), max(returned)) AS taken_back
             FROM (SELECT order_id, credited, NULL::numeric AS returned FROM (%s) AS credit
                   UNION ALL
                   SELECT order_id, NULL, returned FROM (%s) AS goods) AS back
            GROUP BY order_id""",
        credits(),
        returned,
    )


def credits() -> SQL:
    """Untaxed value of an order credited and not invoiced again, order currency.

    Documents of days to come are no facts yet; a line billed for several lines of an order counts once.
    """
    return SQL(
        """SELECT order_id,
                  greatest(0, coalesce(sum(amount) FILTER (WHERE move_type = 'out_refund'), 0)
                    - greatest(0, coalesce(sum(amount) FILTER (WHERE move_type = 'out_invoice'), 0)
                               - amount_untaxed)) AS credited
             FROM (SELECT DISTINCT o.id AS order_id, o.amount_untaxed, line.id, move.move_type,
                          line.price_subtotal AS amount
                     FROM incom_t_refunded refunded
                     JOIN sale_order o ON o.id = refunded.order_id
                     JOIN incom_t_company co ON co.company_id = o.company_id
                     JOIN sale_order_line sol ON sol.order_id = o.id
                     JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = sol.id
                     JOIN account_move_line line ON line.id = rel.invoice_line_id
                     JOIN account_move move ON move.id = line.move_id AND move.state = 'posted'
                    WHERE move.date <= co.today) AS billed
            GROUP BY order_id, amount_untaxed"""
    )


def _billed(what: SQL, condition: SQL) -> SQL:
    """SELECT over posted invoices and credit notes of sale orders ``o``."""
    return SQL(
        """SELECT %s
             FROM account_move move
             JOIN account_move_line line ON line.move_id = move.id
             JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
             JOIN sale_order_line sol ON sol.id = rel.order_line_id
             JOIN sale_order o ON o.id = sol.order_id
             JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
             JOIN incom_t_company co ON co.company_id = o.company_id
            WHERE move.move_type IN ('out_invoice', 'out_refund') AND move.state = 'posted' AND %s""",
        what,
        condition,
    )


def events(params) -> SQL:
    """``incom_t_event``: one row per customer, company and local day with a purchase; company currency.

    ``distance`` is the open days since the event before. Orders are sorted before they are grouped: an
    event is mostly one order, and hashing that many groups costs more.
    """
    return SQL(
        """SELECT event.*, open_no - lead(open_no) OVER (PARTITION BY customer_id, company_id
                                                         ORDER BY day DESC) AS distance
             FROM (SELECT customer_id, company_id, day, open_no, sum(amount) AS amount
                     FROM (%(orders)s
                            ORDER BY customer_id, company_id, day DESC, open_no) AS purchase
                    GROUP BY customer_id, company_id, day, open_no
                    ORDER BY customer_id, company_id, day DESC, open_no) AS event""",
        orders=orders(SQL("%s AS open_no", open_no(SQL("ordered.day"))), params),
    )


def orders(what: SQL, params) -> SQL:
    """SELECT over the orders that are purchases, ``o``: customer, company, local day, ``what`` and the amount.

    The amount is in company currency, untaxed, less what was credited.
    """
    return SQL(
        """SELECT contact.customer_id, o.company_id, ordered.day, %(what)s,
                  CASE WHEN credit.credited IS NULL THEN %(amount)s ELSE %(rest)s END AS amount
             FROM sale_order o
             JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
             JOIN incom_t_company co ON co.company_id = o.company_id
             LEFT JOIN incom_t_credit credit ON credit.order_id = o.id
            CROSS JOIN LATERAL (SELECT %(day)s AS day) AS ordered
            WHERE %(is_purchase)s""",
        what=what,
        day=local_day(SQL("o.date_order")),
        amount=at_rate(SQL("o.amount_untaxed")),
        rest=at_rate(SQL("(o.amount_untaxed - credit.credited)")),
        is_purchase=is_purchase(params),
    )


def is_purchase(params) -> SQL:
    """Whether the order ``o`` is a purchase up to today of ``co``; what came back of it is ``credit``."""
    return SQL(
        "(%s AND o.date_order < co.ends AND NOT coalesce(%s, FALSE))",
        IS_SALE,
        is_undone(params),
    )


def at_rate(amount: SQL, order: str = "o") -> SQL:
    """An amount of the order in company currency, at the rate of the order's day."""
    rate = SQL.identifier(order, "currency_rate")
    return SQL("CASE WHEN %s <> 1 THEN %s / nullif(%s, 0) ELSE %s END", rate, amount, rate, amount)


def future_events() -> SQL:
    """The first day to come on which a confirmed order, or a bill of one, is dated.

    The first condition of each needs no company, so that what is past is left at once.
    """
    return SQL(
        """SELECT customer_id, company_id, min(day) AS day
             FROM (SELECT contact.customer_id, o.company_id, %(day)s AS day
                     FROM sale_order o
                     JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
                     JOIN incom_t_company co ON co.company_id = o.company_id
                    WHERE o.state = 'sale'
                      AND o.date_order >= (SELECT min(ends) FROM incom_t_company) AND o.date_order >= co.ends
                   UNION ALL
                   %(billed)s) AS dated
            GROUP BY customer_id, company_id""",
        day=local_day(SQL("o.date_order")),
        billed=_billed(
            SQL("contact.customer_id, o.company_id, move.date"),
            SQL("move.date > (SELECT min(today) FROM incom_t_company) AND move.date > co.today"),
        ),
    )


def merged(params) -> SQL:
    """``incom_t_merged``: the events that are part of the purchase before them, ``purchase_no`` its open day.

    An event further than ``merge_days`` from the event before it is a purchase of its own. In a chain of
    close ones the choice is greedy: one is a purchase again when further than that from the last that
    was. Chains are short, and walked purchase by purchase.
    """
    return SQL(
        """WITH RECURSIVE link AS (
               SELECT close.*, open_no - distance AS before_no,
                      coalesce(lag(open_no) OVER w <> open_no - distance, TRUE) AS is_first
                 FROM incom_t_event close
                WHERE distance <= %(merge)s
               WINDOW w AS (PARTITION BY customer_id, company_id ORDER BY day)
           ), numbered AS (
               SELECT link.*, count(*) FILTER (WHERE is_first) OVER w AS chain
                 FROM link
               WINDOW w AS (PARTITION BY customer_id, company_id ORDER BY day)
           ), walk AS (
               SELECT customer_id, company_id, array_agg(open_no ORDER BY day) AS numbers,
                      array_agg(day ORDER BY day) AS days, min(before_no) AS purchase_no, 0 AS place
                 FROM numbered
                GROUP BY customer_id, company_id, chain
                UNION ALL
               SELECT walk.customer_id, walk.company_id, walk.numbers, walk.days,
                      walk.numbers[next.place], next.place
                 FROM walk
                 JOIN LATERAL (SELECT min(member.place)::int AS place
                                 FROM unnest(walk.numbers) WITH ORDINALITY AS member(number, place)
                                WHERE member.number > walk.purchase_no + %(merge)s
                      ) AS next ON next.place IS NOT NULL
           )
           SELECT walk.customer_id, walk.company_id, member.day, walk.purchase_no
             FROM walk
            CROSS JOIN LATERAL unnest(walk.numbers, walk.days) WITH ORDINALITY AS member(number, day, place)
            WHERE member.place > walk.place AND member.number <= walk.purchase_no + %(merge)s""",
        merge=params["merge_days"],
    )


def purchases(params) -> SQL:
    """The events, newest first, each with its ``rank``; of those that are a purchase (``is_purchase``) also
    the rank among these and the ``gap`` in open days to the purchase before.

    ``long_from`` and ``short_from`` are the days the windows of gaps begin after, told once per company.
    """
    return SQL(
        """SELECT event.customer_id, event.company_id, event.day, event.open_no, event.amount,
                  co.o_today - event.open_no AS age, co.long_from, co.short_from, merged.day IS NULL AS is_purchase,
                  row_number() OVER w AS rank,
                  count(*) FILTER (WHERE merged.day IS NULL) OVER w AS purchase_rank,
                  CASE WHEN merged.day IS NULL
                       THEN event.open_no - lead(coalesce(merged.purchase_no, event.open_no)) OVER w END AS gap
             FROM incom_t_event event
             JOIN (SELECT company_id, o_today, %(long)s AS long_from, %(short)s AS short_from
                     FROM incom_t_company OFFSET 0) AS co ON co.company_id = event.company_id
             LEFT JOIN incom_t_merged merged
                    ON merged.customer_id = event.customer_id AND merged.company_id = event.company_id
                   AND merged.day = event.day
           WINDOW w AS (PARTITION BY event.customer_id, event.company_id ORDER BY event.day DESC)""",
        long=_months_after(SQL("today"), -params["gap_window_months"]),
        short=_months_after(SQL("today"), -params["short_gap_window_months"]),
    )


def histories(params) -> SQL:
    """``incom_t_history``: what the purchases of a customer come to, in one pass over them.

    ``numbers`` are the open days of the purchases, newest first; ``gaps`` the gaps that count for the cycle,
    shortest first; ``gap_leaves`` the day on which the window lets one of them go.
    """
    return SQL(
        """WITH spent AS (%(spent)s), windowed AS (
               SELECT spent.*,
                      CASE WHEN %(long_cycle)s <= %(short_cycle)s THEN short_gaps ELSE long_gaps END AS gaps,
                      least(%(leaves_long)s,
                            CASE WHEN %(long_cycle)s <= %(short_cycle)s THEN %(leaves_short)s END)
                          AS gap_leaves
                 FROM spent
                 JOIN incom_t_company co ON co.company_id = spent.company_id
               OFFSET 0
           )
           SELECT customer_id, company_id, first_day, last_day, first_no, last_no, revenue, revenue_before,
                  usual_value, leaves_year_no, leaves_before_no, numbers, gap_leaves,
                  coalesce(cardinality(gaps), 0) AS gap_count, gaps[1] AS gap_min,
                  gaps[cardinality(gaps)] AS gap_max, cycle::numeric,
                  deviation::numeric / cycle::numeric AS spread
             FROM (SELECT windowed.*, %(cycle)s AS cycle FROM windowed OFFSET 0) AS windowed
            CROSS JOIN LATERAL (SELECT %(deviation)s AS deviation) AS typical""",
        spent=_spent(params),
        long_cycle=_median(SQL("long_gaps")),
        short_cycle=params["short_cycle_days"],
        leaves_long=_leaves(SQL("oldest_long"), params["gap_window_months"]),
        leaves_short=_leaves(SQL("oldest_short"), params["short_gap_window_months"]),
        cycle=_median(SQL("gaps")),
        deviation=SQL(
            """CASE WHEN cycle IS NOT NULL
                    THEN (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(gap - cycle))
                            FROM unnest(gaps) AS gap) END"""
        ),
    )


def _spent(params) -> SQL:
    """The sums over the events of a customer, and the gaps inside the long and the short window."""
    return SQL(
        """SELECT customer_id, company_id, min(day) AS first_day, max(day) AS last_day,
                  min(open_no) AS first_no, max(open_no) AS last_no,
                  coalesce(sum(amount) FILTER (WHERE age < %(year)s), 0) AS revenue,
                  coalesce(sum(amount) FILTER (WHERE age >= %(year)s AND age < 2 * %(year)s), 0)
                      AS revenue_before,
                  (percentile_cont(0.5) WITHIN GROUP (ORDER BY amount)
                      FILTER (WHERE rank <= %(usual)s))::numeric AS usual_value,
                  min(open_no) FILTER (WHERE age < %(year)s) + %(year)s AS leaves_year_no,
                  min(open_no) FILTER (WHERE age >= %(year)s AND age < 2 * %(year)s) + 2 * %(year)s
                      AS leaves_before_no,
                  array_agg(open_no ORDER BY open_no DESC) FILTER (WHERE is_purchase) AS numbers,
                  array_agg(gap ORDER BY gap) FILTER (WHERE in_long) AS long_gaps,
                  min(day) FILTER (WHERE in_long) AS oldest_long,
                  array_agg(gap ORDER BY gap) FILTER (WHERE in_long AND in_short) AS short_gaps,
                  min(day) FILTER (WHERE in_long AND in_short) AS oldest_short
             FROM (SELECT purchase.*,
                          gap IS NOT NULL AND purchase_rank <= %(window)s AND day > long_from AS in_long,
                          day > short_from AS in_short
                     FROM (%(purchases)s) AS purchase) AS aged
            GROUP BY customer_id, company_id""",
        purchases=purchases(params),
        year=params["revenue_days"],
        usual=params["median_order_count"],
        window=params["gap_window_count"],
    )


def _median(values: SQL) -> SQL:
    """The median of a sorted array of whole numbers; null of an empty one."""
    return SQL(
        """(((%(values)s)[(cardinality(%(values)s) + 1) / 2]
             + (%(values)s)[cardinality(%(values)s) / 2 + 1]) / 2.0::float8)""",
        values=values,
    )


def _leaves(oldest: SQL, months: int) -> SQL:
    """The day on which a window of so many months lets its oldest gap go, tomorrow at the earliest."""
    return SQL(
        "CASE WHEN %(oldest)s IS NOT NULL THEN greatest(%(day)s, co.today + 1) END",
        oldest=oldest,
        day=_months_after(oldest, months),
    )


def _months_after(day: SQL, months: int) -> SQL:
    return SQL("(%s + make_interval(months => %s))::date", day, months)
