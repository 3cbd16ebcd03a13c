"""The chance of a purchase, read from the company's own history (definitions, 4).

A *ratio* is a gap divided by what was usual for the customer before it. ``S(x)``, the Kaplan-Meier
survival curve of these ratios, tells the share of gaps longer than x usual gaps; with it a customer who has
been silent for H open days, and buys every C, orders within the next w with the chance
``1 - S((H + w) / C) / S(H / C)``.

Ratios are rounded half up to ``DECIMALS``, when they are sampled and when they are looked up: so the curve
stays small, and a gap of H days and a silence of H days meet at the same point of it.
"""

import json
from functools import cache
from typing import NamedTuple

from odoo.tools import SQL, file_open

from .purchases import purchases

DECIMALS = 2
# The share of a curve is kept to so many digits.
SHARE_DECIMALS = 6
# Gaps a customer needs for a sample, for being one, and for a chance.
MIN_GAPS = 2
DEFAULT_CURVE = "incom_crm/data/default_chance_curve.json"


class Curve(NamedTuple):
    """A survival curve as two arrays of the same length: S is ``shares[i]`` from ``ratios[i]`` on.

    The first ratio is 0, where the share is 1.
    """

    ratios: SQL
    shares: SQL


@cache
def default_curve() -> dict:
    """The curve shipped for companies with too little history: the one of a British wholesaler."""
    with file_open(DEFAULT_CURVE) as file:
        return json.load(file)


# -- building the curve: over the relations of the engine ----------------------------------------


def silences() -> SQL:
    """Each customer with a cycle: ``customer_id, company_id, gap_count, gap_max, cycle, h`` of today."""
    return SQL(
        """SELECT history.customer_id, history.company_id, history.gap_count, history.gap_max, history.cycle,
                  co.o_today - history.last_no AS h
             FROM incom_t_history history
             JOIN incom_t_company co ON co.company_id = history.company_id
            WHERE history.gap_count > 0"""
    )


def samples(params) -> SQL:
    """``company_id, ratio, ended``: past gaps, which ended, and the silences of today, which have not."""
    return SQL(
        """SELECT walk.company_id, %(gap_ratio)s AS ratio, TRUE AS ended
             FROM (SELECT company_id, gap,
                          array_agg(gap) OVER (PARTITION BY customer_id, company_id ORDER BY day
                                               ROWS BETWEEN %(window)s PRECEDING AND 1 PRECEDING) AS before
                     FROM (%(purchases)s) AS purchase
                    WHERE gap IS NOT NULL) AS walk
            CROSS JOIN LATERAL (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY earlier.gap) AS days
                                  FROM unnest(walk.before) AS earlier(gap)) AS usual
            WHERE cardinality(walk.before) >= %(min_gaps)s
            UNION ALL
           SELECT silence.company_id, %(silence_ratio)s, FALSE
             FROM (%(silences)s) AS silence
            WHERE silence.gap_count >= %(min_gaps)s""",
        gap_ratio=_ratio(SQL("walk.gap"), SQL("usual.days")),
        silence_ratio=_ratio(SQL("silence.h"), SQL("silence.cycle")),
        silences=silences(),
        purchases=purchases(params),
        window=params["gap_window_count"],
        min_gaps=MIN_GAPS,
    )


def curves(params) -> SQL:
    """The curve of each company as ``company_id, data``.

    ``data`` holds ``ratios`` and ``shares`` (see :class:`Curve`) and the number of samples, ``ended`` and
    ``open``. With fewer than ``chance_min_samples`` the curve is the shipped one and ``is_default`` is true.
    """
    return SQL(
        """WITH step AS (
               SELECT company_id, ratio, count(*) AS here, count(*) FILTER (WHERE ended) AS ended,
                      sum(count(*)) OVER (PARTITION BY company_id ORDER BY ratio DESC) AS at_risk
                 FROM (%(samples)s) AS sample
                GROUP BY company_id, ratio
           ), kept AS (
               SELECT company_id, ratio, here, ended,
                      CASE WHEN bool_or(ended = at_risk) OVER w THEN 0
                           ELSE exp(sum(ln(1 - ended / nullif(at_risk, ended))) OVER w) END AS share
                 FROM step
               WINDOW w AS (PARTITION BY company_id ORDER BY ratio)
           ), found AS (
               SELECT company_id, sum(ended) AS ended, sum(here - ended) AS open,
                      to_jsonb(array_agg(ratio ORDER BY ratio) FILTER (WHERE ended > 0)) AS ratios,
                      to_jsonb(array_agg(round(share, %(digits)s) ORDER BY ratio) FILTER (WHERE ended > 0))
                          AS shares
                 FROM kept
                GROUP BY company_id
           )
           SELECT co.company_id,
                  CASE WHEN coalesce(found.ended + found.open, 0) < %(enough)s
                       THEN jsonb_build_object('ratios', %(default)s::jsonb -> 'ratios',
                                               'shares', %(default)s::jsonb -> 'shares')
                       ELSE jsonb_build_object('ratios', '[0]'::jsonb || coalesce(found.ratios, '[]'),
                                               'shares', '[1]'::jsonb || coalesce(found.shares, '[]'))
                  END || jsonb_build_object('is_default', coalesce(found.ended + found.open, 0) < %(enough)s,
                                            'ended', coalesce(found.ended, 0),
                                            'open', coalesce(found.open, 0)) AS data
             FROM incom_t_company co
             LEFT JOIN found ON found.company_id = co.company_id""",
        samples=samples(params),
        digits=SHARE_DECIMALS,
        enough=params["chance_min_samples"],
        default=json.dumps(default_curve()),
    )


# -- reading it: expressions ----------------------------------------------------------------------


def stored_curve(data: SQL) -> Curve:
    """The curve in the ``data`` of a reference row."""

    def numbers(key):
        return SQL(
            """(SELECT array_agg(item.value::float8 ORDER BY item.place)
                  FROM jsonb_array_elements_text(%s -> %s) WITH ORDINALITY AS item(value, place))""",
            data,
            key,
        )

    return Curve(numbers("ratios"), numbers("shares"))


def survival(silence: SQL, cycle: SQL, curve: Curve) -> SQL:
    """The share of gaps longer than this silence; past the last sample it keeps its last value."""
    return SQL(
        "(%(shares)s)[width_bucket(%(ratio)s::float8, %(ratios)s)]",
        shares=curve.shares,
        ratio=_ratio(silence, cycle),
        ratios=curve.ratios,
    )


def chance(silence: SQL, cycle: SQL, gap_count: SQL, days: int, curve: Curve) -> SQL:
    """The chance that a customer silent for so many open days orders within the next ``days``.

    :param cycle: the computed cycle, never a pinned one
    :return: an expression, null with fewer than two gaps
    """
    now = survival(silence, cycle, curve)
    then = survival(SQL("%s + %s", silence, days), cycle, curve)
    return SQL(
        """(CASE WHEN %(gap_count)s >= %(min_gaps)s
                 THEN coalesce(1 - %(then)s / nullif(%(now)s, 0), 0) END)""",
        gap_count=gap_count,
        min_gaps=MIN_GAPS,
        now=now,
        then=then,
    )


def on_due_list(silence: SQL, cycle: SQL, params) -> SQL:
    """Whether the next purchase is due within a week, or has been for no longer than half a cycle."""
    return SQL(
        "(round(%(cycle)s) - (%(silence)s) BETWEEN -%(share)s * %(cycle)s AND %(days)s)",
        cycle=cycle,
        silence=silence,
        share=params["due_list_past_share"],
        days=params["due_list_days"],
    )


def yearly_orders(cycle: SQL, params) -> SQL:
    """Orders expected in a year from a customer with this cycle."""
    return SQL("least(%s / %s, %s)", params["revenue_days"], cycle, params["orders_per_year_max"])


def _ratio(days: SQL, usual: SQL) -> SQL:
    return SQL("round(((%s) / (%s))::numeric, %s)", days, usual, DECIMALS)
