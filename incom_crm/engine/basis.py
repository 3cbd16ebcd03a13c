"""One relation with every fact of a row, and the cycle with its evidence and thresholds."""

from odoo.tools import SQL

from .calendar import local_day, open_no
from .reference import estimate_of


def basis(params) -> SQL:
    """Stage ``basis``: the facts of each row, the rule's cycle and the open days at which status flips.

    ``c`` is the cycle the rules go by (pinned or confirmed), ``w`` the one that has a reorder window
    (a provisional one too); ``recent_days`` is the longest silence of a good or regular partner. A good
    partner has so many purchases in the last ``good_span``; until ``good_until_no`` the oldest that is
    needed is young enough.
    """
    return SQL(
        """SELECT evident.*,
                  CASE WHEN n > 0 THEN last_no + round(w)::int END AS due_no,
                  n > 0 AND coalesce(w >= %(window_min)s, FALSE) AS has_window,
                  CASE WHEN n > 0 THEN least(greatest(%(lead_min)s, least(%(lead_max)s, round(w / %(lead_divisor)s))),
                                             ceil(w / 2) - 1)::int END AS lead,
                  last_no + 1 + CASE
                      WHEN c IS NOT NULL THEN %(confirmed_stopped)s
                      WHEN w IS NOT NULL THEN floor(greatest(%(stopped_no_cycle)s, %(stopped_max_factor)s * w))::int
                      ELSE %(stopped_no_cycle)s END AS stopped_no,
                  CASE WHEN c IS NULL THEN %(recent_days)s ELSE floor(%(recent_factor)s * c)::int END
                      AS recent_days,
                  CASE WHEN evidence IS NULL THEN %(estimate)s END AS estimate,
                  numbers[%(needed)s] + ceil(good_span)::int AS good_until_no
             FROM (SELECT fact.*,
                          CASE WHEN evidence IN ('pinned', 'confirmed') THEN cycle END AS c,
                          CASE WHEN evidence IN ('pinned', 'confirmed', 'provisional') THEN cycle END AS w,
                          CASE WHEN evidence IN ('pinned', 'confirmed')
                               THEN greatest(%(good_window)s, %(good_factor)s * cycle)
                               ELSE %(good_window)s END AS good_span
                     FROM (SELECT gathered.*,
                                  CASE WHEN pinned_cycle IS NOT NULL THEN 'pinned'
                                       WHEN gap_count >= %(confirmed)s THEN 'confirmed'
                                       WHEN gap_count = 2 AND gap_max <= %(ratio)s * gap_min THEN 'provisional'
                                  END AS evidence,
                                  coalesce(pinned_cycle, computed_cycle) AS cycle
                             FROM (%(facts)s OFFSET 0) AS gathered) AS fact
                  ) AS evident
            OFFSET 0""",
        facts=_facts(),
        window_min=params["window_min_cycle_days"],
        estimate=estimate_of(SQL("cycles"), SQL("industry_id")),
        confirmed=params["confirmed_gaps"],
        ratio=params["provisional_ratio"],
        lead_min=params["lead_min_days"],
        lead_max=params["lead_max_days"],
        lead_divisor=params["lead_divisor"],
        confirmed_stopped=confirmed_stopped_after(SQL("c"), SQL("gap_max"), params),
        stopped_max_factor=params["stopped_max_factor"],
        stopped_no_cycle=params["stopped_no_cycle_days"],
        recent_factor=params["recent_factor"],
        recent_days=params["recent_no_cycle_days"],
        needed=SQL(
            "CASE WHEN c IS NULL THEN %s ELSE greatest(1, floor(%s * good_span / c))::int END",
            params["good_count_no_cycle"],
            params["good_share"],
        ),
        good_window=params["good_window_days"],
        good_factor=params["good_window_factor"],
    )


def confirmed_stopped_after(cycle: SQL, gap_max: SQL, params) -> SQL:
    """The silence after which a customer with a confirmed or pinned cycle has stopped, in open days."""
    return SQL(
        """floor(least(greatest(%(factor)s * %(cycle)s, %(min)s, coalesce(%(gap_max)s, 0)),
                       greatest(%(max)s, %(max_factor)s * %(cycle)s)))::int""",
        cycle=cycle,
        gap_max=gap_max,
        factor=params["stopped_factor"],
        min=params["stopped_min_days"],
        max=params["stopped_max_days"],
        max_factor=params["stopped_max_factor"],
    )


def _facts() -> SQL:
    """Every fact of a row; ``company`` is ``incom_t_company`` with what depends on other customers."""
    return SQL(
        """SELECT pair.customer_id, pair.company_id, co.currency_id, co.today, co.o_today, co.closed, co.closed_no,
                  co.cuts, co.cycles,
                  customer.user_id, customer.industry_id, customer.region_id, customer.company_size_id,
                  customer.team_id, %(since)s AS customer_since,
                  coalesce(cardinality(history.numbers), 0) AS n, history.numbers,
                  history.first_day, history.last_day, history.first_no, history.last_no,
                  co.o_today - history.last_no AS h,
                  coalesce(round(history.revenue, co.decimals), 0) AS revenue,
                  coalesce(round(history.revenue_before, co.decimals), 0) AS revenue_before,
                  round(history.usual_value, co.decimals) AS usual_value,
                  history.leaves_year_no, history.leaves_before_no,
                  coalesce(history.gap_count, 0) AS gap_count, history.gap_min, history.gap_max,
                  history.cycle AS computed_cycle, history.spread, history.gap_leaves,
                  pin.level_pin_id, pin.pinned_level_id, pin.level_pin_until, pin.cycle_pin_id,
                  pin.pinned_cycle, pin.snoozed_until,
                  coalesce(pin.other_date >= coalesce(history.last_day, pin.other_date), FALSE) AS is_other,
                  coalesce(pin.said_stopped_date >= coalesce(history.last_day, pin.said_stopped_date), FALSE)
                      AS said_stopped,
                  care.last_care_day, care.last_cared_day, %(cared_no)s AS cared_no,
                  sign.nth_care_day, %(nth_no)s AS nth_care_no, sign.document_day,
                  sign.activity_day, sign.activity_missed_day, sign.message_missed_day,
                  sign.birthday_opens, sign.birthday_day,
                  coalesce(round(deal.unsigned, co.decimals), 0) AS unsigned_amount,
                  coalesce(deal.valid, FALSE) AS has_valid_quotation, deal.expires,
                  coalesce(deal.is_open, FALSE) AS has_opportunity,
                  coalesce(round(deal.open, co.decimals), 0) AS opportunity_amount,
                  coalesce(round(deal.weighted, co.decimals), 0) AS weighted_amount,
                  coalesce(round(deal.owed, co.decimals), 0) AS owed,
                  coalesce(round(deal.overdue, co.decimals), 0) AS overdue,
                  deal.next_overdue, deal.future_day
             FROM incom_t_row pair
             JOIN company co ON co.company_id = pair.company_id
             JOIN incom_t_customer customer ON customer.customer_id = pair.customer_id
             LEFT JOIN incom_t_history history
                    ON history.customer_id = pair.customer_id AND history.company_id = pair.company_id
             LEFT JOIN incom_t_pin pin
                    ON pin.customer_id = pair.customer_id AND pin.company_id = pair.company_id
             LEFT JOIN incom_t_care care
                    ON care.customer_id = pair.customer_id AND care.company_id = pair.company_id
             LEFT JOIN incom_t_sign sign
                    ON sign.customer_id = pair.customer_id AND sign.company_id = pair.company_id
             LEFT JOIN incom_t_deal deal
                    ON deal.customer_id = pair.customer_id AND deal.company_id = pair.company_id""",
        since=local_day(SQL("customer.create_date")),
        cared_no=open_no(SQL("care.last_cared_day")),
        nth_no=open_no(SQL("sign.nth_care_day")),
    )
