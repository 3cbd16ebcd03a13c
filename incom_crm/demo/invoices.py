"""Invoices and credit notes for the orders of the demo company."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from odoo import Command

INVOICED_AFTER = timedelta(days=2)
CREDITED_AFTER = timedelta(days=6)
DUE_AFTER = timedelta(days=30)
# One invoice a month; one a year for what is older, as each invoice costs time to set up.
MONTHLY_FOR = timedelta(days=120)
LONG_PERIOD = 12  # months
PART_CREDITED = 0.1


@dataclass
class Billed:
    """The orders of a customer that go on one invoice."""

    customer: object
    orders: object
    day: date
    invoice: object = None
    refund: object = None

    def owed(self):
        """What is to be paid of the invoice."""
        return self.invoice.amount_total - (self.refund.amount_total if self.refund else 0)


def set_up_invoices(stage, credited):
    """Invoice the purchases and credit some.

    :param credited: the orders whose invoice is credited in full
    :returns: a list of `Billed`
    """
    bills = _bills(stage) + _credited_bills(stage, credited)
    bills.sort(key=lambda bill: bill.day)
    invoices = stage.env["account.move"].create([_invoice_values(bill) for bill in bills])
    for bill, invoice in zip(bills, invoices, strict=True):
        bill.invoice = invoice
    invoices.action_post()
    _set_up_credit_notes(stage, bills, credited)
    return bills


def _bills(stage):
    """The purchases by customer and period."""
    bills = []
    for customer in stage.customers:
        periods = defaultdict(stage.env["sale.order"].browse)
        for order in _billable(customer):
            periods[_period(stage, order.date_order.date())] += order
        for orders in periods.values():
            bills.append(_billed(stage, customer, orders))
    return bills


def _billed(stage, customer, orders):
    day = max(orders.mapped("date_order")).date() + INVOICED_AFTER
    return Billed(customer, orders, min(day, stage.clock.today))


def _billable(customer):
    """All purchases, without the newest where the story says it is not invoiced yet."""
    waiting = customer.story.options & {"undelivered", "uninvoiced"}
    return customer.orders[:-1] if waiting else customer.orders


def _period(stage, day):
    long_ago = stage.clock.today - day >= MONTHLY_FOR
    return long_ago, day.year, (day.month - 1) // (LONG_PERIOD if long_ago else 1)


def _credited_bills(stage, credited):
    customers = {customer.partner: customer for customer in stage.customers}
    return [_billed(stage, customers[order.partner_id], order) for order in credited]


def _invoice_values(bill):
    user = bill.customer.user
    return {
        "move_type": "out_invoice",
        "partner_id": bill.customer.partner.id,
        "invoice_user_id": user.id if user else False,
        "invoice_date": bill.day,
        "date": bill.day,
        "invoice_date_due": bill.day + DUE_AFTER,
        "invoice_origin": ", ".join(bill.orders.mapped("name")),
        "invoice_line_ids": _line_commands(bill.orders, 1),
    }


def _line_commands(orders, share):
    return [
        Command.create({
            "product_id": line.product_id.id,
            "name": line.product_id.name,
            "quantity": line.product_uom_qty * share,
            "price_unit": line.price_unit,
            "tax_ids": [Command.set(line.tax_ids.ids)],
            "analytic_distribution": False,  # else looked up for every line
        })
        for line in orders.order_line
    ]  # fmt: skip


def link_orders(bills):
    """Link the lines of invoices and credit notes with the lines of the orders they are for.

    Once all is paid: each payment would else be announced today on orders that are long over.
    """
    for bill in bills:
        moves = [move.invoice_line_ids.sorted("id") for move in (bill.invoice, bill.refund) if move]
        for order_line, *lines in zip(bill.orders.order_line, *moves, strict=True):
            order_line.invoice_lines = [Command.link(line.id) for line in lines]


def _set_up_credit_notes(stage, bills, credited):
    """Credit the orders to be credited in full, and a part of some others."""
    shares = [(bill, 1) for bill in bills if bill.orders & credited]
    for customer in stage.having("partly_credited"):
        own = [bill for bill in bills if bill.customer is customer]
        shares.append((own[-1], PART_CREDITED))
    refunds = stage.env["account.move"].create(
        [_refund_values(stage, bill, share) for bill, share in shares]
    )
    refunds.action_post()
    for (bill, _share), refund in zip(shares, refunds, strict=True):
        bill.refund = refund


def _refund_values(stage, bill, share):
    day = min(bill.day + CREDITED_AFTER, stage.clock.today)
    return _invoice_values(bill) | {
        "move_type": "out_refund",
        "invoice_date": day,
        "date": day,
        "invoice_date_due": day,
        "invoice_line_ids": _line_commands(bill.orders, share),
    }
