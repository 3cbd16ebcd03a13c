"""What goes along when customers get another salesperson: one query, counted by the preview and
written down by the handover, so that what is shown is what moves."""

from datetime import datetime
from typing import NamedTuple

from odoo.tools import SQL


class Choice(NamedTuple):
    """Who hands which customers over to whom, and what goes along.

    :param customers: sub-query of the ids of the contacts to choose from
    :param giver_ids: users whose documents go along even where the customer is another's
    :param receiver_ids: users the customers are dealt out to, one by one
    :param now: meetings that begin later are future ones; activities always go along, as nobody
        could work on what he no longer sees
    :param loose_leads: also leads of the givers that have no customer yet
    :param remains_guest: the former organiser keeps his seat in the meetings
    """

    customers: SQL
    giver_ids: list
    receiver_ids: list
    now: datetime
    leads: bool = True
    quotations: bool = True
    meetings: bool = True
    loose_leads: bool = False
    remains_guest: bool = False


def _works_in(company, user):
    """Whether the user works in the company of a record; records without company are everybody's."""
    return SQL(
        """(%(company)s IS NULL OR EXISTS (
            SELECT FROM res_company_users_rel employed
             WHERE employed.cid = %(company)s AND employed.user_id = %(user)s))""",
        company=company,
        user=user,
    )


def _given(choice, user, row):
    """Whether the user's record goes along: it is the former owner's, or a leaver's."""
    return SQL(
        "((%(user)s = %(row)s.old OR %(user)s = ANY(%(givers)s)) AND %(user)s <> %(row)s.new)",
        user=user,
        row=row,
        givers=choice.giver_ids,
    )


def _people(choice):
    """CTEs ``chosen``, ``customer`` (gets another salesperson) and ``family`` (with its contacts).

    The customers are dealt out by what they bought in a year, so that nobody gets the small ones only.
    """
    return SQL(
        """chosen AS MATERIALIZED (
            SELECT partner.id, partner.user_id AS old, partner.company_id,
                   row_number() OVER (ORDER BY worth.revenue DESC NULLS LAST, partner.id) AS sequence
              FROM res_partner partner
              LEFT JOIN (SELECT partner_id, sum(revenue_12m) AS revenue
                           FROM incom_customer_profile GROUP BY partner_id) worth
                ON worth.partner_id = partner.id
             WHERE partner.id IN %(customers)s
               AND partner.id = partner.commercial_partner_id
               AND (partner.user_id IS NOT NULL OR worth.partner_id IS NOT NULL)
        ), customer AS MATERIALIZED (
            SELECT dealt.*
              FROM (SELECT chosen.*, %(receiver)s AS new FROM chosen) dealt
             WHERE dealt.new IS DISTINCT FROM dealt.old AND %(works_in)s
        ), family AS MATERIALIZED (
            SELECT contact.id, contact.user_id, customer.id AS customer, customer.sequence,
                   customer.old, customer.new
              FROM customer JOIN res_partner contact ON contact.commercial_partner_id = customer.id
        )""",
        customers=choice.customers,
        receiver=_dealt_to(choice, SQL("chosen.sequence")),
        works_in=_works_in(SQL("dealt.company_id"), SQL("dealt.new")),
    )


def _dealt_to(choice, number):
    """The receiver whose turn a number is."""
    return SQL(
        "(%(receivers)s)[1 + ((%(number)s - 1) %% %(count)s)::int]",
        receivers=choice.receiver_ids,
        number=number,
        count=len(choice.receiver_ids),
    )


def _documents(choice):
    """CTEs ``lead``, ``quotation``, ``moved``: contacts and documents that change hands, and ``lost``:
    beside these the documents of others that were read as those of one's customer.
    """
    return SQL(
        """lead AS MATERIALIZED (
            SELECT lead.id, lead.user_id AS old, family.new, family.sequence, family.customer
              FROM family JOIN crm_lead lead ON lead.partner_id = family.id
             WHERE %(leads)s AND lead.active AND lead.won_status = 'pending'
               AND %(lead_given)s AND %(lead_company)s
             UNION ALL
            SELECT loose.* FROM (
                SELECT lead.id, lead.user_id AS old, %(loose_receiver)s AS new,
                       (SELECT count(*) FROM chosen) + lead.number AS sequence, NULL::int AS customer
                  FROM (SELECT id, user_id, row_number() OVER (ORDER BY id) AS number
                          FROM crm_lead
                         WHERE %(loose)s AND active AND won_status = 'pending'
                           AND partner_id IS NULL AND user_id = ANY(%(givers)s)) lead
                 ) loose JOIN crm_lead lead ON lead.id = loose.id
             WHERE loose.new <> loose.old AND %(loose_company)s
        ), quotation AS MATERIALIZED (
            SELECT quotation.id, quotation.user_id AS old, family.new, family.sequence, family.customer
              FROM family JOIN sale_order quotation ON quotation.partner_id = family.id
             WHERE %(quotations)s AND quotation.state IN ('draft', 'sent')
               AND %(quotation_given)s AND %(quotation_company)s
        ), moved AS MATERIALIZED (
            SELECT 'res.partner' AS model, id, old, new, sequence, customer FROM family
             UNION ALL SELECT 'crm.lead', id, old, new, sequence, customer FROM lead
             UNION ALL SELECT 'sale.order', id, old, new, sequence, customer FROM quotation
        ), lost AS MATERIALIZED (
            SELECT model, id, old, new, sequence, customer FROM moved
             UNION ALL
            SELECT document.model, document.id, family.old, family.new, family.sequence, family.customer
              FROM family
              JOIN (SELECT 'crm.lead' AS model, id, partner_id, user_id FROM crm_lead
                     UNION ALL SELECT 'sale.order', id, partner_id, user_id FROM sale_order
                     UNION ALL SELECT 'account.move', id, partner_id, invoice_user_id FROM account_move
                   ) document ON document.partner_id = family.id
             WHERE document.user_id IS DISTINCT FROM family.old
               AND NOT EXISTS (SELECT FROM moved
                                WHERE moved.model = document.model AND moved.id = document.id)
        )""",
        leads=choice.leads,
        lead_given=_given(choice, SQL("lead.user_id"), SQL("family")),
        lead_company=_works_in(SQL("lead.company_id"), SQL("family.new")),
        loose=choice.loose_leads and choice.leads,
        loose_receiver=_dealt_to(choice, SQL("lead.number")),
        loose_company=_works_in(SQL("lead.company_id"), SQL("loose.new")),
        givers=choice.giver_ids,
        quotations=choice.quotations,
        quotation_given=_given(choice, SQL("quotation.user_id"), SQL("family")),
        quotation_company=_works_in(SQL("quotation.company_id"), SQL("family.new")),
    )


def _work(choice):
    """CTEs ``activity`` and ``meeting``: open work on what moves, and meetings to come."""
    return SQL(
        """activity AS MATERIALIZED (
            SELECT activity.id, activity.user_id AS old, lost.new, lost.sequence, lost.customer,
                   lost.model, lost.id AS res_id
              FROM lost
              JOIN mail_activity activity
                ON activity.res_model = lost.model AND activity.res_id = lost.id
             WHERE activity.active AND %(activity_given)s
        ), future AS MATERIALIZED (
            SELECT id, user_id, opportunity_id, res_model, res_id
              FROM calendar_event WHERE %(meetings)s AND active AND start > %(now)s
        ), meeting AS MATERIALIZED (
            SELECT DISTINCT ON (found.event_id)
                   found.event_id AS id, found.user_id, found.old, found.new, found.sequence,
                   found.customer
              FROM (SELECT future.id AS event_id, future.user_id, family.old, family.new,
                           family.sequence, family.customer
                      FROM future
                      JOIN calendar_event_res_partner_rel guest ON guest.calendar_event_id = future.id
                      JOIN family ON family.id = guest.res_partner_id
                     UNION ALL
                    SELECT future.id, future.user_id, lead.old, lead.new, lead.sequence, lead.customer
                      FROM future JOIN lead ON lead.id = future.opportunity_id
                     UNION ALL
                    SELECT future.id, future.user_id, moved.old, moved.new, moved.sequence, moved.customer
                      FROM future
                      JOIN moved ON moved.model = future.res_model AND moved.id = future.res_id
                   ) found
             ORDER BY found.event_id, found.sequence
        )""",
        activity_given=_given(choice, SQL("activity.user_id"), SQL("lost")),
        meetings=choice.meetings,
        now=choice.now,
    )


def _guests(choice):
    """Seats in the meetings: the former salesperson's goes to the new one.

    No new user: he sits there already. No old one: who organises the meeting has to have a seat.
    """
    return SQL(
        """SELECT meeting.sequence, 'guest', 'calendar.event', meeting.id, meeting.customer,
                  CASE WHEN %(remains)s THEN NULL ELSE seated.user_id END,
                  CASE WHEN own.res_partner_id IS NULL THEN meeting.new END
             FROM meeting
             JOIN res_users receiver ON receiver.id = meeting.new
             LEFT JOIN calendar_event_res_partner_rel own
               ON own.calendar_event_id = meeting.id AND own.res_partner_id = receiver.partner_id
             LEFT JOIN (SELECT guest.calendar_event_id, person.id AS user_id
                          FROM calendar_event_res_partner_rel guest
                          JOIN res_users person ON person.partner_id = guest.res_partner_id) seated
               ON seated.calendar_event_id = meeting.id AND %(seated_given)s
            WHERE (seated.user_id IS NOT NULL OR %(organised)s)
              AND (own.res_partner_id IS NULL OR (seated.user_id IS NOT NULL AND NOT %(remains)s))""",
        remains=choice.remains_guest,
        seated_given=_given(choice, SQL("seated.user_id"), SQL("meeting")),
        organised=_given(choice, SQL("meeting.user_id"), SQL("meeting")),
    )


def _followers(choice):
    """Who followed as the former salesperson does so no more; the new one takes his place.

    Who is given an activity follows its record by that alone: noted, so that it can be undone.
    """
    return SQL(
        """SELECT lost.sequence, 'follower', lost.model, lost.id, lost.customer,
                  following.user_id,
                  CASE WHEN own.id IS NULL AND (moved.id IS NOT NULL OR busy.res_id IS NOT NULL)
                       THEN lost.new END
             FROM lost
             JOIN res_users receiver ON receiver.id = lost.new
             LEFT JOIN moved ON moved.model = lost.model AND moved.id = lost.id
             LEFT JOIN (SELECT DISTINCT model, res_id FROM activity) busy
               ON busy.model = lost.model AND busy.res_id = lost.id
             LEFT JOIN mail_followers own
               ON own.res_model = lost.model AND own.res_id = lost.id
              AND own.partner_id = receiver.partner_id
             LEFT JOIN (SELECT follower.res_model, follower.res_id, person.id AS user_id
                          FROM mail_followers follower
                          JOIN res_users person ON person.partner_id = follower.partner_id) following
               ON following.res_model = lost.model AND following.res_id = lost.id AND %(given)s
            WHERE following.user_id IS NOT NULL
               OR (own.id IS NULL AND busy.res_id IS NOT NULL)""",
        given=_given(choice, SQL("following.user_id"), SQL("lost")),
    )


def lines(choice):
    """One row per record that changes hands: ``sequence, kind, res_model, res_id, partner_id,
    old_user_id, new_user_id``. All rows of a customer have one sequence.
    """
    return SQL(
        """WITH %(people)s, %(documents)s, %(work)s
           SELECT sequence, 'customer' AS kind, 'res.partner' AS res_model, id AS res_id,
                  id AS partner_id, old AS old_user_id, new AS new_user_id
             FROM customer
            UNION ALL
           SELECT sequence, 'contact', 'res.partner', id, customer, user_id, new
             FROM family WHERE id <> customer AND %(contact_given)s
            UNION ALL SELECT sequence, 'lead', 'crm.lead', id, customer, old, new FROM lead
            UNION ALL SELECT sequence, 'quotation', 'sale.order', id, customer, old, new FROM quotation
            UNION ALL
           SELECT sequence, 'meeting', 'calendar.event', id, customer, user_id, new
             FROM meeting WHERE %(organised)s
            UNION ALL SELECT sequence, 'activity', 'mail.activity', id, customer, old, new FROM activity
            UNION ALL %(guests)s
            UNION ALL %(followers)s""",
        people=_people(choice),
        documents=_documents(choice),
        work=_work(choice),
        contact_given=_given(choice, SQL("family.user_id"), SQL("family")),
        organised=_given(choice, SQL("meeting.user_id"), SQL("meeting")),
        guests=_guests(choice),
        followers=_followers(choice),
    )


def counted(choice):
    """``kind, new_user_id, number of records`` of what would change hands."""
    return SQL(
        "SELECT kind, new_user_id, count(DISTINCT res_id) FROM (%s) line GROUP BY kind, new_user_id",
        lines(choice),
    )


def customers(choice, limit):
    """Ids of the first customers that would change hands, and how many were chosen."""
    return SQL(
        """WITH %s
           SELECT ARRAY(SELECT id FROM customer ORDER BY sequence LIMIT %s),
                  (SELECT count(*) FROM chosen)""",
        _people(choice),
        limit,
    )


def opened(choice):
    """Numbers of what the new salespeople will read without its changing hands: confirmed orders,
    unpaid invoices, contacts of the diary."""
    return SQL(
        """WITH %s
           SELECT (SELECT count(*) FROM family JOIN sale_order o ON o.partner_id = family.id
                    WHERE o.state = 'sale'),
                  (SELECT count(*) FROM family JOIN account_move move ON move.partner_id = family.id
                    WHERE move.state = 'posted' AND move.payment_state IN ('not_paid', 'partial')
                      AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')),
                  (SELECT count(*) FROM family JOIN incom_interaction contact
                       ON contact.partner_id = family.id)""",
        _people(choice),
    )


def write_down(choice, handover_id):
    """Write the lines of a handover; ON CONFLICT, as two former owners may follow one record."""
    return SQL(
        """INSERT INTO incom_handover_line
                  (handover_id, state, sequence, kind, res_model, res_id, partner_id,
                   old_user_id, new_user_id)
           SELECT %s, 'waiting', line.* FROM (%s) line
               ON CONFLICT DO NOTHING""",
        handover_id,
        lines(choice),
    )
