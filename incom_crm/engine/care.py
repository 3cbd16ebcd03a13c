"""What the diary, activities and birthdays say about care (definitions, 2 and 3)."""

from odoo.tools import SQL

from .calendar import local_day, next_working_day, open_no

# Contacts that count as care: a colleague left content or talked with the customer.
IS_CARE = SQL("diary.grade IN ('content', 'two_way') AND diary.user_id IS NOT NULL")

# Documents whose activities belong to a customer: table and the column that leads to a contact.
ACTIVITY_DOCUMENTS = (
    ("res.partner", SQL("res_partner"), SQL("document.id")),
    ("crm.lead", SQL("crm_lead"), SQL("document.partner_id")),
    ("sale.order", SQL("sale_order"), SQL("document.partner_id")),
    ("account.move", SQL("account_move"), SQL("document.partner_id")),
)


def care(scope: SQL, params) -> SQL:
    """``incom_t_care``: newest care, with and without late entries, and the nth newest of late weeks."""
    return SQL(
        """SELECT pair.customer_id, pair.company_id,
                  max(diary.date) FILTER (WHERE %(is_care)s) AS last_cared_at,
                  %(last_care)s AS last_care_day,
                  %(last_cared)s AS last_cared_day,
                  (array_agg(%(day)s ORDER BY diary.date DESC)
                      FILTER (WHERE %(is_care)s AND co.o_today - %(day_no)s < %(fruitless_days)s)
                  )[%(fruitless_count)s] AS nth_care_day
             FROM incom_interaction diary
             JOIN res_partner p ON p.id = diary.partner_id
             JOIN incom_t_row pair ON pair.customer_id = p.commercial_partner_id
             JOIN incom_t_company co ON co.company_id = pair.company_id
            WHERE %(day)s <= co.today AND %(scope)s
            GROUP BY pair.customer_id, pair.company_id, co.company_id, co.tz""",
        scope=scope,
        is_care=IS_CARE,
        day=local_day(SQL("diary.date")),
        day_no=open_no(local_day(SQL("diary.date"))),
        last_care=_newest(SQL("%s AND NOT coalesce(diary.late, FALSE)", IS_CARE)),
        last_cared=_newest(IS_CARE),
        fruitless_days=params["fruitless_days"],
        fruitless_count=params["fruitless_count"],
    )


def _newest(condition: SQL) -> SQL:
    return local_day(SQL("max(diary.date) FILTER (WHERE %s)", condition))


def unanswered(scope: SQL) -> SQL:
    """``incom_t_unanswered``: day of the oldest incoming contact newer than the newest care."""
    return SQL(
        """SELECT pair.customer_id, pair.company_id, min(%(day)s) AS day
             FROM incom_interaction diary
             JOIN res_partner p ON p.id = diary.partner_id
             JOIN incom_t_row pair ON pair.customer_id = p.commercial_partner_id
             JOIN incom_t_company co ON co.company_id = pair.company_id
             LEFT JOIN incom_t_care care
                    ON care.customer_id = pair.customer_id AND care.company_id = pair.company_id
            WHERE diary.direction = 'in'
              AND %(day)s <= co.today
              AND (care.last_cared_at IS NULL OR diary.date > care.last_cared_at)
              AND %(scope)s
            GROUP BY pair.customer_id, pair.company_id""",
        scope=scope,
        day=local_day(SQL("diary.date")),
    )


def activities(scope: SQL) -> SQL:
    """``incom_t_activity``: the earliest deadline of an open activity on the customer's documents."""
    branches = [
        SQL(
            """SELECT p.commercial_partner_id AS customer_id, activity.date_deadline AS day
                 FROM mail_activity activity
                 JOIN %(table)s document ON document.id = activity.res_id
                 JOIN res_partner p ON p.id = %(contact)s
                WHERE activity.res_model = %(model)s AND activity.active AND %(scope)s""",
            table=table,
            contact=contact,
            model=model,
            scope=scope,
        )
        for model, table, contact in ACTIVITY_DOCUMENTS
    ]
    return SQL(
        "SELECT customer_id, min(day) AS day FROM (%s) AS activity GROUP BY customer_id",
        SQL(" UNION ALL ").join(branches),
    )


def next_days() -> SQL:
    """``incom_t_next_day``: the working day after each day that is asked for."""
    return SQL(
        """SELECT asked.company_id, asked.day, %(next)s AS next_day
             FROM (SELECT pair.company_id, activity.day
                     FROM incom_t_activity activity JOIN incom_t_row pair USING (customer_id)
                    UNION
                   SELECT company_id, day FROM incom_t_unanswered) AS asked
             JOIN incom_t_company co ON co.company_id = asked.company_id""",
        next=next_working_day(SQL("asked.day")),
    )


def birthdays(scope: SQL, params) -> SQL:
    """``incom_t_birthday``: the next birthday among the customer's people that care has not met yet.

    29 February is kept on the 28th in other years, as PostgreSQL's year arithmetic does.
    """
    return SQL(
        """SELECT DISTINCT ON (pair.customer_id, pair.company_id)
                  pair.customer_id, pair.company_id, turn.day - %(ahead)s AS opens, turn.day AS day
             FROM res_partner p
             JOIN incom_t_row pair ON pair.customer_id = p.commercial_partner_id
             JOIN incom_t_company co ON co.company_id = pair.company_id
             LEFT JOIN incom_t_care care
                    ON care.customer_id = pair.customer_id AND care.company_id = pair.company_id
            CROSS JOIN LATERAL generate_series(0, 1) AS later(years)
            CROSS JOIN LATERAL (
                  SELECT (p.birthdate + make_interval(years => (
                              extract(year FROM co.today) - extract(year FROM p.birthdate)
                              + later.years)::int))::date AS day) AS turn
            WHERE p.birthdate IS NOT NULL
              AND p.active
              AND turn.day >= co.today
              AND (care.last_care_day IS NULL OR care.last_care_day < turn.day - %(ahead)s)
              AND %(scope)s
            ORDER BY pair.customer_id, pair.company_id, turn.day""",
        scope=scope,
        ahead=params["birthday_days"],
    )


def silence_limits() -> SQL:
    """Stage ``silence``: the smallest allowed silence of the care policies that match a row of ``classed``.

    Customers share few combinations of level, class, industry, region and team, so policies are
    matched once per combination; policies with a tag are matched per customer.
    """
    matches = SQL(
        """policy.active
           AND (policy.company_id IS NULL OR policy.company_id = who.company_id)
           AND (policy.level_id IS NULL OR policy.level_id = who.level_id)
           AND (policy.customer_class IS NULL OR policy.customer_class = who.class)
           AND (policy.industry_id IS NULL OR policy.industry_id = who.industry)
           AND (policy.region_id IS NULL OR policy.region_id = who.region)
           AND (policy.team_id IS NULL OR policy.team_id = who.team)"""
    )
    return SQL(
        """SELECT who.customer_id, who.company_id, least(general.days, tagged.days) AS days
             FROM classed who
             JOIN (SELECT who.*, (SELECT min(policy.silence_days) FROM incom_care_policy policy
                                   WHERE policy.tag_id IS NULL AND %(matches)s) AS days
                     FROM (SELECT DISTINCT company_id, level_id, class, industry, region, team
                             FROM classed) AS who
                  ) AS general
                  USING (company_id, level_id, class, industry, region, team)
             LEFT JOIN (SELECT who.customer_id, who.company_id, min(policy.silence_days) AS days
                          FROM incom_care_policy policy
                          JOIN res_partner_res_partner_category_rel tag ON tag.category_id = policy.tag_id
                          JOIN classed who ON who.customer_id = tag.partner_id
                         WHERE %(matches)s
                         GROUP BY who.customer_id, who.company_id
                       ) AS tagged USING (customer_id, company_id)""",
        matches=matches,
    )

