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
                      AND %(date)s <= greatest(%(now)s, m.create_date)
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
        late=is_late(SQL("written.create_date"), SQL("written.date"), params),
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


def is_late(recorded: SQL, date: SQL, params) -> SQL:
    """Whether a contact was written down days after it happened."""
    return SQL(
        "coalesce(%s > %s + make_interval(days => %s), FALSE)",
        recorded,
        date,
        params["late_entry_days"],
    )
