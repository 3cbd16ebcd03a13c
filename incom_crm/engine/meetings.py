"""Meetings with customers (definitions, 10), as SQL expressions on a row of ``calendar_event``.

Each takes the alias of that row. A meeting's days are those of its organiser's company.
"""

from odoo.tools import SQL

from .calendar import local_day, next_working_day


def is_customer_meeting(alias: str, document_of) -> SQL:
    """Whether the meeting is of a lead, or somebody invited or its document belongs to a customer.

    :param document_of: function from the expressions of model and id to the one row
        ``contact_id, company_id, is_paper`` of that customer document
    """
    event = SQL.identifier(alias)
    return SQL(
        """(%(event)s.opportunity_id IS NOT NULL
            OR coalesce(%(event)s.res_model = 'crm.lead' AND %(event)s.res_id <> 0, FALSE)
            OR EXISTS (SELECT FROM (%(people)s) AS invited
                         JOIN incom_customer_profile profile ON profile.partner_id = invited.customer_id))""",
        event=event,
        people=people(alias, document_of),
    )


def people(alias: str, document_of) -> SQL:
    """SELECT of the commercial entities a meeting is with: its guests' and its documents'."""
    return SQL(
        """SELECT person.commercial_partner_id AS customer_id
             FROM calendar_event_res_partner_rel guest
             JOIN res_partner person ON person.id = guest.res_partner_id
            WHERE guest.calendar_event_id = %(event)s.id
           UNION ALL
           SELECT person.commercial_partner_id
             FROM crm_lead lead JOIN res_partner person ON person.id = lead.partner_id
            WHERE lead.id = %(event)s.opportunity_id
           UNION ALL
           SELECT person.commercial_partner_id
             FROM (%(document)s) AS document JOIN res_partner person ON person.id = document.contact_id""",
        event=SQL.identifier(alias),
        document=document_of(
            SQL("%s.res_model", SQL.identifier(alias)), SQL("%s.res_id", SQL.identifier(alias))
        ),
    )


def company_of(alias: str, default_id: int) -> SQL:
    """Id of the organiser's company; ``default_id`` where nobody organises."""
    return SQL(
        "coalesce((SELECT host.company_id FROM res_users host WHERE host.id = %s.user_id), %s)",
        SQL.identifier(alias),
        default_id,
    )


def first_day(alias: str, company: SQL) -> SQL:
    """The local day on which the meeting begins; an all-day one bears its date, whatever the zone."""
    event = SQL.identifier(alias)
    return SQL(
        """(CASE WHEN %(event)s.allday THEN coalesce(%(event)s.start_date, %(event)s.start::date)
                 ELSE (SELECT %(day)s FROM (%(zones)s) AS co WHERE co.company_id = %(company)s) END)""",
        event=event,
        day=local_day(SQL("%s.start", event)),
        zones=_zones(),
        company=company,
    )


def contact_moment(alias: str, zone: SQL, now) -> SQL:
    """The UTC time of the contact that the meeting is: an all-day one bears no hour, noon stands for it.

    On the day itself it is now at the latest, so that what was held this morning is no fact to come.
    """
    event = SQL.identifier(alias)
    local = SQL("%s.start_date::timestamp", event)
    return SQL(
        """(CASE WHEN NOT %(event)s.allday OR %(event)s.start_date IS NULL THEN %(event)s.start
                 WHEN %(midnight)s <= %(now)s THEN least(%(noon)s, %(now)s)
                 ELSE %(noon)s END)""",
        event=event,
        midnight=_utc(local, zone),
        noon=_utc(SQL("(%s + interval '12 hours')", local), zone),
        now=now,
    )


def _utc(local: SQL, zone: SQL) -> SQL:
    return SQL("(%s AT TIME ZONE %s AT TIME ZONE 'UTC')", local, zone)


def is_result_missing(alias: str, companies: SQL, company: SQL) -> SQL:
    """Whether a working day has begun since the day the meeting ended, and nobody said how it went.

    :param companies: the relation of ``calendar.companies``
    """
    event = SQL.identifier(alias)
    return SQL(
        """(coalesce(%(event)s.meeting_outcome, 'planned') = 'planned'
            AND EXISTS (SELECT FROM (%(companies)s) AS co
                         WHERE co.company_id = %(company)s AND %(event)s.stop < co.ends
                           AND %(next)s <= co.today))""",
        event=event,
        companies=companies,
        company=company,
        next=next_working_day(
            SQL(
                "(CASE WHEN %(event)s.allday THEN coalesce(%(event)s.stop_date, %(event)s.stop::date)"
                " ELSE %(day)s END)",
                event=event,
                day=local_day(SQL("%s.stop", event)),
            )
        ),
    )


def is_counted(alias: str) -> SQL:
    """Whether a customer meeting is one of those the ratio is made of: held, and of a known type."""
    event = SQL.identifier(alias)
    return SQL(
        "(%(event)s.meeting_outcome = 'held' AND %(event)s.meeting_type_id IS NOT NULL)",
        event=event,
    )


def is_private(alias: str) -> SQL:
    """Whether the meeting, or where it says nothing its organiser's calendar, is private."""
    return SQL(
        """(coalesce(%(event)s.privacy = 'private', FALSE)
            OR (%(event)s.privacy IS NULL
                AND EXISTS (SELECT FROM res_users_settings setting
                             WHERE setting.user_id = %(event)s.user_id
                               AND setting.calendar_default_privacy = 'private')))""",
        event=SQL.identifier(alias),
    )


def is_hidden_from(alias: str, user_id: int, partner_id: int) -> SQL:
    """Whether the meeting is private and the user neither organises nor attends it."""
    return SQL(
        """(%(private)s AND %(event)s.user_id IS DISTINCT FROM %(user_id)s
            AND NOT EXISTS (SELECT FROM calendar_event_res_partner_rel guest
                             WHERE guest.calendar_event_id = %(event)s.id
                               AND guest.res_partner_id = %(partner_id)s))""",
        private=is_private(alias),
        event=SQL.identifier(alias),
        user_id=user_id,
        partner_id=partner_id,
    )


def _zones() -> SQL:
    """Companies with what ``local_day`` needs to know."""
    return SQL(
        """SELECT id AS company_id, coalesce(incom_tz, 'UTC') AS tz, NULL::interval AS shift
             FROM res_company"""
    )
