"""Purchase status and care alert: a CASE on the flip dates of a profile row, at the day of the query.

The one place where these words get their meaning; count, list, report and alert use these expressions.
"""

from odoo.tools import SQL


class Row:
    """Names the columns of a profile row under a table alias."""

    def __init__(self, alias):
        self.alias = alias

    def __getattr__(self, column):
        return SQL.identifier(self.alias, column)


def purchase_status(alias: str, today: SQL) -> SQL:
    row = Row(alias)
    return SQL(
        """(CASE WHEN %(last)s IS NULL THEN 'never'
                 WHEN %(stopped)s <= %(today)s THEN 'stopped'
                 WHEN %(late)s <= %(today)s THEN 'late'
                 WHEN %(today)s BETWEEN %(opens)s AND %(closes)s THEN 'due'
                 ELSE 'in_cycle' END)""",
        last=row.last_purchase_date,
        stopped=row.stopped_from,
        late=row.late_from,
        opens=row.window_from,
        closes=row.window_until,
        today=today,
    )


def care_reasons(alias: str, today: SQL) -> dict[str, SQL]:
    """Every reason for an alert that holds on the day, as ``{reason: condition}``, worst first.

    The prefix of a reason is the alert it leads to.
    """
    row = Row(alias)

    def since(column):
        return SQL("(%s <= %s)", column, today)

    return {
        "neglected_silence": since(row.care_neglected_from),
        "missed_silence": since(row.care_missed_from),
        "missed_activity": since(row.activity_missed_from),
        "missed_message": since(row.message_missed_from),
        "missed_window": since(row.window_missed_from),
        "needs_care_silence": since(row.care_due_date),
        "needs_care_activity": since(row.activity_due_from),
        "needs_care_window": SQL(
            "(%s BETWEEN %s AND %s)", today, row.window_need_from, row.window_until
        ),
        "needs_care_birthday": SQL(
            "(%s BETWEEN %s AND %s)", today, row.birthday_from, row.birthday_until
        ),
        "needs_care_trigger": SQL(
            "(%s BETWEEN %s AND coalesce(%s, 'infinity'))",
            today,
            row.trigger_from,
            row.trigger_until,
        ),
    }


def care_alert(alias: str, today: SQL) -> SQL:
    reasons = care_reasons(alias, today)

    def any_of(prefix):
        return SQL(" OR ").join(
            condition for name, condition in reasons.items() if name.startswith(prefix)
        )

    return SQL(
        """(CASE WHEN %(snoozed)s THEN 'ok'
                 WHEN %(neglected)s THEN 'neglected'
                 WHEN %(missed)s THEN 'missed'
                 WHEN %(needs_care)s THEN 'needs_care'
                 ELSE 'ok' END)""",
        snoozed=snoozed(alias, today),
        neglected=any_of("neglected"),
        missed=any_of("missed"),
        needs_care=any_of("needs_care"),
    )


def snoozed(alias: str, today: SQL) -> SQL:
    return SQL("coalesce(%s > %s, FALSE)", Row(alias).snoozed_until, today)


def not_exploited(alias: str, today: SQL) -> SQL:
    return SQL("coalesce(%s <= %s, FALSE)", Row(alias).not_exploited_from, today)


def badly_exploited(alias: str, today: SQL) -> SQL:
    return SQL("coalesce(%s > %s, FALSE)", Row(alias).badly_exploited_until, today)
