"""What the customers of the demo company have paid."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from odoo import Command

from .invoices import DUE_AFTER

# Customers pay between so many days before and after the due date.
PAID_FROM, PAID_TO = -12, 6
PART_PAID = 0.4
# Older receipts are on one bank entry a month: a payment each would take long to set up.
PAYMENTS_FOR = timedelta(days=60)


@dataclass
class Receipt:
    """What a customer paid of an invoice."""

    bill: object
    day: date
    amount: float


def set_up_payments(stage, bills):
    """Collect what is paid by now and match it with the invoices.

    :param bills: the `Billed` of the invoices
    """
    receipts = [_receipt(stage, bill) for bill in bills]
    receipts = [r for r in receipts if r.amount and r.day <= stage.clock.today]
    receipts.sort(key=lambda receipt: receipt.day)
    recent = [r for r in receipts if stage.clock.today - r.day < PAYMENTS_FOR]
    matches = _bank_entries(stage, receipts[: len(receipts) - len(recent)])
    matches += _payments(stage, recent)
    credited = [bill for bill in bills if bill.refund]
    matches += [_receivable(bill.invoice) + _receivable(bill.refund) for bill in credited]
    stage.analyze("account.move", "account.move.line", "account.payment")
    stage.env["account.move.line"]._reconcile_plan(matches)
    for bill in credited:
        # Not earlier: posting a credit note with it matches the two one by one, which is slow.
        bill.refund.reversed_entry_id = bill.invoice


def _receipt(stage, bill):
    """When and how much a customer pays of an invoice, or will."""
    story, rng = bill.customer.story, bill.customer.rng(bill.invoice.name)
    due = bill.day + DUE_AFTER
    day = due + timedelta(days=rng.randint(PAID_FROM, PAID_TO))
    unpaid_from = stage.clock.today - timedelta(days=story.option("overdue"))
    if story.option("overdue") and due >= unpaid_from:
        return Receipt(bill, day, 0)
    if "part_paid" in story.options and bill.orders & bill.customer.orders[-1]:
        amount = stage.company.currency_id.round(bill.owed() * PART_PAID)
        return Receipt(bill, due + timedelta(days=PAID_FROM), amount)
    return Receipt(bill, day, bill.owed())


def _payments(stage, receipts):
    """A payment each; pairs of lines to match."""
    payments = stage.env["account.payment"].create([
        {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": receipt.bill.customer.partner.id,
            "amount": receipt.amount,
            "date": receipt.day,
            "memo": receipt.bill.invoice.name,
            "company_id": stage.company.id,
        }
        for receipt in receipts
    ])  # fmt: skip
    payments.action_post()
    return [
        _receivable(payment.move_id) + _receivable(receipt.bill.invoice)
        for payment, receipt in zip(payments, receipts, strict=True)
    ]


def _bank_entries(stage, receipts):
    """One entry for each month's receipts; pairs of lines to match."""
    months = defaultdict(list)
    for receipt in receipts:
        months[receipt.day.year, receipt.day.month].append(receipt)
    journal = stage.env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", stage.company.id)], limit=1
    )
    entries = stage.env["account.move"].create(
        [_entry_values(journal, month) for month in months.values()]
    )
    entries.action_post()
    credited = entries.line_ids.filtered("credit").sorted("id")
    paid = [receipt for month in months.values() for receipt in month]
    return [
        line + _receivable(receipt.bill.invoice)
        for line, receipt in zip(credited, paid, strict=True)
    ]


def _entry_values(journal, receipts):
    total = sum(receipt.amount for receipt in receipts)
    lines = [{"account_id": journal.default_account_id.id, "debit": total}]
    for receipt in receipts:
        partner = receipt.bill.customer.partner
        lines.append({
            "account_id": _receivable(receipt.bill.invoice).account_id.id,
            "partner_id": partner.id,
            "name": receipt.bill.invoice.name,
            "credit": receipt.amount,
        })  # fmt: skip
    return {
        "move_type": "entry",
        "journal_id": journal.id,
        "date": receipts[-1].day,
        "ref": "Khách hàng chuyển khoản",
        "line_ids": [Command.create(line) for line in lines],
    }


def _receivable(move):
    return move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
