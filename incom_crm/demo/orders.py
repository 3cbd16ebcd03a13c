"""Orders and quotations, dated as the customers' stories tell."""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo import Command

from . import tables

# Untaxed VND of a usual monthly order, by the size of the customer.
USUAL_ORDER = {
    "company_size_micro": 8e6,
    "company_size_small": 22e6,
    "company_size_medium": 60e6,
    "company_size_large": 150e6,
}
USUAL_CYCLE = 30
YEAR = 365
BASKET = 4  # products a customer buys
FADING = 4  # how much larger a fading customer's orders were over a year ago
TOP_UP = 0.2  # of a usual order
# Calendar days between writing a quotation, today and its expiry: (written, expires).
QUOTATIONS = {
    "quote_draft": (-2, 20),
    "quote_open": (-5, 10),
    "quote_expired": (-50, -20),
}


@dataclass
class Planned:
    """An order to be created."""

    customer: object
    day: date
    moment: object
    fate: str  # purchase, cancelled, credited, quote_draft, quote_open, quote_expired
    share: float = 1.0
    validity: date | None = None


def set_up_orders(stage):
    """Create and confirm the orders; each customer's ``orders`` are its purchases by date.

    :returns: the orders that are to be credited in full
    """
    plan = [
        planned
        for customer in stage.customers
        for plan_part in (_plan_orders, _plan_quotations)
        for planned in plan_part(stage, customer)
    ]
    plan.sort(key=lambda planned: planned.moment)
    orders = stage.env["sale.order"].create([_order_values(stage, planned) for planned in plan])
    by_fate = {}
    for planned, order in zip(plan, orders, strict=True):
        by_fate.setdefault(planned.fate, stage.env["sale.order"])
        by_fate[planned.fate] += order
        if planned.fate == "purchase":
            planned.customer.orders.append(order)
    confirmed = by_fate["purchase"] + by_fate["cancelled"] + by_fate["credited"]
    confirmed.action_confirm()
    by_fate["cancelled"]._action_cancel()
    (by_fate["quote_open"] + by_fate["quote_expired"]).state = "sent"
    moments = [planned.moment for planned in plan]
    # Confirmation has set the date of the order to now.
    stage.backdate(orders, date_order=moments, create_date=moments)
    return by_fate["credited"]


def _plan_orders(stage, customer):
    """Purchases, and orders that came to nothing."""
    story, clock, rng = customer.story, stage.clock, customer.rng("order dates")
    distances = story.distances()
    for distance in distances:
        faded = "fading" in story.options and distance > YEAR
        day, share = clock.selling_day(distance), rng.uniform(0.85, 1.15) * (FADING if faded else 1)
        yield Planned(customer, day, clock.moment(day, rng), "purchase", share)
    # option → (fate, which purchase back, shift in open days back from it, share of a usual order)
    extra = {
        "top_up": ("purchase", 1, -1, TOP_UP),
        "twice": ("purchase", 0, 0, TOP_UP),
        "cancelled": ("cancelled", 1, -(story.cycle // 3), 1.0),
        "credited": ("credited", 1, -(story.cycle // 3), 1.0),
    }
    for option, (fate, number, shift, share) in extra.items():
        if option in story.options:
            day = clock.selling_day(distances[number] + shift)
            yield Planned(customer, day, clock.moment(day, rng), fate, share)


def _plan_quotations(stage, customer):
    clock, rng = stage.clock, customer.rng("quotation dates")
    for option, (written, expires) in QUOTATIONS.items():
        if option in customer.story.options:
            day = clock.ahead(written)
            moment = clock.moment(day, rng)
            yield Planned(customer, day, moment, option, validity=clock.ahead(expires))


def _order_values(stage, planned):
    customer = planned.customer
    contact, _title = customer.contacts[0]
    return {
        "partner_id": customer.partner.id,
        "user_id": customer.user.id if customer.user else False,
        "company_id": stage.company.id,
        "date_order": planned.moment,
        "validity_date": planned.validity or planned.day + timedelta(days=USUAL_CYCLE),
        "client_order_ref": f"{contact.name} ({customer.row['ref']})",
        "order_line": [Command.create(line) for line in _line_values(stage, planned)],
    }


def _line_values(stage, planned):
    customer, rng = planned.customer, planned.customer.rng(planned.moment)
    count = rng.choice((1, 1, 1, 2))
    value = usual_value(customer) * planned.share
    undelivered = _is_undelivered(stage, planned)
    for code in rng.sample(basket(customer), count):
        product = _product_row(code)
        price, step = float(product["price"]), int(product["step"])
        quantity = max(1, round(value / count / price / step)) * step
        yield {
            "product_id": stage.products[code].id,
            "product_uom_qty": quantity,
            "price_unit": price,
            "analytic_distribution": False,  # else looked up for every line
            "qty_delivered": 0 if undelivered or planned.fate != "purchase" else quantity,
        }


def _is_undelivered(stage, planned):
    """Whether the goods of a customer's newest order are still to be delivered."""
    story = planned.customer.story
    newest = stage.clock.selling_day(story.since)
    return "undelivered" in story.options and planned.day >= newest


def usual_value(customer):
    """Untaxed VND: those who come rarely buy more, though not in proportion."""
    usual = USUAL_ORDER[f"company_size_{customer.row['size']}"]
    rarity = (max(customer.story.cycle, USUAL_CYCLE) / USUAL_CYCLE) ** 0.5
    return usual * rarity * customer.rng("usual value").uniform(0.7, 1.4)


def basket(customer):
    """Codes of the products that a customer buys, of those its industry needs."""
    industry = next(
        row for row in tables.rows("industries") if row["industry"] == customer.row["industry"]
    )
    codes = industry["products"].split("|")
    return customer.rng("basket").sample(codes, BASKET)


def _product_row(code):
    return next(row for row in tables.rows("products") if row["code"] == code)
