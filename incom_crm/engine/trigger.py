"""Care triggers: the day on which each of them asks for care of a customer (definitions, 3)."""

from odoo.tools import SQL

from .calendar import day_of, flip_day, local_day
from .care import CRITERIA, birthday, matches
from .purchases import is_purchase

NO_TRIGGERS = ()
# The columns of ``incom_t_trigger``.
COLUMNS = ("id", "kind", "days", "sequence", "category_id", *CRITERIA, "tag_id")


def active() -> SQL:
    """``incom_t_trigger``: the triggers in use."""
    return SQL(
        "SELECT %s FROM incom_care_trigger WHERE active",
        SQL(", ").join(SQL.identifier(column) for column in COLUMNS),
    )


def sources(triggers: SQL, kinds, params) -> dict[str, SQL]:
    """The relations of the triggers; none without any, so that they cost nothing.

    :param triggers: SELECT of the rows of ``incom_t_trigger``
    :param kinds: the kinds among them
    """
    if not kinds:
        return {}
    return {"trigger": triggers, **_occasion(kinds, params)}


def triggered(kinds) -> SQL:
    """Stage ``triggered``: the rows of ``limited`` with the trigger that asks first."""
    if not kinds:
        return SQL(
            """SELECT limited.*, NULL::int AS trigger_id, NULL::date AS trigger_opens,
                      NULL::date AS trigger_until
                 FROM limited"""
        )
    return SQL(
        """SELECT co.*, asking.trigger_id, asking.opens AS trigger_opens, asking.until AS trigger_until
             FROM limited co
             %(occasions)s
             LEFT JOIN LATERAL (%(asking)s ORDER BY opening.opens, trigger.sequence, trigger.id LIMIT 1)
                    AS asking ON TRUE""",
        occasions=occasions_of(kinds),
        asking=asking(kinds),
    )


def occasions_of(kinds) -> SQL:
    """Joins ``occasion`` to the rows ``co``, where a trigger looks at more than the row."""
    if OCCASIONS.keys().isdisjoint(kinds):
        return SQL()
    return SQL(
        """LEFT JOIN incom_t_occasion occasion
                  ON occasion.customer_id = co.customer_id AND occasion.company_id = co.company_id"""
    )


def asking(kinds) -> SQL:
    """SELECT of ``trigger_id, opens, until`` of each trigger for the row ``co``: asks from ``opens`` on, untouched.

    ``until`` is the last day of what has a day of its own; null where care alone ends it.
    With a null K only work and messages can alert.
    """
    by_kind = {kind: opens for kind, opens in _by_row().items() if kind in kinds}
    dated = not OCCASIONS.keys().isdisjoint(kinds)
    cases = [SQL("WHEN %s THEN %s", kind, opens) for kind, opens in by_kind.items()]
    opens = SQL("occasion.opens") if dated else SQL("NULL::date")
    if cases:
        opens = SQL("CASE trigger.kind %s ELSE %s END", SQL(" ").join(cases), opens)
    return SQL(
        """SELECT trigger.id AS trigger_id, opening.opens, %(until)s AS until
             FROM incom_t_trigger trigger
             %(occasions)s
            CROSS JOIN LATERAL (SELECT %(opens)s AS opens) AS opening
            WHERE co.k IS NOT NULL
              AND opening.opens > coalesce(co.last_care_day, '-infinity')
              AND %(matches)s""",
        until=SQL("occasion.until") if dated else SQL("NULL::date"),
        occasions=SQL(
            """LEFT JOIN unnest(occasion.trigger_ids, occasion.opens, occasion.untils)
                      AS occasion(trigger_id, opens, until) ON occasion.trigger_id = trigger.id"""
        )
        if dated
        else SQL(),
        opens=opens,
        matches=matches("trigger", "co"),
    )


def _by_row() -> dict[str, SQL]:
    """The day on which a trigger opens, by what the row ``co`` itself holds."""
    every = flip_day(SQL("coalesce(co.last_care_day, co.customer_since)"), SQL("trigger.days"))
    return {
        # never on the day of the purchase itself
        "cycle": SQL(
            "CASE WHEN co.due_no IS NOT NULL THEN %s END",
            day_of(SQL("greatest(co.due_no - trigger.days, co.last_no + 1)")),
        ),
        "purchase": day_of(SQL("co.last_no + trigger.days")),
        "class": every,
        "level": every,
    }


def _occasion(kinds, params) -> dict[str, SQL]:
    """``incom_t_occasion``: per row and trigger the first day that opens, or opened, and was not met by care."""
    branches = [branch(params) for kind, branch in OCCASIONS.items() if kind in kinds]
    if not branches:
        return {}
    occasions = SQL(
        """SELECT customer_id, company_id, array_agg(trigger_id) AS trigger_ids, array_agg(opens) AS opens,
                  array_agg(until) AS untils
             FROM (SELECT DISTINCT ON (dated.customer_id, dated.company_id, dated.trigger_id) dated.*
                     FROM (%s) AS dated
                     LEFT JOIN incom_t_care care
                            ON care.customer_id = dated.customer_id AND care.company_id = dated.company_id
                    WHERE dated.opens > coalesce(care.last_care_day, '-infinity')
                    ORDER BY dated.customer_id, dated.company_id, dated.trigger_id, dated.opens) AS dated
            GROUP BY customer_id, company_id""",
        SQL(" UNION ALL ").join(branches),
    )
    return {"occasion": occasions}


def _birthdays(_params) -> SQL:
    """Three birthdays of everybody: with the longest notice, the first two may have been met."""
    return SQL(
        """SELECT pair.customer_id, pair.company_id, trigger.id AS trigger_id,
                  turn.day - trigger.days AS opens, turn.day AS until
             FROM res_partner p
             JOIN incom_t_contact contact ON contact.contact_id = p.id
             JOIN incom_t_row pair ON pair.customer_id = contact.customer_id
             JOIN incom_t_company co ON co.company_id = pair.company_id
             JOIN incom_t_trigger trigger ON trigger.kind = 'birthday'
            CROSS JOIN LATERAL generate_series(0, 2) AS later(years)
            CROSS JOIN LATERAL (SELECT %s AS day) AS turn
            WHERE p.birthdate IS NOT NULL AND p.active AND turn.day >= co.today""",
        birthday(),
    )


def _seasons(_params) -> SQL:
    """The purchases of the last year, a year later."""
    return SQL(
        """SELECT event.customer_id, event.company_id, trigger.id AS trigger_id,
                  turn.day - trigger.days AS opens, turn.day AS until
             FROM incom_t_event event
             JOIN incom_t_company co ON co.company_id = event.company_id
             JOIN incom_t_trigger trigger ON trigger.kind = 'season'
            CROSS JOIN LATERAL (SELECT (event.day + interval '1 year')::date AS day) AS turn
            WHERE turn.day >= co.today"""
    )


def _products(params) -> SQL:
    """The last purchase of a product of the category or of one below it."""
    return SQL(
        """SELECT bought.customer_id, bought.company_id, bought.trigger_id, %(opens)s AS opens,
                  NULL::date AS until
             FROM (SELECT contact.customer_id, o.company_id, trigger.id AS trigger_id, trigger.days,
                          max(o.date_order) AS at
                     FROM incom_t_trigger trigger
                     JOIN product_category root ON root.id = trigger.category_id
                     JOIN product_category category ON category.parent_path LIKE root.parent_path || '%%'
                     JOIN product_template template ON template.categ_id = category.id
                     JOIN product_product product ON product.product_tmpl_id = template.id
                     JOIN sale_order_line line ON line.product_id = product.id AND line.product_uom_qty > 0
                     JOIN sale_order o ON o.id = line.order_id
                     JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
                     JOIN incom_t_company co ON co.company_id = o.company_id
                     LEFT JOIN incom_t_credit credit ON credit.order_id = o.id
                    WHERE trigger.kind = 'product' AND %(is_purchase)s
                    GROUP BY contact.customer_id, o.company_id, trigger.id, trigger.days) AS bought
             JOIN incom_t_company co ON co.company_id = bought.company_id""",
        opens=flip_day(local_day(SQL("bought.at")), SQL("bought.days")),
        is_purchase=is_purchase(params),
    )


def _renewals(_params) -> SQL:
    """The contracts of confirmed orders, by the day on which they end."""
    return SQL(
        """SELECT contact.customer_id, o.company_id, trigger.id AS trigger_id,
                  o.incom_renewal_date - trigger.days AS opens, NULL::date AS until
             FROM sale_order o
             JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
             JOIN incom_t_company co ON co.company_id = o.company_id
             JOIN incom_t_trigger trigger ON trigger.kind = 'renewal'
            WHERE o.incom_renewal_date IS NOT NULL AND o.state = 'sale' AND o.date_order < co.ends"""
    )


# The kinds that look at more than the row: SELECT of ``customer_id, company_id, trigger_id, opens, until``.
OCCASIONS = {
    "birthday": _birthdays,
    "season": _seasons,
    "product": _products,
    "renewal": _renewals,
}
