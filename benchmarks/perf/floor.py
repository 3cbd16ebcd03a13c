"""The floor: what reading the sources costs, with no thought at all."""

# The seven sources of performance.md, each scanned and grouped once.
SOURCES = {
    "res_partner": "SELECT commercial_partner_id, count(*) FROM res_partner WHERE active GROUP BY 1",
    "sale_order": """SELECT partner_id, count(*), max(date_order), sum(amount_untaxed) FROM sale_order
                      WHERE state = 'sale' GROUP BY 1""",
    "sale_order_line": """SELECT order_id, sum(price_subtotal), sum(product_uom_qty - qty_invoiced)
                            FROM sale_order_line GROUP BY 1""",
    "mail_message": """SELECT model, res_id, max(date) FROM mail_message
                        WHERE message_type IN ('comment', 'email') GROUP BY 1, 2""",
    "calendar_event": """SELECT rel.res_partner_id, max(event.start) FROM calendar_event event
                           JOIN calendar_event_res_partner_rel rel ON rel.calendar_event_id = event.id
                          GROUP BY 1""",
    "crm_lead": "SELECT partner_id, count(*), sum(expected_revenue) FROM crm_lead WHERE active GROUP BY 1",
    "account_move": """SELECT commercial_partner_id, sum(amount_residual_signed), min(invoice_date_due)
                         FROM account_move WHERE state = 'posted' GROUP BY 1""",
}
# What the engine reads where the guide's list says messages, meetings and lines.
ENGINE_SOURCES = {
    **{name: SOURCES[name] for name in ("res_partner", "sale_order", "crm_lead", "account_move")},
    "incom_interaction": """SELECT partner_id, max(date), count(*) FILTER (WHERE direction = 'in')
                              FROM incom_interaction GROUP BY 1""",
    "account_move_line": """SELECT partner_id, sum(amount_residual), min(date_maturity) FROM account_move_line
                             WHERE parent_state = 'posted' AND reconciled IS NOT TRUE GROUP BY 1""",
    "mail_activity": "SELECT res_model, res_id, min(date_deadline) FROM mail_activity WHERE active GROUP BY 1, 2",
}


def read(cr, sources):
    for statement in sources.values():
        cr.execute(f"SELECT count(*) FROM ({statement}) AS source")
