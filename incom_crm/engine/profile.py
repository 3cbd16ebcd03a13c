"""The last statement: from the facts of a row to its flip dates, level and every stored column."""

from odoo.tools import SQL

from . import reference
from .calendar import day_of, flip_day, open_no
from .care import silence_limits

# Columns of incom_customer_profile in the order of the statement; the first two are the key.
COLUMNS = (
    "partner_id company_id currency_id user_id industry_id region_id company_size_id customer_since "
    "approach_level_id approach_level_computed_id approach_stage level_pin_id "
    "first_purchase_date last_purchase_date purchase_count purchase_gap_count purchase_gap_max "
    "purchase_cycle_computed_days purchase_cycle_days purchase_cycle_spread purchase_cycle_evidence "
    "purchase_cycle_id cycle_pin_id next_purchase_date window_from window_until late_from stopped_from "
    "revenue_12m revenue_previous_12m median_order_value customer_class "
    "receivable_amount overdue_amount open_opportunity_amount weighted_opportunity_amount unsigned_amount "
    "last_care_date last_cared_date silence_from allowed_silence "
    "care_due_date care_missed_from care_neglected_from activity_due_from activity_missed_from "
    "message_missed_from window_need_from window_missed_from birthday_from birthday_until "
    "snoozed_until not_exploited_from badly_exploited_until next_flip"
).split()


def profile(params) -> SQL:
    """``incom_t_profile``: the rows as they should stand in ``incom_customer_profile``."""
    return SQL(
        """WITH reference AS (%(reference)s),
                bucket AS (%(bucket)s),
                dated AS (%(dated)s),
                levelled AS (%(levelled)s),
                classed AS (%(classed)s),
                silence AS (%(silence)s),
                limited AS (%(limited)s)
           %(columns)s""",
        reference=_reference(),
        bucket=_bucket(params),
        dated=_dated(params),
        levelled=_levelled(params),
        classed=_classed(),
        silence=silence_limits(),
        limited=_limited(params),
        columns=_columns(params),
    )


def _reference() -> SQL:
    """Per company what depends on other customers, as it was worked out for the day."""
    return SQL(
        "SELECT co.company_id, %s AS cuts, %s AS cycles FROM incom_t_company co",
        reference.newest("class_cuts", SQL("co.company_id"), SQL("co.today")),
        reference.newest("industry_cycle", SQL("co.company_id"), SQL("co.today")),
    )


def _bucket(params) -> SQL:
    """Cycle buckets with the longest cycle of each: nearest in log, so cuts are geometric means."""
    return SQL(
        """SELECT id, lag(top) OVER (ORDER BY days) AS bottom, top
             FROM (SELECT id, days, coalesce(sqrt(days * lead(days) OVER (ORDER BY days))::float8,
                                             days * %(factor)s) AS top
                     FROM incom_purchase_cycle WHERE active) AS bucket""",
        factor=params["bucket_top_factor"],
    )


def _dated(params) -> SQL:
    """Distances become days; the estimated cycle comes from the industry."""
    window = SQL("w >= %s AND n > 0", params["window_min_cycle_days"])
    late_no = SQL("last_no + due_after + lead + 1")
    return SQL(
        """SELECT basis.*, co.today, co.o_today, co.currency_id, co.decimals, reference.cuts,
                  coalesce(evidence, CASE WHEN estimate.cycle IS NULL THEN 'none' ELSE 'estimated' END)
                      AS shown_evidence,
                  CASE WHEN evidence IS NULL THEN estimate.cycle ELSE basis.cycle END AS shown_cycle,
                  %(next_day)s AS next_day,
                  CASE WHEN %(window)s THEN %(opens)s END AS window_opens,
                  CASE WHEN %(window)s THEN %(late)s - 1 END AS window_closes,
                  %(late)s AS window_closed_day,
                  CASE WHEN c IS NOT NULL THEN %(late)s END AS late_day,
                  %(stopped)s AS stopped_day
             FROM incom_t_basis basis
             JOIN incom_t_company co ON co.company_id = basis.company_id
             JOIN reference ON reference.company_id = basis.company_id
            CROSS JOIN LATERAL (SELECT %(estimate)s AS cycle) AS estimate""",
        estimate=reference.estimate_of(SQL("reference.cycles"), SQL("basis.industry_id")),
        window=window,
        next_day=flip_day(SQL("last_day"), SQL("due_after")),
        opens=flip_day(SQL("last_day"), SQL("due_after - lead")),
        late=day_of(late_no),
        stopped=day_of(SQL("last_no + floor(stopped_after) + 1")),
    )


def _levelled(params) -> SQL:
    """The computed approach level: first match wins (definitions, 5)."""
    return SQL(
        """SELECT dated.*,
                  CASE WHEN is_other THEN 'other'
                       WHEN said_stopped OR (n > 0 AND today >= stopped_day) THEN 'lapsed'
                       WHEN o_today - first_no >= %(good_age)s AND good_until_no > o_today AND recent THEN 'good'
                       WHEN gap_count >= %(regular_gaps)s AND spread <= %(regular_spread)s
                            AND h <= %(recent_factor)s * c THEN 'regular'
                       WHEN n BETWEEN 1 AND %(starting)s THEN 'starting'
                       WHEN n > %(starting)s THEN 'irregular'
                       WHEN has_opportunity OR has_valid_quotation OR cared_lately THEN 'approaching'
                       ELSE 'potential'
                  END AS computed_code
             FROM (SELECT dated.*,
                          CASE WHEN c IS NULL THEN h <= %(recent_days)s ELSE h <= %(recent_factor)s * c END
                              AS recent,
                          dated.o_today - %(cared_no)s <= %(approaching)s AS cared_lately
                     FROM dated
                     JOIN incom_t_company co ON co.company_id = dated.company_id
                  ) AS dated""",
        good_age=params["good_age_days"],
        regular_gaps=params["regular_gaps"],
        regular_spread=params["regular_spread"],
        recent_factor=params["recent_factor"],
        recent_days=params["recent_no_cycle_days"],
        starting=params["starting_count"],
        approaching=params["approaching_days"],
        cared_no=open_no(SQL("dated.last_cared_day")),
    )


def _classed() -> SQL:
    """The effective level, the class, and the keys by which care policies are matched."""
    return SQL(
        """SELECT levelled.*, computed.id AS computed_level_id,
                  coalesce(pinned.id, computed.id) AS level_id,
                  CASE WHEN pinned.id IS NULL THEN computed.stage ELSE pinned.stage END AS stage,
                  CASE WHEN pinned.id IS NULL THEN computed.code ELSE pinned.code END AS code,
                  %(class_of)s AS class,
                  coalesce(industry_id, 0) AS industry,
                  coalesce(region_id, 0) AS region,
                  coalesce(team_id, 0) AS team
             FROM levelled
             JOIN incom_approach_level computed ON computed.code = levelled.computed_code
             LEFT JOIN incom_approach_level pinned ON pinned.id = levelled.pinned_level_id""",
        class_of=reference.class_of(SQL("revenue"), SQL("cuts")),
    )


def _limited(params) -> SQL:
    """The allowed silence K, where silence starts, and whether the reorder window was touched."""
    return SQL(
        """SELECT classed.*,
                  coalesce(greatest(last_care_day, last_day), customer_since) AS silent_since,
                  CASE WHEN code = 'other' THEN NULL
                       WHEN stage = 'buying' AND c IS NOT NULL
                       THEN least(silence.days, greatest(%(cycle_min)s, c))
                       ELSE silence.days END AS k,
                  coalesce(last_care_day >= window_opens, FALSE) AS touched
             FROM classed JOIN silence USING (customer_id, company_id)""",
        cycle_min=params["silence_cycle_min_days"],
    )


def _columns(params) -> SQL:
    silent = SQL("silent_since")
    neglect = SQL("floor(greatest(%s * k, %s)) + 1", params["neglected_factor"], params["neglected_min_days"])
    need = SQL(
        "ceil(k - least(%s, ceil(k / %s::numeric)))", params["warning_days"], params["warning_divisor"]
    )
    return SQL(
        """SELECT limited.customer_id, limited.company_id, limited.currency_id, user_id, industry_id, region_id,
                  company_size_id, customer_since,
                  level_id, computed_level_id, stage, level_pin_id,
                  first_day, last_day, n, gap_count, gap_max,
                  computed_cycle::float8, shown_cycle::float8, spread::float8, shown_evidence,
                  bucket.id, cycle_pin_id, next_day, window_opens, window_closes, late_day, stopped_day,
                  revenue, revenue_before, usual_value, nullif(class, ''),
                  owed, overdue, opportunity_amount, weighted_amount, unsigned_amount,
                  last_care_day, last_cared_day, silent_since, k::float8,
                  CASE WHEN k IS NOT NULL THEN %(due)s END,
                  CASE WHEN k IS NOT NULL THEN %(missed)s END,
                  CASE WHEN k IS NOT NULL THEN %(neglected)s END,
                  activity_day, activity_missed_day, message_missed_day,
                  CASE WHEN k IS NOT NULL AND NOT touched THEN window_opens END,
                  CASE WHEN k IS NOT NULL AND NOT touched AND c IS NOT NULL AND window_opens IS NOT NULL
                       THEN window_closed_day END,
                  CASE WHEN k IS NOT NULL THEN birthday_opens END,
                  CASE WHEN k IS NOT NULL THEN birthday_day END,
                  snoozed_until,
                  CASE WHEN last_cared_day IS NULL AND n = 0 THEN %(not_exploited)s END,
                  %(badly)s, %(next_flip)s
             FROM limited
             JOIN incom_t_company co ON co.company_id = limited.company_id
             LEFT JOIN bucket ON w <= bucket.top AND (bucket.bottom IS NULL OR w > bucket.bottom)""",
        due=flip_day(silent, need),
        missed=flip_day(silent, SQL("floor(k) + 1")),
        neglected=flip_day(silent, neglect),
        not_exploited=flip_day(SQL("customer_since"), SQL("%s + 1", params["not_exploited_days"])),
        badly=_badly_exploited(params),
        next_flip=_next_flip(params),
    )


def _badly_exploited(params) -> SQL:
    """The first day on which the customer no longer counts as badly exploited; null when not."""
    return SQL(
        """greatest(
               CASE WHEN nth_care_day > coalesce(document_day, nth_care_day - 1) THEN %(fruitless)s END,
               CASE WHEN revenue_before > 0 AND revenue < %(share)s * revenue_before
                         AND co.o_today - %(cared_no)s < %(days)s THEN %(shrunk)s END)""",
        fruitless=flip_day(SQL("nth_care_day"), SQL("%s", params["fruitless_days"])),
        share=params["shrink_share"],
        days=params["fruitless_days"],
        cared_no=open_no(SQL("last_cared_day")),
        shrunk=flip_day(SQL("last_cared_day"), SQL("%s", params["fruitless_days"])),
    )


def _next_flip(params) -> SQL:
    """The first future day on which a stored value may change without anything happening."""
    days = [
        SQL("stopped_day"),
        SQL("gap_leaves"),
        SQL("future_day"),
        SQL("next_overdue"),
        SQL("expires"),
        SQL("CASE WHEN level_pin_id IS NOT NULL THEN level_pin_until + 1 END"),
        SQL("CASE WHEN k IS NOT NULL THEN birthday_day + 1 END"),
        day_of(SQL("leaves_year_no")),
        day_of(SQL("leaves_before_no")),
        day_of(SQL("good_until_no")),
        day_of(SQL("first_no + %s", params["good_age_days"])),
        day_of(SQL("last_no + floor(coalesce(%s * c, %s)) + 1", params["recent_factor"], params["recent_no_cycle_days"])),
        SQL("CASE WHEN n = 0 THEN %s END", flip_day(SQL("last_cared_day"), SQL("%s + 1", params["approaching_days"]))),
        SQL("CASE WHEN nth_care_day IS NOT NULL THEN %s END", flip_day(SQL("nth_care_day"), SQL("%s", params["fruitless_days"]))),
        flip_day(SQL("last_cared_day"), SQL("%s", params["fruitless_days"])),
    ]
    future = [SQL("CASE WHEN %(day)s > co.today THEN %(day)s END", day=day) for day in days]
    return SQL("least(%s)", SQL(", ").join(future))
