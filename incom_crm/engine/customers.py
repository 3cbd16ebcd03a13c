"""Who is a customer, and for which companies there is a row.

Each function returns the SELECT of one source relation. ``scope`` is the one placeholder that
decides between one customer, a batch and everybody: a condition on the alias ``p``, the contact
whose facts roll up to the customer ``p.commercial_partner_id``.
"""

from odoo.tools import SQL


def order_facts(scope: SQL) -> SQL:
    """``incom_t_order``: customers and companies with a sale order, and when the newest was made."""
    return SQL(
        """SELECT p.commercial_partner_id AS customer_id, o.company_id, max(o.create_date) AS made_at
             FROM sale_order o JOIN res_partner p ON p.id = o.partner_id
            WHERE %s
            GROUP BY p.commercial_partner_id, o.company_id""",
        scope,
    )


def lead_facts(scope: SQL) -> SQL:
    """``incom_t_lead``: customers and companies (or none) with a lead, and the newest opportunity."""
    return SQL(
        """SELECT p.commercial_partner_id AS customer_id, lead.company_id,
                  max(lead.create_date) FILTER (WHERE lead.type = 'opportunity') AS made_at
             FROM crm_lead lead JOIN res_partner p ON p.id = lead.partner_id
            WHERE %s
            GROUP BY p.commercial_partner_id, lead.company_id""",
        scope,
    )


def customers(scope: SQL) -> SQL:
    """``incom_t_customer``: the commercial entities that are customers, with what rows copy."""
    return SQL(
        """SELECT p.id AS customer_id, p.user_id, p.industry_id, state.region_id, p.company_size_id,
                  p.create_date, owner.sale_team_id AS team_id,
                  coalesce(p.company_id, owner.company_id, co.company_id) AS home_id
             FROM res_partner p
             JOIN incom_t_company co ON co.first
             LEFT JOIN res_users owner ON owner.id = p.user_id
             LEFT JOIN res_country_state state ON state.id = p.state_id
            WHERE p.commercial_partner_id = p.id
              AND p.active
              AND p.partner_share
              AND NOT EXISTS (SELECT FROM res_company company WHERE company.partner_id = p.id)
              AND (p.customer_rank > 0
                   OR p.user_id IS NOT NULL
                   OR p.id IN (SELECT customer_id FROM incom_t_lead)
                   OR p.id IN (SELECT customer_id FROM incom_t_order))
              AND %s""",
        scope,
    )


def rows(scope: SQL, many_companies: bool) -> SQL:
    """``incom_t_row``: one row per customer and company that has facts of theirs, and the home company.

    With one company in the database there is nothing to find out.
    """
    if not many_companies:
        return SQL("SELECT customer_id, home_id AS company_id FROM incom_t_customer")
    return SQL(
        """SELECT customer.customer_id, fact.company_id
             FROM incom_t_customer customer
             JOIN (SELECT customer_id, company_id FROM incom_t_order
                   UNION ALL
                   SELECT customer_id, company_id FROM incom_t_lead WHERE company_id IS NOT NULL
                   UNION ALL
                   SELECT DISTINCT p.commercial_partner_id, move.company_id
                     FROM account_move move JOIN res_partner p ON p.id = move.partner_id
                    WHERE move.move_type IN ('out_invoice', 'out_refund', 'out_receipt') AND %(scope)s
                   UNION ALL
                   SELECT DISTINCT p.commercial_partner_id, diary.company_id
                     FROM incom_interaction diary JOIN res_partner p ON p.id = diary.partner_id
                    WHERE %(scope)s
                  ) AS fact ON fact.customer_id = customer.customer_id
            UNION
           SELECT customer_id, home_id FROM incom_t_customer""",
        scope=scope,
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
                     JOIN res_partner p ON p.commercial_partner_id = pair.customer_id
                     JOIN incom_customer_pin pin ON pin.partner_id = p.id AND pin.company_id = pair.company_id
                     JOIN incom_t_company co ON co.company_id = pair.company_id
                    WHERE pin.active AND pin.date <= co.today
                    ORDER BY pair.customer_id, pin.company_id, pin.kind, pin.date DESC, pin.id DESC
                  ) AS pin
            GROUP BY pin.customer_id, pin.company_id"""
    )
