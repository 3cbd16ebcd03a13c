"""From orders to purchase events, merged purchases, gaps and the purchase cycle (definitions, 4)."""

from odoo.tools import SQL

from .calendar import local_day, open_no


def history(scope: SQL, params) -> dict[str, SQL]:
    """The relations from order to cycle, each built from the ones before it and ``incom_t_company``."""
    return {
        "credit": credits(scope),
        "event": events(scope, params),
        "merged": merged(params),
        "purchase": purchases(),
        "gap": gaps(params),
        "cycle": cycles(),
    }


def credits(scope: SQL) -> SQL:
    """``incom_t_credit``: untaxed value of an order credited and not invoiced again, order currency.

    Documents of days to come are no facts yet; a line billed for several lines of an order counts once.
    """
    return SQL(
        """SELECT order_id,
                  greatest(0, coalesce(sum(amount) FILTER (WHERE move_type = 'out_refund'), 0)
                    - greatest(0, coalesce(sum(amount) FILTER (WHERE move_type = 'out_invoice'), 0)
                               - amount_untaxed)) AS credited
             FROM (SELECT DISTINCT o.id AS order_id, o.amount_untaxed, line.id, move.move_type,
                          line.price_subtotal AS amount
                     FROM sale_order o
                     JOIN incom_t_company co ON co.company_id = o.company_id
                     JOIN sale_order_line sol ON sol.order_id = o.id
                     JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = sol.id
                     JOIN account_move_line line ON line.id = rel.invoice_line_id
                     JOIN account_move move ON move.id = line.move_id AND move.state = 'posted'
                    WHERE move.date <= co.today AND o.id IN (%(refunded)s)) AS billed
            GROUP BY order_id, amount_untaxed""",
        refunded=_billed(SQL("o.id"), SQL("move.move_type = 'out_refund' AND %s", scope)),
    )


def _billed(what: SQL, condition: SQL) -> SQL:
    """SELECT over posted invoices and credit notes of sale orders ``o`` of contacts ``p``."""
    return SQL(
        """SELECT %s
             FROM account_move move
             JOIN account_move_line line ON line.move_id = move.id
             JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = line.id
             JOIN sale_order_line sol ON sol.id = rel.order_line_id
             JOIN sale_order o ON o.id = sol.order_id
             JOIN res_partner p ON p.id = o.partner_id
             JOIN incom_t_company co ON co.company_id = o.company_id
            WHERE move.move_type IN ('out_invoice', 'out_refund') AND move.state = 'posted' AND %s""",
        what,
        condition,
    )


def events(scope: SQL, params) -> SQL:
    """``incom_t_event``: one row per customer, company and local day with a purchase; company currency."""
    return SQL(
        """SELECT customer_id, company_id, day, %(open_no)s AS open_no, amount
             FROM (SELECT customer_id, company_id, day, sum(amount) AS amount
                     FROM (SELECT p.commercial_partner_id AS customer_id, o.company_id, %(day)s AS day,
                                  CASE WHEN credit.credited IS NULL THEN %(amount)s
                                       ELSE %(rest)s END AS amount
                             FROM sale_order o
                             JOIN res_partner p ON p.id = o.partner_id
                             JOIN res_partner customer ON customer.id = p.commercial_partner_id
                             JOIN incom_t_company co ON co.company_id = o.company_id
                             LEFT JOIN incom_t_credit credit ON credit.order_id = o.id
                            WHERE o.state = 'sale'
                              AND o.amount_untaxed > 0
                              AND customer.active
                              AND customer.partner_share
                              AND customer.id NOT IN (SELECT partner_id FROM res_company)
                              AND o.date_order < co.ends
                              AND (credit.credited IS NULL
                                   OR credit.credited < %(credited_share)s * o.amount_untaxed)
                              AND %(scope)s) AS purchase
                    GROUP BY customer_id, company_id, day) AS event
             JOIN incom_t_company co USING (company_id)""",
        scope=scope,
        day=local_day(SQL("o.date_order")),
        open_no=open_no(SQL("event.day")),
        amount=at_rate(SQL("o.amount_untaxed")),
        rest=at_rate(SQL("(o.amount_untaxed - credit.credited)")),
        credited_share=params["credited_share"],
    )


def at_rate(amount: SQL) -> SQL:
    """An amount of the order ``o`` in company currency, at the rate of the order's day."""
    return SQL(
        "CASE WHEN o.currency_rate <> 1 THEN %s / nullif(o.currency_rate, 0) ELSE %s END",
        amount,
        amount,
    )


def future_events(scope: SQL) -> SQL:
    """``incom_t_future``: the first day to come on which a confirmed order, or a bill of one, is dated."""
    return SQL(
        """SELECT customer_id, company_id, min(day) AS day
             FROM (SELECT p.commercial_partner_id AS customer_id, o.company_id, %(day)s AS day
                     FROM sale_order o
                     JOIN res_partner p ON p.id = o.partner_id
                     JOIN incom_t_company co ON co.company_id = o.company_id
                    WHERE o.state = 'sale' AND o.date_order >= co.ends AND %(scope)s
                   UNION ALL
                   %(billed)s) AS dated
            GROUP BY customer_id, company_id""",
        scope=scope,
        day=local_day(SQL("o.date_order")),
        billed=_billed(
            SQL("p.commercial_partner_id, o.company_id, move.date"),
            SQL("move.date > co.today AND %s", scope),
        ),
    )


def merged(params) -> SQL:
    """``incom_t_merged``: the events that are kept, greedily: one is kept when more than
    ``merge_days`` after the last kept one.

    An event further than that from the raw event before it is always kept. Only in a chain of close
    ones does the choice depend on what was kept before; chains are short, and walked one by one.
    """
    return SQL(
        """WITH RECURSIVE link AS MATERIALIZED (
               SELECT sequence.*,
                      count(*) FILTER (WHERE distance IS NULL OR distance > %(merge)s) OVER w AS chain
                 FROM (SELECT customer_id, company_id, day, open_no,
                              open_no - lag(open_no) OVER w AS distance
                         FROM incom_t_event
                       WINDOW w AS (PARTITION BY customer_id, company_id ORDER BY day)) AS sequence
               WINDOW w AS (PARTITION BY customer_id, company_id ORDER BY day)
           ), chain AS (
               SELECT customer_id, company_id, array_agg(open_no ORDER BY day) AS numbers,
                      array_agg(day ORDER BY day) AS days, min(open_no - distance) AS first_no
                 FROM link
                WHERE distance <= %(merge)s
                GROUP BY customer_id, company_id, chain
               HAVING count(*) > 1
           ), walk AS (
               SELECT chain.*, 0 AS place, first_no AS kept_no FROM chain
                UNION ALL
               SELECT walk.customer_id, walk.company_id, walk.numbers, walk.days, walk.first_no,
                      next.place, walk.numbers[next.place]
                 FROM walk
                 JOIN LATERAL (SELECT min(member.place)::int AS place
                                 FROM unnest(walk.numbers) WITH ORDINALITY AS member(number, place)
                                WHERE member.number > walk.kept_no + %(merge)s
                      ) AS next ON next.place IS NOT NULL
           )
           SELECT customer_id, company_id, day, open_no
             FROM link
            WHERE distance IS NULL OR distance > %(merge)s
            UNION ALL
           SELECT customer_id, company_id, days[place], kept_no FROM walk WHERE place > 0""",
        merge=params["merge_days"],
    )


def purchases() -> SQL:
    """``incom_t_purchase``: merged purchases, newest first, with the gap to the one before."""
    return SQL(
        """SELECT customer_id, company_id, day, open_no,
                  open_no - lead(open_no) OVER w AS gap,
                  row_number() OVER w AS rank
             FROM incom_t_merged
           WINDOW w AS (PARTITION BY customer_id, company_id ORDER BY day DESC)"""
    )


def gaps(params) -> SQL:
    """``incom_t_gap``: the gaps that count for the cycle, and when the window lets one go."""
    return SQL(
        """WITH newest AS (
               SELECT purchase.customer_id, purchase.company_id, purchase.day, purchase.gap,
                      purchase.day > (co.today - make_interval(months => %(short_months)s))::date AS in_short,
                      co.today
                 FROM incom_t_purchase purchase
                 JOIN incom_t_company co ON co.company_id = purchase.company_id
                WHERE purchase.gap IS NOT NULL
                  AND purchase.rank <= %(window)s
                  AND purchase.day > (co.today - make_interval(months => %(months)s))::date
           ), span AS (
               SELECT customer_id, company_id,
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) <= %(short_cycle)s AS short,
                      min(day) AS oldest
                 FROM newest
                GROUP BY customer_id, company_id
           )
           SELECT newest.customer_id, newest.company_id, newest.gap,
                  least(greatest((span.oldest + make_interval(months => %(months)s))::date, newest.today + 1),
                        CASE WHEN span.short AND newest.in_short
                             THEN greatest((newest.day + make_interval(months => %(short_months)s))::date,
                                           newest.today + 1)
                        END) AS leaves,
                  (NOT span.short OR newest.in_short) AS used
             FROM newest JOIN span USING (customer_id, company_id)""",
        window=params["gap_window_count"],
        months=params["gap_window_months"],
        short_months=params["short_gap_window_months"],
        short_cycle=params["short_cycle_days"],
    )


def cycles() -> SQL:
    """``incom_t_cycle``: computed cycle and spread; the spread needs the cycle, so gaps are read twice."""
    return SQL(
        """WITH cycle AS (
               SELECT gap.customer_id, gap.company_id,
                      count(*) FILTER (WHERE used)::int AS gap_count,
                      min(gap) FILTER (WHERE used) AS gap_min,
                      max(gap) FILTER (WHERE used) AS gap_max,
                      (percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE used))::numeric AS days,
                      min(leaves) AS leaves
                 FROM incom_t_gap gap
                GROUP BY gap.customer_id, gap.company_id
           )
           SELECT cycle.*, spread.deviation / cycle.days AS spread
             FROM cycle
             LEFT JOIN (SELECT gap.customer_id, gap.company_id,
                               (percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(gap.gap - cycle.days)))::numeric
                                   AS deviation
                          FROM incom_t_gap gap JOIN cycle USING (customer_id, company_id)
                         WHERE gap.used
                         GROUP BY gap.customer_id, gap.company_id
                       ) AS spread USING (customer_id, company_id)"""
    )


def event_sums(params) -> SQL:
    """``incom_t_event_sum``: last and first purchase, yearly revenue, usual value, and the days on which
    an event leaves one of the yearly windows."""
    return SQL(
        """WITH event AS (
               SELECT event.*, co.o_today - event.open_no AS age,
                      row_number() OVER (PARTITION BY event.customer_id, event.company_id
                                         ORDER BY event.day DESC) AS rank
                 FROM incom_t_event event
                 JOIN incom_t_company co ON co.company_id = event.company_id
           )
           SELECT customer_id, company_id, min(day) AS first_day, max(day) AS last_day,
                  coalesce(sum(amount) FILTER (WHERE age < %(year)s), 0) AS revenue,
                  coalesce(sum(amount) FILTER (WHERE age >= %(year)s AND age < 2 * %(year)s), 0)
                      AS revenue_before,
                  (percentile_cont(0.5) WITHIN GROUP (ORDER BY amount)
                      FILTER (WHERE rank <= %(usual)s))::numeric AS usual_value,
                  min(open_no) FILTER (WHERE age < %(year)s) + %(year)s AS leaves_year_no,
                  min(open_no) FILTER (WHERE age >= %(year)s AND age < 2 * %(year)s) + 2 * %(year)s
                      AS leaves_before_no
             FROM event
            GROUP BY customer_id, company_id""",
        year=params["revenue_days"],
        usual=params["median_order_count"],
    )


def purchase_counts(params) -> SQL:
    """``incom_t_count``: number of merged purchases, and the newest that a good partner still needs.

    A good partner with cycle C has at least ``need`` purchases in the last ``span`` open days: the
    purchase of rank ``need`` is younger than that. ``good_until_no`` is the open day it grows older.
    """
    return SQL(
        """WITH expected AS (
               SELECT pair.customer_id, pair.company_id, rule.cycle,
                      CASE WHEN rule.cycle IS NULL THEN %(year)s
                           ELSE greatest(%(year)s, %(window_factor)s * rule.cycle) END AS span
                 FROM incom_t_row pair
                 LEFT JOIN incom_t_cycle cycle USING (customer_id, company_id)
                 LEFT JOIN incom_t_pin pin USING (customer_id, company_id)
                CROSS JOIN LATERAL (SELECT coalesce(pin.pinned_cycle,
                                            CASE WHEN cycle.gap_count >= %(confirmed)s THEN cycle.days END)
                                        AS cycle) AS rule
           ), need AS (
               SELECT customer_id, company_id, span,
                      CASE WHEN cycle IS NULL THEN %(count_no_cycle)s
                           ELSE greatest(1, floor(%(share)s * span / cycle)) END AS count
                 FROM expected
           )
           SELECT purchase.customer_id, purchase.company_id, count(*)::int AS purchases,
                  max(purchase.open_no + ceil(need.span)::int) FILTER (WHERE purchase.rank = need.count)
                      AS good_until_no
             FROM incom_t_purchase purchase
             JOIN need USING (customer_id, company_id)
            GROUP BY purchase.customer_id, purchase.company_id""",
        year=params["good_window_days"],
        window_factor=params["good_window_factor"],
        confirmed=params["confirmed_gaps"],
        count_no_cycle=params["good_count_no_cycle"],
        share=params["good_share"],
    )
