"""The money map by the definitions, from Odoo's records alone, in plain Python and exact fractions.

Nothing here is shared with the addon.
"""

from collections import defaultdict
from fractions import Fraction

RETURNED_SHARE = Fraction(95, 100)
SALE_TYPES = {"out_invoice": 1, "out_refund": -1}


def exact(number):
    """The decimal number a float was typed as."""
    return Fraction(repr(number or 0.0))


def rounded(amount, decimals):
    """Half up, away from zero."""
    scaled = abs(amount) * 10**decimals + Fraction(1, 2)
    return (1 if amount >= 0 else -1) * Fraction(
        scaled.numerator // scaled.denominator, 10**decimals
    )


class OrderOracle:
    """What is left of one order, and what was billed for it."""

    def __init__(self, order, today):
        self.order, self.today = order, today
        self.decimals = order.company_id.currency_id.decimal_places
        self.rate = exact(order.currency_rate)
        self.products = order.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )
        self.advances = order.order_line.filtered(
            lambda line: not line.display_type and line.is_downpayment
        )

    def rest(self):
        """``{box: amount}`` of M3 and M4 before down payments."""
        boxes = defaultdict(Fraction)
        if self.order.state != "sale" or self._given_back() or self.order.incom_rest_closed_on:
            return boxes
        for line in self.products:
            for box, amount in self._line_rest(line).items():
                boxes[box] += amount
        return boxes

    def with_advances(self):
        """The same, after what was paid in advance and not deducted yet."""
        boxes = self.rest()
        paid = sum(
            (amount for line in self.advances for _q, amount, _s in self._bills(line)), Fraction()
        )
        paid = rounded(paid / self.rate, self.decimals)
        if paid > 0 and not self.order.incom_rest_closed_on:
            in_m3 = min(paid, max(Fraction(), boxes["m3"]))
            boxes["m3"] -= in_m3
            boxes["m4"] -= paid - in_m3
        return boxes

    def billed(self):
        """Posted invoices less credit notes, of products, company currency at the order's rate."""
        total = sum(
            (amount for line in self.products for _q, amount, _s in self._bills(line)), Fraction()
        )
        return total / self.rate

    def is_plain(self):
        """Nothing over-delivered, over-billed, credited or given another price."""
        return all(
            exact(line.qty_delivered) <= exact(line.product_uom_qty)
            and sum(q for q, _a, _s in self._bills(line)) <= exact(line.product_uom_qty)
            and all(sign > 0 for _q, _a, sign in self._bills(line))
            for line in self.products
        )

    def _bills(self, line):
        """Quantity in the line's unit, amount with tax, and sign of each posted bill of a line."""
        for item in line.invoice_lines:
            if item.move_id.state == "posted" and item.move_id.move_type in SALE_TYPES:
                sign = SALE_TYPES[item.move_id.move_type]
                factor = exact(item.product_uom_id.factor or 1) / exact(
                    line.product_uom_id.factor or 1
                )
                yield sign * exact(item.quantity) * factor, sign * exact(item.price_total), sign

    def _line_rest(self, line):
        sign = -1 if line.product_uom_qty < 0 else 1
        ordered, delivered = exact(line.product_uom_qty) * sign, exact(line.qty_delivered) * sign
        bills = list(self._bills(line))
        charged = sum((q for q, _a, s in bills if s > 0), Fraction()) * sign
        credited = -sum((q for q, _a, s in bills if s < 0), Fraction()) * sign
        invoiced = charged - credited
        still = max(
            Fraction(), ordered - max(Fraction(), credited - max(Fraction(), charged - ordered))
        )
        one = exact(line.price_total) / exact(line.product_uom_qty) if ordered else self._unit(line)

        def worth(quantity):
            return rounded(sign * quantity * abs(one) / self.rate, self.decimals)

        top = max(delivered, invoiced)
        return {
            "m3": worth(max(still, top)) - worth(top),
            "m4": worth(top) - worth(invoiced),
        }

    def _unit(self, line):
        price = exact(line.price_unit) * (100 - exact(line.discount)) / 100
        percent = sum(
            (exact(tax.amount) for tax in line.tax_ids if not tax.price_include), Fraction()
        )
        return rounded(price * (100 + percent) / 100, self.order.currency_id.decimal_places)

    def _given_back(self):
        """Credited, and not billed again, almost all of what was ordered."""
        items = self.order.order_line.invoice_lines.filtered(
            lambda item: item.move_id.state == "posted" and item.move_id.date <= self.today
        )
        untaxed = exact(self.order.amount_untaxed)
        charged, credited = (
            sum((exact(i.price_subtotal) for i in items if i.move_id.move_type == kind), Fraction())
            for kind in ("out_invoice", "out_refund")
        )
        back = max(Fraction(), credited - max(Fraction(), charged - untaxed))
        return credited > 0 and back >= RETURNED_SHARE * untaxed
