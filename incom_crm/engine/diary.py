"""The one place where documents become rows of the diary, and where they are graded (definitions, 2).

The hooks pass the ids of what was just written, the back-fill passes ranges of ids: the same INSERT
serves both, and writes nothing twice.
"""

from odoo.tools import SQL

from .plain_text import plain_text

# Columns every statement fills, in order.
COLUMNS = SQL(
    """partner_id, contact_id, user_id, company_id, date, channel, direction, grade, body,
       res_model, res_id, message_id, event_id, activity_id, recorded_on, late, source_state"""
)

# Notes of OdooBot, and what systems write, are never contacts with a customer.
HUMAN_MESSAGES = SQL("m.message_type IN ('comment', 'email')")


def from_messages(document_of, scope: SQL, params) -> SQL:
    """INSERT of the contacts that chatter messages are.

    A colleague's text of enough characters is *content*, on invoices and deliveries as an internal
    note only; a comment there is an *attempt*. What a person of the customer writes is *two-way*.

    :param document_of: function from the expressions of model and id to the one row
        ``contact_id, company_id, is_paper`` of that customer document
    :param scope: condition on ``mail_message m``
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT written.customer_id,
                  CASE WHEN written.is_colleague THEN nullif(written.contact_id, written.customer_id)
                       ELSE nullif(written.author_id, written.customer_id) END,
                  written.user_id, written.company_id, written.date,
                  CASE WHEN written.message_type = 'email' THEN 'email'
                       WHEN NOT written.is_colleague THEN 'web'
                       WHEN written.is_note THEN 'other'
                       ELSE 'email' END,
                  CASE WHEN written.is_colleague THEN 'out' ELSE 'in' END,
                  CASE WHEN NOT written.is_colleague THEN 'two_way'
                       WHEN written.is_paper AND NOT written.is_note THEN 'attempt'
                       ELSE 'content' END,
                  written.text, written.model, written.res_id, written.id, NULL, NULL,
                  written.create_date, %(late)s, 'kept'
             FROM (SELECT m.id, m.model, m.res_id, m.message_type, author.id AS author_id,
                          %(date)s AS date, m.create_date,
                          coalesce(m.is_internal, FALSE) OR coalesce(subtype.internal, FALSE) AS is_note,
                          document.contact_id, document.is_paper,
                          customer.commercial_partner_id AS customer_id,
                          colleague.id IS NOT NULL AS is_colleague, colleague.id AS user_id,
                          coalesce(document.company_id, colleague.company_id,
                                   (SELECT min(id) FROM res_company)) AS company_id,
                          %(text)s AS text
                     FROM mail_message m
                     JOIN LATERAL (%(document)s) AS document ON TRUE
                     JOIN res_partner customer ON customer.id = document.contact_id
                     JOIN res_partner author ON author.id = %(author)s
                     LEFT JOIN mail_message_subtype subtype ON subtype.id = m.subtype_id
                     LEFT JOIN LATERAL (SELECT u.id, u.company_id FROM res_users u
                                         WHERE u.partner_id = author.id AND NOT u.share
                                         ORDER BY u.active DESC, u.id LIMIT 1) AS colleague ON TRUE
                    WHERE %(human)s
                      AND m.mail_activity_type_id IS NULL
                      AND author.id <> %(odoobot)s
                      AND %(date)s <= %(now)s
                      AND NOT %(signature)s
                      AND (colleague.id IS NOT NULL
                           OR author.commercial_partner_id = customer.commercial_partner_id)
                      AND NOT EXISTS (SELECT FROM incom_interaction known WHERE known.message_id = m.id)
                      AND %(scope)s
                   OFFSET 0) AS written
            WHERE written.customer_id IS NOT NULL
              AND (NOT written.is_colleague
                   OR (written.is_paper AND NOT written.is_note AND written.text <> '')
                   OR char_length(replace(written.text, ' ', '')) >= %(min_chars)s)
           RETURNING partner_id""",
        columns=COLUMNS,
        document=document_of(SQL("m.model"), SQL("m.res_id")),
        human=HUMAN_MESSAGES,
        scope=scope,
        # a mail that has arrived was written before that, whatever the sender's clock says
        date=SQL(
            "CASE WHEN m.message_type = 'email' THEN least(m.date, m.create_date) ELSE m.date END"
        ),
        # a mail that came before its sender was a contact has no author, only an address
        author=SQL(
            """coalesce(m.author_id, CASE WHEN m.message_type = 'email' AND customer.email_normalized
                   = lower(substring(m.email_from FROM '[^[:space:]<>"]+@[^[:space:]<>"]+')) THEN customer.id END)"""
        ),
        signature=_signature_note(),
        text=plain_text(SQL("m.body")),
        odoobot=params["odoobot"],
        now=params["now"],
        min_chars=params["content_min_chars"],
        late=_late(SQL("written.create_date"), SQL("written.date"), params),
    )


def from_activities(document_of, scope: SQL, params) -> SQL:
    """INSERT of the contacts that done activities are: *content* with feedback, an *attempt* without.

    Automated activities closed without a text are nobody's work. Time and author are those of the message
    that was posted on marking it done: ``date_done`` is a UTC date, and activities are written on afterwards.
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT done.customer_id, nullif(done.contact_id, done.customer_id), done.user_id, done.company_id,
                  date_trunc('second', done.done_at),
                  CASE done.category WHEN 'phonecall' THEN 'phone' WHEN 'meeting' THEN 'visit' ELSE 'other' END,
                  'out', CASE WHEN done.text <> '' THEN 'content' ELSE 'attempt' END,
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
                    WHERE NOT activity.active AND activity.date_done IS NOT NULL
                      AND NOT EXISTS (SELECT FROM incom_interaction known WHERE known.activity_id = activity.id)
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
        root=params["root"],
        now=params["now"],
        text=plain_text(SQL("activity.feedback")),
    )


def from_meetings(document_of, scope: SQL, params) -> SQL:
    """INSERT of the contacts that meetings are: *two-way* when held, an *attempt* when not held.

    One row per customer among the attendees, of the opportunity and of the document; each occurrence of a
    recurrence is a meeting of its own.

    :param document_of: function from the expressions of model and id to the one row
        ``contact_id, company_id, is_paper`` of that customer document
    :param scope: condition on ``calendar_event event``
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT met.customer_id, nullif(met.contact_id, met.customer_id), colleague.id, colleague.company_id,
                  event.start, 'visit', 'out',
                  CASE event.meeting_outcome WHEN 'held' THEN 'two_way' ELSE 'attempt' END,
                  event.name, 'calendar.event', event.id, NULL, event.id, NULL,
                  greatest(event.create_date, event.start), %(late)s, 'kept'
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
              AND event.start <= %(now)s
              AND NOT EXISTS (SELECT FROM incom_interaction known
                               WHERE known.event_id = event.id AND known.partner_id = met.customer_id
                                 AND known.source_state <> 'revoked')
              AND %(scope)s
           RETURNING partner_id""",
        columns=COLUMNS,
        document=document_of(SQL("event.res_model"), SQL("event.res_id")),
        scope=scope,
        now=params["now"],
        late=_late(SQL("event.create_date"), SQL("event.start"), params),
    )


def from_signatures(scope: SQL, params) -> SQL:
    """INSERT of the contacts that a customer's online signatures and confirmations are.

    A customer confirms without a signature by paying online: the payment is there, the order is confirmed after.

    :param scope: condition on ``sale_order o``
    """
    return SQL(
        """INSERT INTO incom_interaction (%(columns)s)
           SELECT customer.commercial_partner_id, nullif(customer.id, customer.commercial_partner_id), NULL,
                  o.company_id, confirmed.date, 'web', 'in', 'two_way', concat_ws(' ', o.name, o.signed_by),
                  'sale.order', o.id, NULL, NULL, NULL, confirmed.date, FALSE, 'kept'
             FROM sale_order o
             JOIN res_partner customer ON customer.id = o.partner_id
            CROSS JOIN LATERAL (
                  SELECT coalesce(o.signed_on, max(paid.last_state_change)) AS date
                    FROM sale_order_transaction_rel rel
                    JOIN payment_transaction paid ON paid.id = rel.transaction_id
                   WHERE rel.sale_order_id = o.id
                     AND o.state = 'sale'
                     AND paid.state IN ('authorized', 'done')
                     AND paid.last_state_change <= o.date_order) AS confirmed
            WHERE confirmed.date <= %(now)s
              AND NOT EXISTS (SELECT FROM incom_interaction known
                               WHERE known.res_model = 'sale.order' AND known.res_id = o.id
                                 AND known.message_id IS NULL AND known.activity_id IS NULL
                                 AND known.source_state = 'kept' AND known.date = confirmed.date)
              AND %(scope)s
           RETURNING partner_id""",
        columns=COLUMNS,
        scope=scope,
        now=params["now"],
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


def _signature_note() -> SQL:
    """Whether ``m`` is what the portal posts in the customer's name right after the signature.

    The signature itself is the contact, see ``from_signatures``; making the signed print takes a moment.
    """
    return SQL(
        """EXISTS (SELECT FROM sale_order signed
                    WHERE m.model = 'sale.order' AND m.message_type = 'comment' AND colleague.id IS NULL
                      AND signed.id = m.res_id
                      AND m.date BETWEEN signed.signed_on AND signed.signed_on + interval '2 minutes')"""
    )


def _late(recorded: SQL, date: SQL, params) -> SQL:
    return SQL(
        "coalesce(%s > %s + make_interval(days => %s), FALSE)",
        recorded,
        date,
        params["late_entry_days"],
    )
