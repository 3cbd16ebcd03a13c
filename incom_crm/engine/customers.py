"""Who is a customer, and for which companies there is a row.

Each function returns the SELECT of one source relation. ``scope`` is the one placeholder that
decides between one customer, a batch and everybody: a condition on the alias ``p``, a contact whose
facts roll up to the customer ``p.commercial_partner_id``. Every other relation reads ``incom_t_contact``.
"""

from odoo.tools import SQL


def contacts(scope: SQL) -> SQL:
    """``incom_t_contact``: everybody whose facts roll up to a commercial entity that may be a customer."""
    return SQL(
        """SELECT p.id AS contact_id, customer.id AS customer_id
             FROM res_partner p
             JOIN res_partner customer ON customer.id = p.commercial_partner_id
            WHERE customer.active
              AND customer.partner_share
              AND customer.id NOT IN (SELECT partner_id FROM res_company)
              AND %s""",
        scope,
    )


def customers() -> SQL:
    """``incom_t_customer``: the commercial entities that are customers, with what rows copy."""
    return SQL(
        """SELECT p.id AS customer_id, p.user_id, p.industry_id, state.region_id, p.company_size_id,
                  p.create_date, owner.sale_team_id AS team_id,
                  coalesce(p.company_id, owner.company_id, co.company_id) AS home_id
             FROM incom_t_contact contact
             JOIN res_partner p ON p.id = contact.contact_id
             JOIN incom_t_company co ON co.first
             LEFT JOIN res_users owner ON owner.id = p.user_id
             LEFT JOIN res_country_state state ON state.id = p.state_id
            WHERE contact.customer_id = contact.contact_id
              AND (p.customer_rank > 0
                   OR p.user_id IS NOT NULL
                   OR p.id IN (%(leads)s)
                   OR p.id IN (%(orders)s))""",
        leads=_strangers_with(SQL("crm_lead")),
        orders=_strangers_with(SQL("sale_order")),
    )


def _strangers_with(table: SQL) -> SQL:
    """SELECT of who has documents in the table and nothing else that makes a customer."""
    return SQL(
        """SELECT contact.customer_id
             FROM %s document
             JOIN incom_t_contact contact ON contact.contact_id = document.partner_id
             JOIN res_partner stranger ON stranger.id = contact.customer_id
            WHERE coalesce(stranger.customer_rank, 0) <= 0 AND stranger.user_id IS NULL""",
        table,
    )


def rows(many_companies: bool) -> SQL:
    """``incom_t_row``: one row per customer and company that has facts of theirs, and the home company.

    With one company in the database there is nothing to find out.
    """
    if not many_companies:
        return SQL("SELECT customer_id, home_id AS company_id FROM incom_t_customer")
    sources = [
        SQL(
            """SELECT DISTINCT contact.customer_id, fact.company_id
                 FROM %s fact JOIN incom_t_contact contact ON contact.contact_id = fact.partner_id
                WHERE %s""",
            table,
            condition,
        )
        for table, condition in (
            (SQL("sale_order"), SQL("TRUE")),
            (SQL("crm_lead"), SQL("fact.company_id IS NOT NULL")),
            (
                SQL("account_move"),
                SQL("fact.move_type IN ('out_invoice', 'out_refund', 'out_receipt')"),
            ),
            (SQL("incom_interaction"), SQL("TRUE")),
        )
    ]
    return SQL(
        """SELECT customer.customer_id, fact.company_id
             FROM incom_t_customer customer JOIN (%s) AS fact USING (customer_id)
            UNION
           SELECT customer_id, home_id FROM incom_t_customer""",
        SQL(" UNION ALL ").join(sources),
    )


def pins() -> SQL:
    """``incom_t_pin``: the newest decision by hand of each kind, one row per customer and company."""
    return SQL(
        """SELECT pin.customer_id, pin.company_id,
                  max(pin.id) FILTER (WHERE kind = 'level' AND until >= today) AS level_pin_id,
                  max(pin.level_id) FILTER (WHERE kind = 'level' AND until >= today) AS pinned_level_id,
                  max(pin.until) FILTER (WHERE kind = 'level') AS level_pin_until,
                  max(pin.date) FILTER (WHERE kind = 'other') AS other_date,
                  max(pin.date) FILTER (WHERE kind = 'stopped') AS said_stopped_date,
                  max(pin.id) FILTER (WHERE kind = 'cycle') AS cycle_pin_id,
                  max(pin.cycle_days) FILTER (WHERE kind = 'cycle') AS pinned_cycle,
                  max(pin.until) FILTER (WHERE kind = 'snooze') AS snoozed_until
             FROM (SELECT DISTINCT ON (pair.customer_id, pin.company_id, pin.kind)
                          pair.customer_id, pin.*, co.today
                     FROM incom_t_row pair
                     JOIN incom_t_contact contact ON contact.customer_id = pair.customer_id
                     JOIN incom_customer_pin pin
                       ON pin.partner_id = contact.contact_id AND pin.company_id = pair.company_id
                     JOIN incom_t_company co ON co.company_id = pair.company_id
                    WHERE pin.active AND pin.date <= co.today
                    ORDER BY pair.customer_id, pin.company_id, pin.kind, pin.date DESC, pin.id DESC
                  ) AS pin
            GROUP BY pin.customer_id, pin.company_id"""
    )
