"""What the diary, activities and birthdays say about care (definitions, 2 and 3)."""

from odoo.tools import SQL

from .calendar import LAST_DAY, local_day, next_working_day

# What a policy or trigger asks for, and the column of a customer's row it is compared with.
CRITERIA = {
    "company_id": "company_id",
    "level_id": "level_id",
    "customer_class": "class",
    "industry_id": "industry_id",
    "region_id": "region_id",
    "team_id": "team_id",
}
# Contacts that count as care: a colleague left content or talked with the customer.
IS_CARE = SQL(
    "diary.grade IN ('content', 'two_way') AND diary.user_id IS NOT NULL AND diary.source_state <> 'revoked'"
)


def care() -> SQL:
    """``incom_t_care``: the newest care, with late entries and without, and how much was of late."""
    return SQL(
        """SELECT care.customer_id, care.company_id, care.last_cared_at, care.recent_count,
                  %(care_day)s AS last_care_day, %(cared_day)s AS last_cared_day
             FROM (SELECT pair.customer_id, pair.company_id,
                          max(diary.date) FILTER (WHERE diary.late IS NOT TRUE) AS last_care_at,
                          max(diary.date) AS last_cared_at,
                          count(*) FILTER (WHERE diary.date >= co.recent_from) AS recent_count
                     FROM incom_interaction diary
                     JOIN incom_t_contact contact ON contact.contact_id = diary.partner_id
                     JOIN incom_t_row pair ON pair.customer_id = contact.customer_id
                     JOIN incom_t_company co ON co.company_id = pair.company_id
                    WHERE %(is_care)s AND diary.date < co.ends
                    GROUP BY pair.customer_id, pair.company_id) AS care
             JOIN incom_t_company co ON co.company_id = care.company_id""",
        is_care=IS_CARE,
        care_day=local_day(SQL("care.last_care_at")),
        cared_day=local_day(SQL("care.last_cared_at")),
    )


def fruitless(params) -> SQL:
    """``incom_t_fruitless``: the day of the nth newest care of the last weeks, where there are so many."""
    return SQL(
        """SELECT care.customer_id, care.company_id, %(day)s AS day
             FROM (SELECT care.customer_id, care.company_id, diary.date,
                          row_number() OVER (PARTITION BY care.customer_id, care.company_id
                                             ORDER BY diary.date DESC) AS rank
                     FROM incom_t_care care
                     JOIN incom_t_company co ON co.company_id = care.company_id
                     JOIN incom_t_contact contact ON contact.customer_id = care.customer_id
                     JOIN incom_interaction diary ON diary.partner_id = contact.contact_id
                    WHERE care.recent_count >= %(count)s
                      AND %(is_care)s AND diary.date >= co.recent_from AND diary.date < co.ends) AS care
             JOIN incom_t_company co ON co.company_id = care.company_id
            WHERE care.rank = %(count)s""",
        is_care=IS_CARE,
        day=local_day(SQL("care.date")),
        count=params["fruitless_count"],
    )


def unanswered() -> SQL:
    """``incom_t_unanswered``: day of the oldest incoming contact newer than the newest care."""
    return SQL(
        """SELECT message.customer_id, message.company_id, %(day)s AS day
             FROM (SELECT pair.customer_id, pair.company_id, min(diary.date) AS at
                     FROM incom_interaction diary
                     JOIN incom_t_contact contact ON contact.contact_id = diary.partner_id
                     JOIN incom_t_row pair ON pair.customer_id = contact.customer_id
                     JOIN incom_t_company co ON co.company_id = pair.company_id
                     LEFT JOIN incom_t_care care
                            ON care.customer_id = pair.customer_id AND care.company_id = pair.company_id
                    WHERE diary.direction = 'in'
                      AND diary.date < co.ends
                      AND (care.last_cared_at IS NULL OR diary.date > care.last_cared_at)
                    GROUP BY pair.customer_id, pair.company_id) AS message
             JOIN incom_t_company co ON co.company_id = message.company_id""",
        day=local_day(SQL("message.at")),
    )


def future_facts(orders: SQL) -> SQL:
    """``incom_t_future``: the first day to come on which a fact is dated: in the diary, or of ``orders``.

    Hardly any row of the diary lies ahead: the first condition leaves those before anything is joined.
    """
    return SQL(
        """SELECT customer_id, company_id, min(day) AS day
             FROM (SELECT pair.customer_id, pair.company_id, %(day)s AS day
                     FROM incom_interaction diary
                     JOIN incom_t_contact contact ON contact.contact_id = diary.partner_id
                     JOIN incom_t_row pair ON pair.customer_id = contact.customer_id
                     JOIN incom_t_company co ON co.company_id = pair.company_id
                    WHERE diary.date >= (SELECT min(ends) FROM incom_t_company)
                      AND diary.date >= co.ends
                   UNION ALL
                   SELECT customer_id, company_id, day FROM (%(orders)s) AS ordered) AS dated
            GROUP BY customer_id, company_id""",
        day=local_day(SQL("diary.date")),
        orders=orders,
    )


def activities(documents: dict[str, SQL]) -> SQL:
    """``incom_t_activity``: the earliest deadline of an open activity on the customer's documents.

    What the alert job made says what is known already, and is no reason of its own.

    :param documents: per model a SELECT of its customers' documents: ``id, contact_id``
    """
    branches = [
        SQL(
            """SELECT contact.customer_id, activity.date_deadline AS day
                 FROM mail_activity activity
                 JOIN (%(documents)s) AS document ON document.id = activity.res_id
                 JOIN incom_t_contact contact ON contact.contact_id = document.contact_id
                WHERE activity.res_model = %(model)s AND activity.active
                  AND activity.incom_alert_id IS NULL""",
            documents=select,
            model=model,
        )
        for model, select in documents.items()
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
        next=SQL(
            "CASE WHEN asked.day < %s THEN %s END", LAST_DAY, next_working_day(SQL("asked.day"))
        ),
    )


def birthdays(params) -> SQL:
    """``incom_t_birthday``: the next birthday among the customer's people that care has not met yet."""
    return SQL(
        """SELECT DISTINCT ON (pair.customer_id, pair.company_id)
                  pair.customer_id, pair.company_id, turn.day - %(ahead)s AS opens, turn.day AS day
             FROM res_partner p
             JOIN incom_t_contact contact ON contact.contact_id = p.id
             JOIN incom_t_row pair ON pair.customer_id = contact.customer_id
             JOIN incom_t_company co ON co.company_id = pair.company_id
             LEFT JOIN incom_t_care care
                    ON care.customer_id = pair.customer_id AND care.company_id = pair.company_id
            CROSS JOIN LATERAL generate_series(0, 1) AS later(years)
            CROSS JOIN LATERAL (
                  SELECT %(birthday)s AS day) AS turn
            WHERE p.birthdate IS NOT NULL
              AND p.active
              AND turn.day >= co.today
              AND (care.last_care_day IS NULL OR care.last_care_day < turn.day - %(ahead)s)
            ORDER BY pair.customer_id, pair.company_id, turn.day""",
        birthday=birthday(),
        ahead=params["birthday_days"],
    )


def birthday() -> SQL:
    """The birthday of the contact ``p`` in the year of today of ``co``, or ``later.years`` after.

    29 February is kept on the 28th in other years, as PostgreSQL's year arithmetic does.
    """
    return SQL(
        """(p.birthdate + make_interval(years => (extract(year FROM co.today) - extract(year FROM p.birthdate)
                                                  + later.years)::int))::date"""
    )


def signs() -> SQL:
    """``incom_t_sign``: what few customers have at a time, gathered so that it is joined once."""
    return SQL(
        """SELECT customer_id, company_id, max(nth_care_day) AS nth_care_day, max(document_day) AS document_day,
                  max(activity_day) AS activity_day, max(activity_missed_day) AS activity_missed_day,
                  max(message_missed_day) AS message_missed_day,
                  max(birthday_opens) AS birthday_opens, max(birthday_day) AS birthday_day
             FROM (SELECT customer_id, company_id, day AS nth_care_day, NULL::date AS document_day,
                          NULL::date AS activity_day, NULL::date AS activity_missed_day,
                          NULL::date AS message_missed_day, NULL::date AS birthday_opens,
                          NULL::date AS birthday_day
                     FROM incom_t_fruitless
                   UNION ALL
                   SELECT customer_id, company_id, NULL, day, NULL, NULL, NULL, NULL, NULL FROM incom_t_document
                   UNION ALL
                   SELECT pair.customer_id, pair.company_id, NULL, NULL, activity.day, next.next_day, NULL, NULL,
                          NULL
                     FROM incom_t_activity activity
                     JOIN incom_t_row pair ON pair.customer_id = activity.customer_id
                     JOIN incom_t_next_day next
                       ON next.company_id = pair.company_id AND next.day = activity.day
                   UNION ALL
                   SELECT unanswered.customer_id, unanswered.company_id, NULL, NULL, NULL, NULL, next.next_day,
                          NULL, NULL
                     FROM incom_t_unanswered unanswered
                     JOIN incom_t_next_day next
                       ON next.company_id = unanswered.company_id AND next.day = unanswered.day
                   UNION ALL
                   SELECT customer_id, company_id, NULL, NULL, NULL, NULL, NULL, opens, day FROM incom_t_birthday
                  ) AS sign
            GROUP BY customer_id, company_id"""
    )


def matches(setting: str, who: str) -> SQL:
    """Whether a care policy or trigger is for a customer: an empty criterion is met by everybody.

    :param setting: alias of a row with the criteria
    :param who: alias of a row of the stage ``classed``, or one with the same columns
    """
    criteria = [
        SQL("(%s IS NULL OR %s = %s)", asked, asked, SQL.identifier(who, trait))
        for asked, trait in (
            (SQL.identifier(setting, criterion), trait) for criterion, trait in CRITERIA.items()
        )
    ]
    return SQL(
        """%(criteria)s
               AND (%(tag)s IS NULL
                    OR EXISTS (SELECT FROM res_partner_res_partner_category_rel tag
                                WHERE tag.partner_id = %(customer)s AND tag.category_id = %(tag)s))""",
        criteria=SQL(" AND ").join(criteria),
        tag=SQL.identifier(setting, "tag_id"),
        customer=SQL.identifier(who, "customer_id"),
    )


def allowed_silence() -> SQL:
    """The smallest allowed silence of the care policies that match a row of ``classed who``."""
    return SQL(
        """(SELECT min(policy.silence_days)
              FROM incom_care_policy policy
             WHERE policy.active AND %s)""",
        matches("policy", "who"),
    )


def shortened(allowed: SQL, params) -> SQL:
    """K from what a policy allows: a customer who buys in a cycle is not left alone for longer than it."""
    return SQL(
        """least(%s, CASE WHEN stage = 'buying' AND c IS NOT NULL
                          THEN greatest(%s, c) END)""",
        allowed,
        params["silence_cycle_min_days"],
    )


def silence_due_days(k: SQL, params) -> SQL:
    """The silence, in open days, from which K asks for care."""
    return SQL(
        "ceil(%(k)s - least(%(warning)s, ceil(%(k)s / %(divisor)s::numeric)))::int",
        k=k,
        warning=params["warning_days"],
        divisor=params["warning_divisor"],
    )
