"""Done activities and meetings as rows of the diary (definitions, 2).

The activity of a meeting and the meeting are one contact: the meeting has the row, with the words said on
marking the activity as done.
"""

from odoo.tools import SQL

from .diary import COLUMNS, is_late
from .meetings import contact_moment, is_private
from .plain_text import plain_text

IS_DONE = SQL("(NOT activity.active AND activity.date_done IS NOT NULL)")
CHANNEL_OF_KIND = SQL(
    "CASE done.category WHEN 'phonecall' THEN 'phone' WHEN 'meeting' THEN 'visit' ELSE 'other' END"
)


def from_activities(document_of, scope: SQL, params) -> SQL:
    """INSERT of the contacts that done activities are: *content* with feedback, an *attempt* without.

    Automated activities closed without a text are nobody's work. Time and author are those of the message
    that was posted on marking it done: ``date_done`` is a UTC date, and activities are written on afterwards.
    The activity of a meeting that has its row is the same contact, see ``feedback_to_meetings``.
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT done.customer_id, nullif(done.contact_id, done.customer_id), done.user_id, done.company_id,
                  date_trunc('second', done.done_at),
                  %(channel)s, 'out', CASE WHEN done.text <> '' THEN 'content' ELSE 'attempt' END,
                  coalesce(nullif(done.text, ''), done.summary), done.res_model, done.res_id, NULL, NULL,
                  done.id, done.done_at, FALSE, 'kept'
             FROM (SELECT activity.id, activity.res_model, activity.res_id, activity.summary,
                          activity.automated, kind.category, document.contact_id,
                          customer.commercial_partner_id AS customer_id, colleague.id AS user_id,
                          coalesce(document.company_id, colleague.company_id,
                                   (SELECT min(id) FROM res_company)) AS company_id,
                          CASE WHEN posted.date IS NOT NULL THEN posted.date
                               WHEN activity.write_date::date = activity.date_done THEN activity.write_date
                               ELSE activity.date_done + interval '12 hours' END AS done_at,
                          %(text)s AS text
                     FROM mail_activity activity
                     JOIN LATERAL (%(document)s) AS document ON TRUE
                     JOIN res_partner customer ON customer.id = document.contact_id
                     LEFT JOIN LATERAL (%(posted)s) AS posted ON TRUE
                     JOIN res_users colleague
                       ON colleague.id = coalesce(nullif(posted.user_id, %(root)s),
                                                  nullif(activity.write_uid, %(root)s), activity.user_id)
                      AND NOT colleague.share
                     LEFT JOIN mail_activity_type kind ON kind.id = activity.activity_type_id
                    WHERE %(is_done)s
                      AND NOT EXISTS (SELECT FROM incom_interaction known WHERE known.activity_id = activity.id)
                      AND NOT EXISTS (SELECT FROM incom_interaction met
                                       WHERE met.event_id = activity.calendar_event_id
                                         AND met.partner_id = customer.commercial_partner_id
                                         AND met.source_state <> 'revoked')
                      AND %(scope)s
                   OFFSET 0) AS done
            WHERE done.customer_id IS NOT NULL
              AND date_trunc('second', done.done_at) <= %(now)s
              AND (done.text <> '' OR done.automated IS NOT TRUE)
           RETURNING partner_id""",
        columns=COLUMNS,
        document=document_of(SQL("activity.res_model"), SQL("activity.res_id")),
        scope=scope,
        posted=_posted_on_done(),
        is_done=IS_DONE,
        channel=CHANNEL_OF_KIND,
        root=params["root"],
        now=params["now"],
        text=plain_text(SQL("activity.feedback")),
    )


def feedback_to_meetings(scope: SQL) -> SQL:
    """UPDATE that gives meetings the words with which their activities were marked as done.

    :param scope: condition on ``mail_activity activity``
    """
    return words_to_meetings(
        SQL(
            """event.id IN (SELECT activity.calendar_event_id FROM mail_activity activity
                             WHERE %s AND %s)""",
            IS_DONE,
            scope,
        )
    )


def words_to_meetings(scope: SQL) -> SQL:
    """UPDATE of the words of meetings that are in the diary.

    :param scope: condition on ``calendar_event event``
    """
    return SQL(
        """UPDATE incom_interaction met SET body = told.words
             FROM (SELECT event.id, %(words)s AS words FROM calendar_event event WHERE %(scope)s) AS told
            WHERE met.event_id = told.id AND met.source_state <> 'revoked'
              AND told.words IS NOT NULL AND told.words IS DISTINCT FROM met.body
        RETURNING met.partner_id""",
        words=_words_of_meeting(),
        scope=scope,
    )


def from_done_messages(document_of, scope: SQL, params) -> SQL:
    """INSERT of the contacts that done activities are of which only the message is left.

    Odoo deleted activities on marking them done before it archived them. A message whose activity is still
    there, or was when its row was written, is that activity's; one about a meeting is the meeting's.

    :param scope: condition on ``mail_message m``
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT done.customer_id, nullif(done.contact_id, done.customer_id), done.user_id, done.company_id,
                  done.date, %(channel)s, 'out', CASE WHEN done.text <> '' THEN 'content' ELSE 'attempt' END,
                  coalesce(nullif(done.text, ''), done.heading), done.model, done.res_id, done.id, NULL, NULL,
                  done.date, FALSE, 'kept'
             FROM (SELECT m.id, m.model, m.res_id, date_trunc('second', m.date) AS date,
                          kind.category, document.contact_id, customer.commercial_partner_id AS customer_id,
                          colleague.id AS user_id,
                          coalesce(document.company_id, colleague.company_id,
                                   (SELECT min(id) FROM res_company)) AS company_id,
                          %(heading)s AS heading, %(text)s AS text
                     FROM mail_message m
                     JOIN LATERAL (%(document)s) AS document ON TRUE
                     JOIN res_partner customer ON customer.id = document.contact_id
                     JOIN LATERAL (SELECT u.id, u.company_id FROM res_users u
                                    WHERE u.partner_id = m.author_id AND NOT u.share
                                    ORDER BY u.active DESC, u.id LIMIT 1) AS colleague ON TRUE
                     JOIN LATERAL (%(parts)s) AS part ON TRUE
                     LEFT JOIN mail_activity_type kind ON kind.id = m.mail_activity_type_id
                    WHERE m.mail_activity_type_id IS NOT NULL
                      AND m.author_id <> %(odoobot)s
                      AND m.date <= %(now)s
                      AND NOT EXISTS (SELECT FROM incom_interaction known WHERE known.message_id = m.id)
                      AND NOT %(has_activity)s
                      AND NOT %(met)s
                      AND %(scope)s
                   OFFSET 0) AS done
           RETURNING partner_id""",
        columns=COLUMNS,
        channel=CHANNEL_OF_KIND,
        document=document_of(SQL("m.model"), SQL("m.res_id")),
        parts=_parts_of_done_message(),
        heading=plain_text(SQL("part.heading")),
        text=plain_text(SQL("part.feedback")),
        has_activity=_has_activity(),
        met=_met_before(params),
        scope=scope,
        odoobot=params["odoobot"],
        now=params["now"],
    )


def from_meetings(document_of, scope: SQL, params) -> SQL:
    """INSERT of the contacts that meetings are: *two-way* when held, an *attempt* when not held.

    One row per customer among the attendees, of the opportunity and of the document; each occurrence of a
    recurrence is a meeting of its own. What was written down with the outcome is its text, else what was said
    on marking its activity as done, else its subject unless it is private.

    :param document_of: function from the expressions of model and id to the one row
        ``contact_id, company_id, is_paper`` of that customer document
    :param scope: condition on ``calendar_event event``
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT met.customer_id, nullif(met.contact_id, met.customer_id), colleague.id, colleague.company_id,
                  %(at)s, 'visit', 'out',
                  CASE event.meeting_outcome WHEN 'held' THEN 'two_way' ELSE 'attempt' END,
                  coalesce(%(words)s, CASE WHEN NOT %(private)s THEN event.name END),
                  'calendar.event', event.id, NULL, event.id, NULL,
                  greatest(event.create_date, %(at)s), %(late)s, 'kept'
             FROM calendar_event event
             JOIN res_users colleague ON colleague.id = event.user_id AND NOT colleague.share
             JOIN LATERAL (SELECT DISTINCT ON (person.commercial_partner_id)
                                  person.commercial_partner_id AS customer_id, person.id AS contact_id
                             FROM (SELECT rel.res_partner_id AS id FROM calendar_event_res_partner_rel rel
                                    WHERE rel.calendar_event_id = event.id
                                   UNION
                                   SELECT lead.partner_id FROM crm_lead lead WHERE lead.id = event.opportunity_id
                                   UNION
                                   SELECT document.contact_id FROM (%(document)s) AS document
                                  ) AS invited
                             JOIN res_partner person ON person.id = invited.id
                             JOIN res_partner customer ON customer.id = person.commercial_partner_id
                            WHERE customer.partner_share AND person.partner_share
                            ORDER BY person.commercial_partner_id, person.id) AS met ON TRUE
            WHERE event.meeting_outcome IN ('held', 'not_held')
              AND %(at)s <= %(now)s
              AND NOT EXISTS (SELECT FROM incom_interaction known
                               WHERE known.event_id = event.id AND known.partner_id = met.customer_id
                                 AND known.source_state <> 'revoked')
              AND %(scope)s
           RETURNING partner_id""",
        columns=COLUMNS,
        document=document_of(SQL("event.res_model"), SQL("event.res_id")),
        words=_words_of_meeting(),
        private=is_private("event"),
        at=contact_moment(
            "event",
            SQL(
                """(SELECT coalesce(home.incom_tz, 'UTC') FROM res_company home
                     WHERE home.id = colleague.company_id)"""
            ),
            params["now"],
        ),
        scope=scope,
        now=params["now"],
        late=is_late(SQL("event.create_date"), SQL("event.start"), params),
    )


def activities_of_meetings(scope: SQL) -> SQL:
    """DELETE of the rows of activities whose meeting has got its own row: one contact, one row.

    :param scope: condition on ``calendar_event event``
    """
    return SQL(
        """DELETE FROM incom_interaction same
            USING mail_activity activity, calendar_event event, incom_interaction met
            WHERE same.activity_id = activity.id AND event.id = activity.calendar_event_id
              AND met.event_id = event.id AND met.partner_id = same.partner_id
              AND met.source_state <> 'revoked' AND %(scope)s
        RETURNING same.partner_id""",
        scope=scope,
    )


def _posted_on_done() -> SQL:
    """Time and author of the message posted when ``activity`` was done; of several that day the nearest."""
    return SQL(
        """SELECT m.date, (SELECT u.id FROM res_users u WHERE u.partner_id = m.author_id AND NOT u.share
                            ORDER BY u.active DESC, u.id LIMIT 1) AS user_id
             FROM mail_message m
            WHERE m.model = activity.res_model AND m.res_id = activity.res_id
              AND m.mail_activity_type_id = activity.activity_type_id
              AND m.date::date = activity.date_done
            ORDER BY abs(extract(epoch FROM m.date - activity.write_date)), m.id
            LIMIT 1"""
    )


def _words_of_meeting() -> SQL:
    """What was written down with the outcome of the meeting ``event``, or on marking its activities as done."""
    return SQL(
        """coalesce(
             nullif(btrim(event.outcome_text), ''),
             (SELECT string_agg(nullif(%s, ''), ' ' ORDER BY activity.id)
                FROM mail_activity activity WHERE activity.calendar_event_id = event.id AND %s))""",
        plain_text(SQL("activity.feedback")),
        IS_DONE,
    )


def _parts_of_done_message() -> SQL:
    """Heading and feedback in the body of ``m``, which Odoo made of an activity.

    The heading is the first paragraph. The feedback comes last, after a title of its own; in older versions
    it came right after the heading, without a title, and the activity's own note last.
    """
    return SQL(
        """SELECT substring(m.body FROM '^.*?</p>') AS heading,
                  CASE WHEN rest.html ~ '<div class="fw-bold">'
                       THEN regexp_replace(rest.html, '^.*<div class="fw-bold">[^<]*</div>', '')
                       ELSE regexp_replace(rest.html, '<div class="o_mail_note_title.*$', '') END AS feedback
             FROM (SELECT regexp_replace(m.body, '^.*?</p>', '') AS html) AS rest"""
    )


def _has_activity() -> SQL:
    """Whether the done activity that ``m`` was posted for is kept, or was when its row was written."""
    return SQL(
        """(EXISTS (SELECT FROM mail_activity activity
                     WHERE activity.res_model = m.model AND activity.res_id = m.res_id
                       AND activity.activity_type_id = m.mail_activity_type_id
                       AND activity.date_done = m.date::date AND %s)
            OR EXISTS (SELECT FROM incom_interaction known
                        WHERE known.partner_id = customer.commercial_partner_id
                          AND known.date = date_trunc('second', m.date)
                          AND known.res_model = m.model AND known.res_id = m.res_id
                          AND known.activity_id IS NOT NULL))""",
        IS_DONE,
    )


def _met_before(params) -> SQL:
    """Whether ``m`` is about a meeting that took place, or not, with the customer in the days before."""
    return SQL(
        """(coalesce(kind.category = 'meeting', FALSE)
            AND EXISTS (SELECT FROM calendar_event event
                          JOIN calendar_event_res_partner_rel rel ON rel.calendar_event_id = event.id
                          JOIN res_partner person ON person.id = rel.res_partner_id
                         WHERE person.commercial_partner_id = customer.commercial_partner_id
                           AND event.meeting_outcome IN ('held', 'not_held')
                           AND event.start BETWEEN m.date - make_interval(days => %s) AND m.date))""",
        params["late_entry_days"],
    )
