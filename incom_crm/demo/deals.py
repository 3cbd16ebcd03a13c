"""Opportunities of the demo company: open, won and lost."""

from . import tables
from .orders import usual_value
from .stage import by_name
from .wording import Wording

# Open days back from today: when an opportunity was opened and when one was lost.
OPENED, LOST = 30, 90
# What an opportunity is worth, in usual orders, and when it should close (days ahead).
WORTH, CLOSES = 2.5, 21
LEAD_TIME = 12  # open days from an opportunity to the order that it led to
MILLION = 1_000_000


def set_up_deals(stage):
    """Create the opportunities, win and lose the ones that are over."""
    open_stages = stage.env["crm.stage"].search([("is_won", "=", False)])
    for option in ("opportunity", "won", "lost"):
        customers = stage.having(option)
        opened = [_opened(stage, customer, option) for customer in customers]
        leads = stage.env["crm.lead"].create([
            _lead_values(stage, customer) | {"stage_id": open_stages[n % len(open_stages)].id}
            for n, customer in enumerate(customers)
        ])  # fmt: skip
        for customer, lead in zip(customers, leads, strict=True):
            customer.leads.append(lead)
        closed = _close(stage, option, customers, leads)
        stage.backdate(leads, create_date=opened, date_open=opened, date_closed=closed)


def _opened(stage, customer, option):
    story = customer.story
    days = {"opportunity": OPENED, "won": story.since + LEAD_TIME, "lost": LOST + OPENED}[option]
    day = stage.clock.open_day(min(days, story.entered()))
    return stage.clock.moment(day, customer.rng(f"{option} opened"))


def _lead_values(stage, customer):
    rng = customer.rng("opportunity")
    worth = usual_value(customer) * WORTH * rng.uniform(0.6, 1.6)
    return {
        "name": Wording(customer, rng).about("opportunity"),
        "type": "opportunity",
        "partner_id": customer.partner.id,
        "user_id": customer.user.id,
        "company_id": stage.company.id,
        "expected_revenue": round(worth / MILLION) * MILLION,
        "date_deadline": stage.clock.ahead(CLOSES),
    }


def _close(stage, option, customers, leads):
    """Win or lose opportunities; when each was closed, None for open ones."""
    if option == "won":
        leads.action_set_won()
        orders = [customer.orders[-1] for customer in customers]
        for lead, order in zip(leads, orders, strict=True):
            order.opportunity_id = lead
        return [order.date_order for order in orders]
    if option == "lost":
        reason = tables.phrases()["lost"]
        reasons = by_name(stage.env["crm.lost.reason"], [reason])
        leads.action_set_lost(lost_reason_id=reasons[reason].id)
        day = stage.clock.open_day(LOST)
        return [stage.clock.moment(day, customer.rng("lost")) for customer in customers]
    return [None for _lead in leads]
