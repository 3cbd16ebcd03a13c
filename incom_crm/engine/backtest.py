"""How well the due list, the chance and "stopped" would have done on the company's own past.

A walk looks at past days, the *cuts*, a week apart. At each it knows the purchases up to that day only:
cycles, curve and list are worked out as they would have stood, then compared with what followed. Judged are
the customers whose cycle is confirmed by gaps; pins of today are left aside. Weeks and horizons are open
days, so a week of holidays makes no list look bad.
"""

from contextlib import contextmanager
from datetime import date
from math import ceil

from odoo.tools import SQL

from . import chance
from .basis import confirmed_stopped_after
from .calendar import companies, day_of
from .customers import contacts
from .purchases import history
from .relations import PLAN_FOR_EVERYBODY, tables

WEEK = 7
WEEKS = 13
BINS = 10


def walk(env, company, today=None) -> dict:
    """Walk through the past of a company.

    * ``weeks``: a dict for each of the last 13 cuts: ``day``, ``eligible_count``, ``ordered_count`` (within
      ``due_list_days``), ``listed_count``, and of the listed the ones who ordered: ``hit_count`` by rule,
      ``chance_hit_count`` of as many likeliest
    * ``bins``: a dict for each tenth of the chances of these cuts: ``sequence``, ``prediction_count``,
      ``predicted`` (mean chance), ``ordered_count``
    * ``stopped``: of the 13 newest cuts whose ``chance_days`` are over: ``judged_count``, ``gone_count`` (no
      order in these days), ``stopped_count`` (at the cut), ``stopped_right_count`` (both), and how well the
      chance and mere recency tell who comes back: ``chance_auc``, ``recency_auc``
    * ``curve``: about the curve of today: ``is_default``, ``ended``, ``open``

    :param date today: the day the walk ends on, the company's today by default
    """
    env.flush_all()
    env.cr.execute(PLAN_FOR_EVERYBODY)
    params = env["incom.crm.parameter"]._values()
    with _known(env, company, params, today):
        cuts = _cuts(env, ceil(params["chance_days"] / WEEK) + WEEKS - 1)
    env.cr.execute(PREDICTIONS)
    for week, cut in cuts:
        with _known(env, company, params, cut):
            env.cr.execute(_predict(week, params))
    with _known(env, company, params, today), tables(env, {"outcome": OUTCOMES}):
        result = {
            "weeks": env.execute_query_dict(_weeks(params)),
            "bins": env.execute_query_dict(_bins(params)),
            "stopped": env.execute_query_dict(_stopped(params))[0],
            "curve": env.execute_query_dict(_curve(params))[0],
        }
    env.cr.execute(SQL("DROP TABLE pg_temp.incom_t_prediction"))
    return result


@contextmanager
def _known(env, company, params, day: date | None):
    """The purchases of one company as they stood at the end of a day, as the engine's relations."""
    of_company = SQL(
        "SELECT * FROM (%s) AS every WHERE company_id = %s", companies(env, day), company.id
    )
    returned = env["incom.customer.profile"]._returned_orders()
    sources = {
        "company": of_company,
        "contact": contacts(SQL("TRUE")),
        **history(params, returned),
    }
    with tables(env, sources):
        yield


def _cuts(env, count) -> list[tuple[int, date]]:
    """The number of weeks before today, and the day, of each cut."""
    day = day_of(SQL("co.o_today - week.number * %s", WEEK))
    return env.execute_query(
        SQL(
            """SELECT week.number, %s FROM incom_t_company co
                CROSS JOIN generate_series(1, %s) AS week(number)""",
            day,
            count,
        )
    )


PREDICTIONS = SQL(
    """CREATE TEMP TABLE incom_t_prediction
           (week int, day date, o_day int, customer_id int, h int, chance float8, returns float8,
            due bool, stopped bool)"""
)


def _predict(week, params) -> SQL:
    """INSERT of what the rules and the curve say at a cut about each customer with a confirmed cycle."""
    curve = chance.Curve(SQL("curve.ratios"), SQL("curve.shares"))
    stored = chance.stored_curve(SQL("data"))
    silence, cycle = SQL("silence.h"), SQL("silence.cycle")
    return SQL(
        """WITH curve AS MATERIALIZED (
               SELECT company_id, %(ratios)s AS ratios, %(shares)s AS shares FROM (%(curves)s) AS built
           ), judged AS (
               SELECT silence.*, %(chance)s AS chance, %(returns)s AS returns,
                      silence.h > %(stopped_after)s AS stopped
                 FROM (%(silences)s) AS silence
                 JOIN curve ON curve.company_id = silence.company_id
                WHERE silence.gap_count >= %(confirmed)s
           )
           INSERT INTO incom_t_prediction
           SELECT %(week)s, co.today, co.o_today, silence.customer_id, silence.h, silence.chance,
                  silence.returns, %(due)s AND NOT silence.stopped, silence.stopped
             FROM judged AS silence
             JOIN incom_t_company co ON co.company_id = silence.company_id""",
        ratios=stored.ratios,
        shares=stored.shares,
        curves=chance.curves(params),
        chance=chance.chance(
            silence, cycle, SQL("silence.gap_count"), params["due_list_days"], curve
        ),
        returns=chance.chance(
            silence, cycle, SQL("silence.gap_count"), params["chance_days"], curve
        ),
        stopped_after=confirmed_stopped_after(cycle, SQL("silence.gap_max"), params),
        silences=chance.silences(),
        confirmed=params["confirmed_gaps"],
        week=week,
        due=chance.on_due_list(silence, cycle, params),
    )


# What followed each prediction: open days to the next order, if any; and whether the customer is one of
# the likeliest, as many as the rule listed on that day.
OUTCOMES = SQL(
    """SELECT prediction.*, next.after,
              row_number() OVER (PARTITION BY prediction.week
                                 ORDER BY prediction.chance DESC, prediction.customer_id)
                  <= count(*) FILTER (WHERE prediction.due) OVER (PARTITION BY prediction.week) AS likely
         FROM incom_t_prediction prediction
         LEFT JOIN (SELECT known.week, known.customer_id, min(event.open_no) - known.o_day AS after
                      FROM incom_t_prediction known
                      JOIN incom_t_event event ON event.customer_id = known.customer_id
                                              AND event.day > known.day
                     GROUP BY known.week, known.customer_id, known.o_day) AS next
           ON next.week = prediction.week AND next.customer_id = prediction.customer_id"""
)


def _weeks(params) -> SQL:
    return SQL(
        """SELECT day, count(*) AS eligible_count,
                  count(*) FILTER (WHERE after <= %(days)s) AS ordered_count,
                  count(*) FILTER (WHERE due) AS listed_count,
                  count(*) FILTER (WHERE due AND after <= %(days)s) AS hit_count,
                  count(*) FILTER (WHERE likely AND after <= %(days)s) AS chance_hit_count
             FROM incom_t_outcome
            WHERE week <= %(weeks)s
            GROUP BY day
            ORDER BY day""",
        days=params["due_list_days"],
        weeks=WEEKS,
    )


def _bins(params) -> SQL:
    return SQL(
        """SELECT bin AS sequence, count(*) AS prediction_count, avg(chance) AS predicted,
                  count(*) FILTER (WHERE after <= %(days)s) AS ordered_count
             FROM (SELECT chance, after, ntile(%(bins)s) OVER (ORDER BY chance, week, customer_id) AS bin
                     FROM incom_t_outcome WHERE week <= %(weeks)s) AS ranked
            GROUP BY bin
            ORDER BY bin""",
        days=params["due_list_days"],
        bins=BINS,
        weeks=WEEKS,
    )


def _stopped(params) -> SQL:
    return SQL(
        """WITH judged AS (
               SELECT stopped, coalesce(after > %(days)s, TRUE) AS gone,
                      rank() OVER by_chance + (count(*) OVER (PARTITION BY returns) - 1) / 2.0 AS chance_rank,
                      rank() OVER by_recency + (count(*) OVER (PARTITION BY h) - 1) / 2.0 AS recency_rank
                 FROM incom_t_outcome
                WHERE week * %(week)s >= %(days)s
               WINDOW by_chance AS (ORDER BY returns), by_recency AS (ORDER BY h DESC)
           ), counted AS (
               SELECT count(*) AS judged_count, count(*) FILTER (WHERE gone) AS gone_count,
                      count(*) FILTER (WHERE stopped) AS stopped_count,
                      count(*) FILTER (WHERE stopped AND gone) AS stopped_right_count,
                      count(*) FILTER (WHERE NOT gone) AS back,
                      sum(chance_rank) FILTER (WHERE NOT gone) AS chance_ranks,
                      sum(recency_rank) FILTER (WHERE NOT gone) AS recency_ranks
                 FROM judged
           )
           SELECT judged_count, gone_count, stopped_count, stopped_right_count,
                  %(chance_auc)s AS chance_auc, %(recency_auc)s AS recency_auc
             FROM counted""",
        chance_auc=_area_under_curve(SQL("chance_ranks")),
        recency_auc=_area_under_curve(SQL("recency_ranks")),
        days=params["chance_days"],
        week=WEEK,
    )


def _curve(params) -> SQL:
    return SQL(
        """SELECT (data -> 'is_default')::bool AS is_default, (data -> 'ended')::int AS ended,
                  (data -> 'open')::int AS open
             FROM (%s) AS built""",
        chance.curves(params),
    )


def _area_under_curve(ranks: SQL) -> SQL:
    """The chance that one who came back ranks above one who did not, ties counting half.

    :param ranks: sum of the ranks of those who came back (Mann and Whitney)
    """
    return SQL("((%s - back * (back + 1) / 2.0) / nullif(back * gone_count, 0))::float8", ranks)
