"""Where the money is: each unit of it in exactly one box, from the documents of today (definitions, 7).

Every function gives the SELECT of one box, over the relations ``incom_t_company`` and, for what is
ordered, ``incom_t_credit``. Amounts are in company currency, at the rate of the document's day; those of
what is left of an order line are rounded as running totals, so that they add up to the line's.
"""

from odoo.tools import SQL

from . import attainment
from .calendar import local_day
from .money import is_open_unquoted, is_unsigned
from .purchases import at_rate

# Columns of each box, in this order.
COLUMNS = (
    "id box company_id amount weighted_amount date partner_id user_id team_id order_id"
    " res_model res_id is_late has_draft_invoice"
).split()
# A row is a document or a line of one, seen from one of so many sides: its id tells which.
SIDES = 16


def _id(record: SQL, side: int) -> SQL:
    return SQL("%s::bigint * %s + %s", record, SIDES, side)


def opportunities(is_cart: SQL) -> SQL:
    """M1: open opportunities without an unsigned quotation; ``date`` is the day they were made."""
    return SQL(
        """SELECT %(id)s AS id, 'm1' AS box, co.company_id, coalesce(lead.expected_revenue, 0) AS amount,
                  coalesce(lead.prorated_revenue, 0) AS weighted_amount, %(day)s AS date,
                  lead.partner_id, lead.user_id, lead.team_id, NULL::int AS order_id,
                  'crm.lead' AS res_model, lead.id AS res_id,
                  coalesce(lead.date_deadline < co.today, FALSE) AS is_late, FALSE AS has_draft_invoice
             FROM crm_lead lead
             LEFT JOIN res_partner contact ON contact.id = lead.partner_id
             LEFT JOIN res_partner customer ON customer.id = contact.commercial_partner_id
             LEFT JOIN res_users person ON person.id = coalesce(customer.user_id, lead.user_id)
             JOIN incom_t_company co
               ON co.company_id = coalesce(lead.company_id, customer.company_id, person.company_id,
                                           (SELECT company_id FROM incom_t_company WHERE first))
            WHERE %(is_money)s""",
        id=_id(SQL("lead.id"), 1),
        day=local_day(SQL("lead.create_date")),
        is_money=is_open_unquoted("lead", is_cart),
    )


def quotations(is_cart: SQL) -> SQL:
    """M2: unsigned quotations with tax, of several for one opportunity the latest; late is expired."""
    return SQL(
        """SELECT %(id)s, 'm2', co.company_id, round(%(amount)s, co.decimals), 0, %(day)s,
                  quotation.partner_id, quotation.user_id, quotation.team_id,
                  quotation.id, 'sale.order', quotation.id, coalesce(quotation.validity_date < co.today, FALSE), FALSE
             FROM sale_order quotation
             JOIN incom_t_company co ON co.company_id = quotation.company_id
            WHERE %(is_money)s""",
        id=_id(SQL("quotation.id"), 2),
        amount=at_rate(SQL("quotation.amount_total"), "quotation"),
        day=local_day(SQL("quotation.date_order")),
        is_money=is_unsigned("quotation", is_cart),
    )


def line_rests(returned: SQL, params) -> SQL:
    """``incom_t_rest``: what is left of each confirmed product line, in company currency.

    Quantities are absolute, ``sign`` is that of the line. What was credited and not invoiced again, or came
    back, is not to be delivered any more; both together would count it twice.

    :param returned: SELECT of ``line_id, quantity``: goods that came back, in the line's unit
    """
    return SQL(
        """SELECT line.*, o.partner_id, o.user_id, o.team_id, o.date_order, o.commitment_date,
                  %(until_invoiced)s AS until_invoiced, %(until_delivered)s AS until_delivered,
                  %(until_ordered)s AS until_ordered
             FROM (SELECT sold.*,
                          greatest(0, ordered - greatest(returned, credited - greatest(0, charged - ordered)))
                              AS to_deliver
                     FROM (%(sold)s) AS sold) AS line
             JOIN sale_order o ON o.id = line.order_id
             JOIN incom_t_company co ON co.company_id = line.company_id
             LEFT JOIN incom_t_credit credit ON credit.order_id = o.id
            WHERE o.incom_rest_closed_on IS NULL
              AND (credit.taken_back IS NULL OR credit.taken_back < %(credited_share)s * o.amount_untaxed)
              AND greatest(line.to_deliver, line.delivered) > line.invoiced""",
        sold=_sold_lines(returned),
        until_invoiced=_value(SQL("line.invoiced")),
        until_delivered=_value(SQL("greatest(line.delivered, line.invoiced)")),
        until_ordered=_value(SQL("greatest(line.to_deliver, line.delivered, line.invoiced)")),
        credited_share=params["credited_share"],
    )


def _sold_lines(returned: SQL) -> SQL:
    """The confirmed product lines, quantities without the line's sign; what costs nothing has no price."""
    return SQL(
        """SELECT sol.id, sol.order_id, sol.company_id, side.sign, coalesce(billed.has_draft, FALSE) AS has_draft,
                  sol.product_uom_qty * side.sign AS ordered,
                  coalesce(sol.qty_delivered, 0) * side.sign AS delivered,
                  coalesce(billed.invoiced, 0) * side.sign AS invoiced,
                  coalesce(billed.charged, 0) * side.sign AS charged,
                  coalesce(billed.credited, 0) * side.sign AS credited,
                  coalesce(returned.quantity, 0) * side.sign AS returned,
                  sol.product_uom_qty AS quantity, sol.price_total, coalesce(sol.incom_unit_total, 0) AS unit_total
             FROM sale_order_line sol
            CROSS JOIN LATERAL (SELECT CASE WHEN sol.product_uom_qty < 0 THEN -1 ELSE 1 END AS sign) AS side
             LEFT JOIN incom_t_billed billed ON billed.line_id = sol.id
             LEFT JOIN (%s) AS returned ON returned.line_id = sol.id
            WHERE sol.state = 'sale' AND sol.display_type IS NULL AND sol.is_downpayment IS NOT TRUE""",
        returned,
    )


def _value(quantity: SQL) -> SQL:
    """So much of the line in company currency, with the line's sign; multiplied first, so that nothing is lost."""
    value = SQL(
        """coalesce(%(quantity)s * line.sign * line.price_total / nullif(line.quantity, 0),
                    %(quantity)s * line.sign * line.unit_total)""",
        quantity=quantity,
    )
    return SQL("round((%s)::numeric, co.decimals)", at_rate(value))


def billed_lines() -> SQL:
    """``incom_t_billed``: what posted invoices and credit notes say of each order line, in the line's unit.

    ``charged`` and ``credited`` apart, ``invoiced`` their difference, ``total`` the amount with tax.
    """
    quantity = SQL("(bill.quantity * bill.factor)")
    posted, charge = SQL("bill.state = 'posted'"), SQL("bill.move_type = 'out_invoice'")
    return SQL(
        """SELECT bill.line_id, bool_or(bill.state = 'draft' AND %(charge)s) AS has_draft,
                  sum(%(quantity)s) FILTER (WHERE %(posted)s AND %(charge)s) AS charged,
                  sum(%(quantity)s) FILTER (WHERE %(posted)s AND NOT %(charge)s) AS credited,
                  sum(CASE WHEN %(charge)s THEN %(quantity)s ELSE -%(quantity)s END) FILTER (WHERE %(posted)s)
                      AS invoiced,
                  sum(CASE WHEN %(charge)s THEN bill.price_total ELSE -bill.price_total END)
                      FILTER (WHERE %(posted)s) AS total
             FROM (SELECT rel.order_line_id AS line_id, move.state, move.move_type, item.quantity, item.price_total,
                          CASE WHEN item.product_uom_id = sol.product_uom_id THEN 1
                               ELSE coalesce(unit.factor / nullif(own.factor, 0), 1) END AS factor
                     FROM sale_order_line_invoice_rel rel
                     JOIN sale_order_line sol ON sol.id = rel.order_line_id
                     JOIN account_move_line item ON item.id = rel.invoice_line_id
                     JOIN account_move move ON move.id = item.move_id
                     LEFT JOIN uom_uom unit ON unit.id = item.product_uom_id
                     LEFT JOIN uom_uom own ON own.id = sol.product_uom_id
                    WHERE move.move_type IN ('out_invoice', 'out_refund')) AS bill
            GROUP BY bill.line_id""",
        quantity=quantity,
        posted=posted,
        charge=charge,
    )


def ordered(box: str) -> SQL:
    """M3, ordered and not delivered, or M4, delivered and not invoiced: a row for each line with a rest."""
    amount = {
        "m3": SQL("rest.until_ordered - rest.until_delivered"),
        "m4": SQL("rest.until_delivered - rest.until_invoiced"),
    }[box]
    return SQL(
        """SELECT %(id)s, %(box)s, co.company_id, %(amount)s, 0, %(day)s, rest.partner_id, rest.user_id,
                  rest.team_id, rest.order_id, 'sale.order', rest.order_id,
                  %(is_late)s, rest.has_draft
             FROM incom_t_rest rest
             JOIN incom_t_company co ON co.company_id = rest.company_id
            WHERE %(amount)s <> 0""",
        id=_id(SQL("rest.id"), int(box[1])),
        box=box,
        amount=amount,
        day=local_day(SQL("rest.date_order")),
        is_late=SQL("coalesce(%s < co.today, FALSE)", local_day(SQL("rest.commitment_date")))
        if box == "m3"
        else SQL("FALSE"),
    )


def down_payments(box: str) -> SQL:
    """What was paid in advance and not deducted yet, below what is left of the order: first in M3, the rest in M4."""
    share = SQL("least(paid.amount, greatest(0, coalesce(open.undelivered, 0)))")
    amount = {"m3": share, "m4": SQL("paid.amount - %s", share)}[box]
    return SQL(
        """SELECT %(id)s, %(box)s, co.company_id, -(%(amount)s), 0, %(day)s, o.partner_id, o.user_id, o.team_id,
                  o.id, 'sale.order', o.id, FALSE, FALSE
             FROM (SELECT sol.order_id, sum(billed.total) AS total
                     FROM sale_order_line sol
                     JOIN incom_t_billed billed ON billed.line_id = sol.id
                    WHERE sol.is_downpayment AND sol.display_type IS NULL AND sol.state = 'sale'
                    GROUP BY sol.order_id) AS advance
             JOIN sale_order o ON o.id = advance.order_id AND o.incom_rest_closed_on IS NULL
             JOIN incom_t_company co ON co.company_id = o.company_id
            CROSS JOIN LATERAL (SELECT round((%(total)s)::numeric, co.decimals) AS amount) AS paid
             LEFT JOIN (SELECT order_id, sum(until_ordered - until_delivered) AS undelivered
                          FROM incom_t_rest GROUP BY order_id) AS open ON open.order_id = o.id
            WHERE paid.amount > 0 AND %(amount)s <> 0""",
        id=_id(SQL("o.id"), int(box[1]) + 2),
        box=box,
        amount=amount,
        total=at_rate(SQL("advance.total")),
        day=local_day(SQL("o.date_order")),
    )


def receivables() -> SQL:
    """M5, not due, M6, overdue, and credits not applied yet: open lines of the receivable accounts, posted."""
    return SQL(
        """SELECT %(id)s,
                  CASE WHEN line.amount_residual < 0 THEN 'credit' WHEN due.day < co.today THEN 'm6' ELSE 'm5' END,
                  co.company_id, line.amount_residual, 0, due.day, line.partner_id, move.invoice_user_id,
                  move.team_id, NULL::int, 'account.move', move.id,
                  line.amount_residual > 0 AND due.day < co.today, FALSE
             FROM account_move_line line
             JOIN account_account account
               ON account.id = line.account_id AND account.account_type = 'asset_receivable'
             JOIN account_move move ON move.id = line.move_id
             JOIN incom_t_company co ON co.company_id = line.company_id
            CROSS JOIN LATERAL (SELECT coalesce(line.date_maturity, line.date) AS day) AS due
            WHERE line.parent_state = 'posted' AND line.reconciled IS NOT TRUE AND line.amount_residual <> 0""",
        id=_id(SQL("line.id"), 7),
    )


def collected() -> SQL:
    """M7: what customers paid, by day."""
    return SQL(
        """SELECT %(id)s, 'm7', money.company_id, money.amount, 0, money.date, money.partner_id,
                  NULL::int, NULL::int, NULL::int, 'account.move', money.move_id, FALSE, FALSE
             FROM (%(collected)s) AS money""",
        id=_id(SQL("money.id"), 8),
        collected=attainment.collected(),
    )
