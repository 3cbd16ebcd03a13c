"""Random orders with everything that happens to them, by the same ways a user takes."""

import random
from datetime import timedelta

from odoo import Command

ORDERS = 66
LINES = (6, 11)


class OrderWorld:
    """Makes orders of many lines, and delivers, bills, credits and collects parts of them."""

    def __init__(self, case, seed):
        self.case, self.env = case, case.env
        self.random = random.Random(seed)
        self.today = case.today
        self.dozen = self.env.ref("uom.product_uom_dozen")
        self.unit = self.env.ref("uom.product_uom_unit")
        self.companies = [case.company, case.other_company]
        self.products = {company: self._products(company) for company in self.companies}
        self.customers = {
            company: [case.make_customer(f"Buyer {number}") for number in range(8)]
            for company in self.companies
        }

    def _products(self, company):
        env = self.env(context=dict(self.env.context, allowed_company_ids=company.ids))
        tax = env["account.tax"].create(
            {"name": f"VAT 8 {company.id}", "amount": 8, "company_id": company.id}
        )
        return [
            env["product.product"].create(
                {
                    "name": f"Thing {policy}",
                    "type": "service",
                    "service_type": "manual",
                    "invoice_policy": policy,
                    "taxes_id": [Command.set(tax.ids if policy == "order" else [])],
                    "uom_id": self.unit.id,
                }
            )
            for policy in ("order", "delivery")
        ]

    def make_orders(self, count=ORDERS):
        orders = self.env["sale.order"]
        for number in range(count):
            company = self.companies[0 if number % 4 else 1]
            order = self._make_order(company)
            orders += order
            if number % 11 == 0:
                continue  # stays a quotation
            order.action_confirm()
            # of some orders nothing but a part is delivered and billed
            self.is_calm = number % 3 == 0
            self._live(order)
        self.env.flush_all()
        return orders

    def _make_order(self, company):
        rng = self.random
        currency = company.currency_id if rng.random() < 0.7 else self.case.foreign
        pricelist = self.case.pricelists[company, currency]
        lines = [self._line(company) for _line in range(rng.randint(*LINES))]
        return (
            self.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": rng.choice(self.customers[company]).id,
                    "company_id": company.id,
                    "pricelist_id": pricelist.id,
                    "date_order": self.case.at(self.today - timedelta(days=rng.randint(0, 200))),
                    "order_line": [Command.create(values) for values in lines],
                }
            )
        )

    def _line(self, company):
        rng = self.random
        product = rng.choice(self.products[company])
        quantity = rng.choice([1, 2, 3, 5, 7, 10, 12.5, 100])
        if rng.random() < 0.06:
            quantity = -rng.choice([1, 2])
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "product_uom_id": (self.dozen if rng.random() < 0.15 else self.unit).id,
            "price_unit": round(rng.uniform(1, 500), 2),
            "discount": rng.choice([0, 0, 0, 10, 12.5]),
        }

    def _live(self, order):
        rng = self.random
        if rng.random() < 0.25:
            self._advance(order)
        for _step in range(rng.randint(1, 3)):
            self._deliver(order)
            if rng.random() < 0.8:
                self._bill(order)
            if not self.is_calm and rng.random() < 0.35:
                self._credit(order)
        if not self.is_calm and rng.random() < 0.2:
            self._add_unordered(order)
        if not self.is_calm and rng.random() < 0.1:
            self._credit_all(order)
        self._collect(order)

    def _deliver(self, order):
        for line in self._goods(order):
            share = self.random.choice([0, 0, 0.3, 0.5, 1, 1, 1 if self.is_calm else 1.2])
            done = round(abs(line.product_uom_qty) * share, 2)
            sign = -1 if line.product_uom_qty < 0 else 1
            if done > abs(line.qty_delivered):
                line.qty_delivered = sign * done

    def _goods(self, order):
        return order.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )

    def _advance(self, order):
        if order.amount_total <= 0:
            return
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_ids=order.ids)
            .create(
                {
                    "advance_payment_method": "percentage",
                    "amount": self.random.choice([10, 30, 50]),
                }
            )
        )
        wizard.create_invoices()
        if self.random.random() < 0.85:
            self._post(order.invoice_ids.filtered(lambda move: move.state == "draft"))

    def _bill(self, order):
        if not any(line.qty_to_invoice for line in self._goods(order)):
            return
        invoices = order._create_invoices(final=self.random.random() < 0.7)
        for move in invoices:
            for item in move.invoice_line_ids.filtered("product_id"):
                goods = item.sale_line_ids and not item.sale_line_ids.is_downpayment
                if goods and self.random.random() < 0.4:
                    item.quantity = round(
                        item.quantity
                        * self.random.choice([0.4, 0.5, 0.7 if self.is_calm else 1.5]),
                        2,
                    )
        if self.random.random() < 0.85:
            self._post(invoices)

    def _post(self, moves):
        for move in moves:
            move.invoice_date = self.today - timedelta(days=self.random.randint(0, 120))
            move.invoice_date_due = move.invoice_date + timedelta(
                days=self.random.choice([0, 15, 45])
            )
            if self.random.random() < 0.3:
                move.invoice_payment_term_id = self.case.instalments
            if move.amount_total < 0:
                move.action_switch_move_type()
            move.action_post()

    def _credit(self, order):
        posted = order.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        if not posted:
            return
        refund = self.random.choice(posted)._reverse_moves([{"invoice_date": self.today}])
        for item in refund.invoice_line_ids.filtered("product_id"):
            item.quantity = round(item.quantity * self.random.choice([0.1, 0.25, 1]), 2)
        if self.random.random() < 0.9:
            refund.action_post()

    def _credit_all(self, order):
        for move in order.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        ):
            move._reverse_moves([{"invoice_date": self.today}]).action_post()

    def _add_unordered(self, order):
        """Goods that were delivered without having been ordered."""
        values = self._line(order.company_id) | {"order_id": order.id, "product_uom_qty": 0}
        line = self.env["sale.order.line"].create(values)
        line.qty_delivered = self.random.choice([0, 1, 3])

    def _collect(self, order):
        for move in order.invoice_ids:
            if move.state != "posted" or not move.amount_residual or self.random.random() < 0.4:
                continue
            wizard = (
                self.env["account.payment.register"]
                .with_company(move.company_id)
                .with_context(active_model="account.move", active_ids=move.ids)
                .create({"payment_date": self.today - timedelta(days=self.random.randint(0, 60))})
            )
            part = self.random.choice([1, 1, 0.5])
            wizard.amount = move.currency_id.round(wizard.amount * part)
            payment = wizard._create_payments()
            if self.random.random() < 0.15:
                # taken apart again: the invoice is owed, the payment waits as a credit
                payment.move_id.line_ids.remove_move_reconcile()
