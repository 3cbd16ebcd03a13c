"""Which customers ask for care and in whose list that belongs: SQL on profiles and alerts.

Whether a customer asks for care is ``status.care_alert``; why, ``status.care_reasons``. Of a reason
the first word is the alert it leads to and the last one its kind, which is what an alert is about.
"""

from odoo.tools import SQL

from . import status

# Work that is due today stands in somebody's list already.
IN_A_LIST = ("needs_care_activity",)
ALERTS = ("neglected", "missed", "needs_care")
OPEN = SQL("('open', 'escalated')")


def asked_for(alias: str, today: SQL) -> dict[str, SQL]:
    """The reasons for which somebody is asked to look after a customer, worst first."""
    reasons = status.care_reasons(alias, today)
    return {name: holds for name, holds in reasons.items() if name not in IN_A_LIST}


def split(reason: str) -> tuple[str, str]:
    """The alert a reason leads to, and its kind."""
    alert, _, kind = reason.rpartition("_")
    return alert, kind


def waiting(alias: str, today: SQL) -> SQL:
    """Whether the list of an owner at work in the company has no place yet for a customer who asks for care."""
    row = status.Row(alias)
    return SQL(
        """(%(alert)s <> 'ok'
            AND EXISTS (SELECT FROM res_users person
                          JOIN res_company_users_rel works ON works.user_id = person.id
                         WHERE person.id = %(user)s AND person.active AND works.cid = %(company)s)
            AND NOT EXISTS (SELECT FROM incom_care_alert taken
                             WHERE taken.partner_id = %(partner)s AND taken.state IN %(open)s)
            AND EXISTS (SELECT FROM (%(reasons)s) AS reason
                         WHERE NOT %(rests)s))""",
        user=row.user_id,
        company=row.company_id,
        alert=status.care_alert(alias, today),
        partner=row.partner_id,
        open=OPEN,
        reasons=_reasons(alias, today),
        rests=_rests(row.partner_id, row.user_id, today),
    )


def outdated(today, escalated_before, scope: SQL, limit: int) -> SQL:
    """Alerts that no longer stand as they should: ``id, user_id, alert, superior_id``, all to be.

    No ``user_id``: the reason is gone, or nobody is left to look after the customer.

    :param today: function from an alias to the day of its company
    :param escalated_before: the same for the day up to which an alert must be opened to be the superior's too
    :param scope: condition on ``incom_care_alert alert``
    """
    return SQL(
        """WITH RECURSIVE %(receivers)s
           SELECT alert.id, now.user_id, now.alert, superior.user_id
             FROM incom_care_alert alert
             LEFT JOIN LATERAL (SELECT standing.* FROM (%(standing)s) AS standing
                                 WHERE standing.partner_id = alert.partner_id
                                   AND standing.company_id = alert.company_id
                                   AND standing.kind = alert.reason
                                 ORDER BY standing.place LIMIT 1) AS now ON TRUE
             LEFT JOIN res_users person ON person.id = now.user_id
             LEFT JOIN receiver superior
                    ON superior.owner_id = person.crm_manager_id AND alert.state IN %(open)s
                   AND alert.opened_on <= %(escalated_before)s
                   AND EXISTS (SELECT FROM res_company_users_rel works
                                WHERE works.cid = alert.company_id AND works.user_id = superior.user_id)
            WHERE alert.state IN ('open', 'escalated', 'attempted', 'dropped')
              AND %(scope)s
              AND (now.user_id IS DISTINCT FROM alert.user_id
                   OR (alert.state IN %(open)s AND (now.alert <> alert.care_alert
                                                    OR alert.told_on < %(today)s))
                   OR superior.user_id <> coalesce(alert.escalated_to_id, 0))
            ORDER BY alert.id
            LIMIT %(limit)s""",
        receivers=_receivers(),
        standing=_standing(today("profile")),
        open=OPEN,
        escalated_before=escalated_before("alert"),
        today=today("alert"),
        scope=scope,
        limit=limit,
    )


def people_with_room(today, places: int) -> SQL:
    """Whose list has room while customers ask for care: ``user_id, room``."""
    return SQL(
        """WITH RECURSIVE %(receivers)s
           SELECT asked.user_id, %(places)s - coalesce(list.taken, 0)
             FROM (SELECT DISTINCT receiver.user_id
                     FROM incom_customer_profile profile
                     JOIN receiver ON receiver.owner_id = profile.user_id
                    WHERE %(alert)s <> 'ok') AS asked
             LEFT JOIN (SELECT user_id, count(*) AS taken FROM incom_care_alert
                         WHERE state IN %(open)s GROUP BY user_id) AS list USING (user_id)
            WHERE coalesce(list.taken, 0) < %(places)s
            ORDER BY asked.user_id""",
        receivers=_receivers(),
        alert=status.care_alert("profile", today("profile")),
        places=places,
        open=OPEN,
    )


def next_ones(today, priority: SQL, room: dict[int, int]) -> SQL:
    """The customers who come into the lists next, the worst first.

    One per customer, by the worst of its reasons in any company; a reason that rests does not count.

    :param priority: of the row ``profile``
    :param room: how many more each person's list takes
    :return: SELECT of ``partner_id, company_id, user_id, alert, kind, rested_id``
    """
    rooms = SQL(", ").join(SQL("(%s, %s)", *item) for item in room.items())
    return SQL(
        """WITH RECURSIVE %(receivers)s,
           room (user_id, places) AS (VALUES %(rooms)s),
           foremost AS (
               SELECT DISTINCT ON (standing.partner_id) standing.*
                 FROM (%(standing)s) AS standing
                 JOIN room ON room.user_id = standing.user_id
                WHERE NOT EXISTS (SELECT FROM incom_care_alert taken
                                   WHERE taken.partner_id = standing.partner_id AND taken.state IN %(open)s)
                  AND NOT %(rests)s
                ORDER BY standing.partner_id, standing.place, standing.company_id),
           ranked AS (
               SELECT foremost.*,
                      row_number() OVER (PARTITION BY foremost.user_id
                                         ORDER BY array_position(%(alerts)s, foremost.alert),
                                                  %(priority)s DESC, foremost.partner_id) AS turn
                 FROM foremost JOIN incom_customer_profile profile ON profile.id = foremost.id)
           SELECT ranked.partner_id, ranked.company_id, ranked.user_id, ranked.alert, ranked.kind, rested.id
             FROM ranked
             JOIN room ON room.user_id = ranked.user_id AND ranked.turn <= room.places
             LEFT JOIN incom_care_alert rested
                    ON rested.partner_id = ranked.partner_id AND rested.company_id = ranked.company_id
                   AND rested.reason = ranked.kind AND rested.state IN ('attempted', 'dropped')
            ORDER BY ranked.user_id, ranked.turn""",
        receivers=_receivers(),
        rooms=rooms,
        standing=_standing(today("profile")),
        open=OPEN,
        rests=_rests(
            SQL("standing.partner_id"), SQL("standing.user_id"), today("standing"), "standing"
        ),
        alerts=list(ALERTS),
        priority=priority,
    )


def _receivers() -> SQL:
    """CTE ``receiver``: in whose list the customers of an owner belong: his own, or that of the nearest
    superior who is still there."""
    return SQL(
        """climb (owner_id, user_id) AS (
               SELECT id, id FROM res_users
                UNION
               SELECT climb.owner_id, gone.crm_manager_id
                 FROM climb JOIN res_users gone ON gone.id = climb.user_id
                WHERE NOT gone.active AND gone.crm_manager_id IS NOT NULL),
           receiver AS MATERIALIZED (
               SELECT climb.owner_id, climb.user_id
                 FROM climb JOIN res_users person ON person.id = climb.user_id
                WHERE person.active AND NOT person.share)"""
    )


def _standing(today: SQL) -> SQL:
    """A row for each reason that holds for a customer in a company in which its person works."""
    return SQL(
        """SELECT profile.id, profile.partner_id, profile.company_id, receiver.user_id,
                  reason.place, reason.alert, reason.kind
             FROM incom_customer_profile profile
             JOIN receiver ON receiver.owner_id = profile.user_id
             JOIN res_company_users_rel works
               ON works.cid = profile.company_id AND works.user_id = receiver.user_id
            CROSS JOIN LATERAL (%(reasons)s) AS reason
            WHERE %(alert)s <> 'ok'""",
        reasons=_reasons("profile", today),
        alert=status.care_alert("profile", today),
    )


def _reasons(alias, today) -> SQL:
    """The reasons that hold for a row: ``place, alert, kind``, the worst with the smallest place."""
    rows = [
        SQL("(%s, %s, %s, %s)", place, *split(name), holds)
        for place, (name, holds) in enumerate(asked_for(alias, today).items())
    ]
    return SQL(
        """SELECT place, alert, kind
             FROM (VALUES %s) AS known (place, alert, kind, holds) WHERE holds""",
        SQL(", ").join(rows),
    )


def _rests(partner, user, today, reason="reason") -> SQL:
    """Whether a reason was there already when its person last tried, or was in touch, and that rests."""
    return SQL(
        """EXISTS (SELECT FROM incom_care_alert rest
                    WHERE rest.partner_id = %(partner)s AND rest.user_id = %(user)s
                      AND rest.rest_until > %(today)s
                      AND %(kind)s = ANY(string_to_array(rest.reasons, ',')))""",
        partner=partner,
        user=user,
        today=today,
        kind=SQL.identifier(reason, "kind"),
    )
