"""The last statement: from the facts of a row to its flip dates, level and every stored column."""

from odoo.tools import SQL

from . import reference
from .basis import basis
from .calendar import LAST_DAY, day_of, flip_day, open_no
from .care import allowed_silence, shortened, silence_due_days
from .trigger import NO_TRIGGERS, triggered

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
    "trigger_id trigger_from trigger_until "
    "snoozed_until not_exploited_from badly_exploited_until next_flip"
).split()


def profile(params, kinds=NO_TRIGGERS) -> SQL:
    """``incom_t_profile``: the rows as they should stand in ``incom_customer_profile``.

    ``OFFSET 0`` keeps the planner from merging the steps, which would work out each expression again
    wherever a later step names it.

    :param kinds: of the care triggers in use
    """
    return SQL(
        """WITH company AS MATERIALIZED (%(company)s),
                bucket AS MATERIALIZED (%(bucket)s),
                basis AS (%(basis)s),
                dated AS (%(dated)s),
                levelled AS (%(levelled)s),
                classed AS (%(classed)s),
                limited AS (%(limited)s),
                triggered AS (%(triggered)s)
           %(columns)s""",
        company=_company(),
        bucket=_bucket(params),
        basis=basis(params),
        dated=_dated(),
        levelled=_levelled(params),
        classed=_classed(),
        limited=_limited(params),
        triggered=triggered(kinds),
        columns=_columns(params),
    )


def _company() -> SQL:
    """The companies with what depends on other customers, as it was worked out for the day."""
    return SQL(
        "SELECT co.*, %s AS cuts, %s AS cycles FROM incom_t_company co",
        reference.newest("class_cuts", SQL("co.company_id"), SQL("co.today")),
        reference.newest("industry_cycle", SQL("co.company_id"), SQL("co.today")),
    )


def _bucket(params) -> SQL:
    """Cycle buckets with the longest cycle of each: nearest in log, so cuts are geometric means."""
    return SQL(
        """SELECT id, lag(top) OVER (ORDER BY days) AS bottom, top
             FROM (SELECT id, days, coalesce(sqrt(days::float8 * lead(days) OVER (ORDER BY days))::float8,
                                             days * %(factor)s) AS top
                     FROM incom_purchase_cycle WHERE active) AS bucket""",
        factor=params["bucket_top_factor"],
    )


def _dated() -> SQL:
    """Open days become dates; the estimated cycle comes from the industry."""
    return SQL(
        """SELECT co.*,
                  coalesce(evidence, CASE WHEN estimate IS NULL THEN 'none' ELSE 'estimated' END)
                      AS shown_evidence,
                  CASE WHEN evidence IS NULL THEN estimate ELSE cycle END AS shown_cycle,
                  %(next_day)s AS next_day,
                  CASE WHEN has_window THEN %(opens)s END AS window_opens,
                  CASE WHEN has_window OR c IS NOT NULL THEN %(late)s END AS window_closed_day,
                  %(stopped)s AS stopped_day
             FROM basis co
            OFFSET 0""",
        next_day=day_of(SQL("due_no")),
        opens=day_of(SQL("due_no - lead")),
        late=day_of(SQL("due_no + lead + 1")),
        stopped=day_of(SQL("stopped_no")),
    )


def _levelled(params) -> SQL:
    """The computed approach level: first match wins (definitions, 5)."""
    return SQL(
        """SELECT dated.*,
                  CASE WHEN is_other THEN 'other'
                       WHEN said_stopped OR o_today >= stopped_no THEN 'lapsed'
                       WHEN o_today - first_no >= %(good_age)s AND good_until_no > o_today
                            AND h <= recent_days THEN 'good'
                       WHEN gap_count >= %(regular_gaps)s AND spread <= %(regular_spread)s
                            AND h <= recent_days THEN 'regular'
                       WHEN n BETWEEN 1 AND %(starting)s THEN 'starting'
                       WHEN n > %(starting)s THEN 'irregular'
                       WHEN has_opportunity OR has_valid_quotation OR o_today - cared_no <= %(approaching)s
                       THEN 'approaching'
                       ELSE 'potential'
                  END AS computed_code
             FROM dated
            OFFSET 0""",
        good_age=params["good_age_days"],
        regular_gaps=params["regular_gaps"],
        regular_spread=params["regular_spread"],
        starting=params["starting_count"],
        approaching=params["approaching_days"],
    )


def _classed() -> SQL:
    """The effective level and the class."""
    return SQL(
        """SELECT levelled.*, computed.id AS computed_level_id,
                  coalesce(pinned.id, computed.id) AS level_id,
                  CASE WHEN pinned.id IS NULL THEN computed.stage ELSE pinned.stage END AS stage,
                  CASE WHEN pinned.id IS NULL THEN computed.code ELSE pinned.code END AS code,
                  %(class_of)s AS class
             FROM levelled
             JOIN incom_approach_level computed ON computed.code = levelled.computed_code
             LEFT JOIN incom_approach_level pinned ON pinned.id = levelled.pinned_level_id
            OFFSET 0""",
        class_of=reference.class_of(SQL("revenue"), SQL("cuts")),
    )


def _limited(params) -> SQL:
    """The allowed silence K, the distances silence is judged by, and whether the window was touched."""
    return SQL(
        """SELECT co.*, %(silent_no)s AS silent_no,
                  %(due_days)s AS due_days,
                  floor(k)::int + 1 AS missed_days,
                  CASE WHEN k IS NOT NULL
                       THEN floor(greatest(%(factor)s * k, %(neglected_min)s))::int + 1 END AS neglected_days
             FROM (SELECT who.*,
                          coalesce(greatest(last_care_day, last_day), customer_since) AS silent_since,
                          CASE WHEN code <> 'other' THEN %(k)s END AS k,
                          coalesce(last_care_day >= window_opens, FALSE) AS touched
                     FROM classed who
                   OFFSET 0) AS co
            OFFSET 0""",
        silent_no=open_no(SQL("silent_since")),
        due_days=silence_due_days(SQL("k"), params),
        factor=params["neglected_factor"],
        neglected_min=params["neglected_min_days"],
        k=shortened(allowed_silence(), params),
    )


def _columns(params) -> SQL:
    return SQL(
        """SELECT customer_id, company_id, currency_id, user_id, industry_id, region_id,
                  company_size_id, customer_since,
                  level_id, computed_level_id, stage, level_pin_id,
                  first_day, last_day, n, gap_count, gap_max,
                  computed_cycle::float8, shown_cycle::float8, spread::float8, shown_evidence,
                  bucket.id, cycle_pin_id, next_day,
                  window_opens, CASE WHEN has_window THEN window_closed_day - 1 END,
                  CASE WHEN c IS NOT NULL THEN window_closed_day END, stopped_day,
                  revenue, revenue_before, usual_value, nullif(class, ''),
                  owed, overdue, opportunity_amount, weighted_amount, unsigned_amount,
                  last_care_day, last_cared_day, silent_since, k::float8,
                  CASE WHEN k IS NOT NULL THEN greatest(silent_since, %(due)s) END, %(missed)s, %(neglected)s,
                  activity_day, activity_missed_day, message_missed_day,
                  CASE WHEN k IS NOT NULL AND NOT touched THEN window_opens END,
                  CASE WHEN k IS NOT NULL AND NOT touched AND has_window AND c IS NOT NULL
                       THEN window_closed_day END,
                  CASE WHEN k IS NOT NULL THEN birthday_opens END,
                  CASE WHEN k IS NOT NULL THEN birthday_day END,
                  trigger_id, trigger_opens, trigger_until,
                  snoozed_until,
                  CASE WHEN last_cared_day IS NULL AND n = 0 THEN %(not_exploited)s END,
                  %(badly)s, %(next_flip)s
             FROM triggered co
             LEFT JOIN bucket ON w <= bucket.top AND (bucket.bottom IS NULL OR w > bucket.bottom)""",
        due=day_of(SQL("silent_no + due_days")),
        missed=day_of(SQL("silent_no + missed_days")),
        neglected=day_of(SQL("silent_no + neglected_days")),
        not_exploited=flip_day(SQL("customer_since"), SQL("%s + 1", params["not_exploited_days"])),
        badly=_badly_exploited(params),
        next_flip=_next_flip(params),
    )


def _badly_exploited(params) -> SQL:
    """The first day on which the customer no longer counts as badly exploited; null when not."""
    days = params["fruitless_days"]
    return SQL(
        """greatest(
               CASE WHEN nth_care_day > coalesce(document_day, nth_care_day - 1) THEN %(fruitless)s END,
               CASE WHEN revenue_before > 0 AND revenue < %(share)s * revenue_before
                         AND co.o_today - cared_no < %(days)s THEN %(shrunk)s END)""",
        fruitless=day_of(SQL("nth_care_no + %s", days)),
        share=params["shrink_share"],
        days=days,
        shrunk=day_of(SQL("cared_no + %s", days)),
    )


def _within_calendar(column: str) -> SQL:
    """A day people typed in; what lies beyond Python's calendar (a validity to 9999) never comes."""
    return SQL(
        "CASE WHEN %(day)s < %(end)s THEN %(day)s END", day=SQL.identifier(column), end=LAST_DAY
    )


def _next_flip(params) -> SQL:
    """The first future day on which a stored value may change without anything happening."""
    days = [
        SQL("stopped_day"),
        SQL("gap_leaves"),
        _within_calendar("future_day"),
        _within_calendar("next_overdue"),
        _within_calendar("expires"),
        SQL("CASE WHEN level_pin_id IS NOT NULL THEN level_pin_until + 1 END"),
        SQL("CASE WHEN k IS NOT NULL THEN birthday_day + 1 END"),
        SQL("trigger_until + 1"),
        day_of(SQL("leaves_year_no")),
        day_of(SQL("leaves_before_no")),
        day_of(SQL("good_until_no")),
        day_of(SQL("first_no + %s", params["good_age_days"])),
        day_of(SQL("last_no + recent_days + 1")),
        SQL(
            "CASE WHEN n = 0 THEN %s END",
            day_of(SQL("cared_no + %s + 1", params["approaching_days"])),
        ),
        day_of(SQL("nth_care_no + %s", params["fruitless_days"])),
        day_of(SQL("cared_no + %s", params["fruitless_days"])),
    ]
    # a day that is not in the future becomes null
    future = [SQL("nullif(greatest(%s, co.today), co.today)", day) for day in days]
    return SQL("least(%s)", SQL(", ").join(future))
