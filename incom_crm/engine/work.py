"""Every piece of work on a customer as one row: activities, meetings and quotations, whatever their state.

``work`` is a SELECT of ``id, user_id, team_id, customer_id, owner_id, company_id, kind, activity_type_id, name,
status, at, day, due, res_model, res_id``. The status *open* becomes planned, today or overdue by its ``due``
day, or else its date; the date is the local day of ``at`` (UTC), or else ``day``. Whose work it is stays a
plain column, so that a salesperson's is found by index.
"""

from odoo.tools import SQL

from . import meetings
from .diary_work import IS_DONE

KINDS = 3  # numbers of three tables share one column


def work(documents: dict[str, SQL], document_of, is_cart: SQL, directive_type: int) -> SQL:
    """
    :param documents: per model a SELECT of ``id, contact_id, company_id``
    :param document_of: function from the expressions of model and id to the customer document
    :param is_cart: condition on ``sale_order o``
    :param directive_type: id of the activity type that only superiors give
    """
    branches = [
        *(activities(model, select, directive_type) for model, select in documents.items()),
        customer_meetings(document_of),
        quotations(is_cart),
    ]
    return SQL(" UNION ALL ").join(_with_people(branch) for branch in branches)


def _with_people(branch: SQL) -> SQL:
    """Pieces of work with their customer, its owner, and the company and team of who does them.

    Joined inside each branch: a condition on the owner then leads to the pieces of his customers alone.
    """
    return SQL(
        """SELECT piece.*, contact.commercial_partner_id AS customer_id, contact.owner_id,
                  person.sale_team_id AS team_id,
                  coalesce(piece.document_company_id, person.company_id,
                           (SELECT min(id) FROM res_company)) AS company_id
             FROM (%s) AS piece (id, user_id, contact_id, document_company_id, kind, activity_type_id, name,
                                 status, at, day, due, res_model, res_id)
             JOIN res_partner contact ON contact.id = piece.contact_id
             LEFT JOIN res_users person ON person.id = piece.user_id""",
        branch,
    )


def activities(model: str, documents: SQL, directive_type: int) -> SQL:
    """Activities on the documents of a model; the one of a meeting is that meeting.

    The day it was done is that of the diary: ``date_done`` is a UTC date, and what was closed without a text
    has no line there. *Assigned* is what somebody else gave. What the alerts ask for is counted there.
    """
    return SQL(
        """SELECT activity.id * %(kinds)s, activity.user_id, document.contact_id, document.company_id,
                  CASE WHEN activity.activity_type_id = %(directive)s
                            OR (activity.create_uid <> activity.user_id AND activity.automated IS NOT TRUE)
                       THEN 'assigned' ELSE 'care' END,
                  activity.activity_type_id, activity.summary,
                  CASE WHEN activity.active THEN 'open' WHEN %(is_done)s THEN 'done' ELSE 'cancelled' END,
                  CASE WHEN activity.active THEN NULL
                       WHEN diary.date IS NOT NULL THEN diary.date
                       WHEN activity.write_date::date = activity.date_done THEN activity.write_date END,
                  CASE WHEN activity.active OR activity.date_done IS NULL THEN activity.date_deadline
                       ELSE activity.date_done END,
                  activity.date_deadline, activity.res_model, activity.res_id
             FROM mail_activity activity
             JOIN (%(documents)s) AS document ON document.id = activity.res_id
             LEFT JOIN incom_interaction diary ON diary.activity_id = activity.id
            WHERE activity.res_model = %(model)s AND activity.calendar_event_id IS NULL
              AND activity.incom_alert_id IS NULL""",
        kinds=KINDS,
        directive=directive_type,
        is_done=IS_DONE,
        documents=documents,
        model=model,
    )


def customer_meetings(document_of) -> SQL:
    """Meetings with a customer, under the first of the customers; private ones are nobody's to count."""
    return SQL(
        """SELECT event.id * %(kinds)s + 1, event.user_id, met.customer_id, NULL::int, 'meeting', NULL::int,
                  event.name,
                  CASE event.meeting_outcome WHEN 'held' THEN 'done' WHEN 'not_held' THEN 'cancelled'
                                             WHEN 'cancelled' THEN 'cancelled' ELSE 'open' END,
                  CASE WHEN event.allday IS NOT TRUE THEN event.start END, event.start_date, NULL::date,
                  'calendar.event', event.id
             FROM calendar_event event
             JOIN LATERAL (SELECT min(invited.customer_id) AS customer_id
                             FROM (%(people)s) AS invited
                             JOIN incom_customer_profile profile
                               ON profile.partner_id = invited.customer_id) AS met
               ON met.customer_id IS NOT NULL
            WHERE event.active AND NOT %(is_private)s""",
        kinds=KINDS,
        people=meetings.people("event", document_of),
        is_private=meetings.is_private("event"),
    )


def quotations(is_cart: SQL) -> SQL:
    """Quotations: open until their last day of validity, done when they became an order."""
    return SQL(
        """SELECT o.id * %(kinds)s + 2, o.user_id, o.partner_id, o.company_id, 'quotation', NULL::int, o.name,
                  CASE WHEN o.state = 'sale' THEN 'done' WHEN o.state = 'cancel' THEN 'cancelled'
                       WHEN o.validity_date IS NULL THEN 'planned' ELSE 'open' END,
                  o.date_order, NULL::date, o.validity_date, 'sale.order', o.id
             FROM sale_order o
            WHERE NOT %(is_cart)s""",
        kinds=KINDS,
        is_cart=is_cart,
    )
