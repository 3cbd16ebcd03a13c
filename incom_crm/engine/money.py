"""Open opportunities, quotations and debt of a customer in a company's currency (definitions, 7)."""

from odoo.tools import SQL

from .calendar import local_day
from .customers import contacts
from .purchases import at_rate
from .status import Row


def is_quotation(is_cart: SQL) -> SQL:
    """Whether the order ``o`` is a quotation nobody has signed yet."""
    return SQL("(o.state IN ('draft', 'sent') AND NOT %s)", is_cart)


def is_open(alias: str) -> SQL:
    """Whether a lead is an opportunity that is neither won nor lost."""
    lead = Row(alias)
    return SQL(
        "(%s = 'opportunity' AND %s AND %s = 'pending')", lead.type, lead.active, lead.won_status
    )


def is_open_unquoted(alias: str, is_cart: SQL) -> SQL:
    """Whether a lead is money of the first box: an open opportunity without an unsigned quotation.

    Of whom it is may not be known yet; what is no customer any more is out of every count.
    """
    lead = Row(alias)
    return SQL(
        """(%(is_open)s AND (%(contact)s IS NULL OR EXISTS (%(customer)s))
            AND NOT EXISTS (SELECT FROM sale_order o WHERE o.opportunity_id = %(id)s AND %(is_quotation)s))""",
        is_open=is_open(alias),
        contact=lead.partner_id,
        customer=contacts(SQL("p.id = %s", lead.partner_id)),
        id=lead.id,
        is_quotation=is_quotation(is_cart),
    )


def is_unsigned(alias: str, is_cart: SQL) -> SQL:
    """Whether an order is money of the second box: an unsigned quotation of a customer, the latest of its
    opportunity."""
    order = Row(alias)
    return SQL(
        """(%(state)s IN ('draft', 'sent')
            AND EXISTS (SELECT FROM sale_order o WHERE o.id = %(id)s AND %(is_quotation)s)
            AND EXISTS (%(customer)s)
            AND NOT EXISTS (SELECT FROM sale_order o
                             WHERE o.opportunity_id = %(opportunity)s AND %(is_quotation)s
                               AND (o.date_order, o.id) > (%(date)s, %(id)s)))""",
        state=order.state,
        id=order.id,
        opportunity=order.opportunity_id,
        date=order.date_order,
        customer=contacts(SQL("p.id = %s", order.partner_id)),
        is_quotation=is_quotation(is_cart),
    )


def quotations(is_cart: SQL) -> SQL:
    """``incom_t_quotation``: unsigned quotations, the latest of each opportunity, with tax.

    :param is_cart: condition on ``o`` that tells a web shop's cart
    """
    return SQL(
        """SELECT customer_id, company_id,
                  sum(amount) FILTER (WHERE opportunity_id IS NULL OR rank = 1) AS amount,
                  bool_or(validity_date IS NULL OR validity_date >= today) AS valid,
                  min(validity_date) FILTER (WHERE validity_date >= today) + 1 AS expires
             FROM (SELECT contact.customer_id, o.company_id, co.today, o.opportunity_id,
                          o.validity_date, %(amount)s AS amount,
                          row_number() OVER (PARTITION BY o.opportunity_id
                                             ORDER BY o.date_order DESC, o.id DESC) AS rank
                     FROM sale_order o
                     JOIN incom_t_contact contact ON contact.contact_id = o.partner_id
                     JOIN incom_t_company co ON co.company_id = o.company_id
                    WHERE %(is_quotation)s
                  ) AS quotation
            GROUP BY customer_id, company_id""",
        is_quotation=is_quotation(is_cart),
        amount=at_rate(SQL("o.amount_total")),
    )


def opportunities(is_cart: SQL) -> SQL:
    """``incom_t_opportunity``: open opportunities; one with an unsigned quotation counts there, not here."""
    return SQL(
        """SELECT customer.customer_id, coalesce(lead.company_id, customer.home_id) AS company_id,
                  sum(lead.expected_revenue) FILTER (WHERE quoted.id IS NULL) AS amount,
                  sum(lead.prorated_revenue) FILTER (WHERE quoted.id IS NULL) AS weighted
             FROM crm_lead lead
             JOIN incom_t_contact contact ON contact.contact_id = lead.partner_id
             JOIN incom_t_customer customer ON customer.customer_id = contact.customer_id
             LEFT JOIN LATERAL (SELECT o.id FROM sale_order o
                                 WHERE o.opportunity_id = lead.id AND %(is_quotation)s
                                 LIMIT 1) AS quoted ON TRUE
            WHERE %(is_open)s
            GROUP BY customer.customer_id, coalesce(lead.company_id, customer.home_id)""",
        is_quotation=is_quotation(is_cart),
        is_open=is_open("lead"),
    )


def newest_documents() -> SQL:
    """``incom_t_document``: the day the newest opportunity, quotation or order was made, where care was
    fruitless so often that it matters."""
    made = [
        SQL(
            """SELECT fruitless.customer_id, fruitless.company_id, document.create_date
                 FROM incom_t_fruitless fruitless
                 JOIN incom_t_customer customer ON customer.customer_id = fruitless.customer_id
                 JOIN incom_t_contact contact ON contact.customer_id = fruitless.customer_id
                 JOIN %s document ON document.partner_id = contact.contact_id
                WHERE coalesce(document.company_id, customer.home_id) = fruitless.company_id AND %s""",
            table,
            condition,
        )
        for table, condition in (
            (SQL("sale_order"), SQL("TRUE")),
            (SQL("crm_lead"), SQL("document.type = 'opportunity'")),
        )
    ]
    return SQL(
        """SELECT newest.customer_id, newest.company_id, %(day)s AS day
             FROM (SELECT customer_id, company_id, max(create_date) AS at
                     FROM (%(made)s) AS made
                    GROUP BY customer_id, company_id) AS newest
             JOIN incom_t_company co ON co.company_id = newest.company_id""",
        day=local_day(SQL("newest.at")),
        made=SQL(" UNION ALL ").join(made),
    )


def receivables() -> SQL:
    """``incom_t_receivable``: what the customer owes, and what of it is overdue; credits are not netted."""
    return SQL(
        """SELECT contact.customer_id, line.company_id,
                  sum(line.amount_residual) AS owed,
                  sum(line.amount_residual) FILTER (WHERE due.day < co.today) AS overdue,
                  min(due.day) FILTER (WHERE due.day >= co.today) + 1 AS next_overdue
             FROM account_move_line line
             JOIN account_account account
               ON account.id = line.account_id AND account.account_type = 'asset_receivable'
             JOIN incom_t_contact contact ON contact.contact_id = line.partner_id
             JOIN incom_t_company co ON co.company_id = line.company_id
            CROSS JOIN LATERAL (SELECT coalesce(line.date_maturity, line.date) AS day) AS due
            WHERE line.parent_state = 'posted' AND line.reconciled IS NOT TRUE AND line.amount_residual > 0
            GROUP BY contact.customer_id, line.company_id""",
    )


def deals() -> SQL:
    """``incom_t_deal``: open money and what is to come, gathered so that it is joined once."""
    return SQL(
        """SELECT customer_id, company_id, max(unsigned) AS unsigned, bool_or(valid) AS valid,
                  max(expires) AS expires, bool_or(is_open) AS is_open, max(open) AS open,
                  max(weighted) AS weighted, max(owed) AS owed, max(overdue) AS overdue,
                  max(next_overdue) AS next_overdue, max(future_day) AS future_day
             FROM (SELECT customer_id, company_id, amount AS unsigned, valid, expires, FALSE AS is_open,
                          NULL::numeric AS open, NULL::numeric AS weighted, NULL::numeric AS owed,
                          NULL::numeric AS overdue, NULL::date AS next_overdue, NULL::date AS future_day
                     FROM incom_t_quotation
                   UNION ALL
                   SELECT customer_id, company_id, NULL, NULL, NULL, TRUE, amount, weighted, NULL, NULL, NULL, NULL
                     FROM incom_t_opportunity
                   UNION ALL
                   SELECT customer_id, company_id, NULL, NULL, NULL, NULL, NULL, NULL, owed, overdue,
                          next_overdue, NULL
                     FROM incom_t_receivable
                   UNION ALL
                   SELECT customer_id, company_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, day
                     FROM incom_t_future
                  ) AS deal
            GROUP BY customer_id, company_id"""
    )
