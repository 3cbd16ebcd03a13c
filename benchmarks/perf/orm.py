"""The same figures the ORM's ways: the oracle of the engine, and what set-based SQL saves (9: 5 and 12).

Both ways give ``{figure: value}`` of a customer; the naive one asks for one customer at a time, the batched
one for a thousand. They know the population of the benchmark: one company without holidays, refunds of whole
orders only, documents on the customers themselves.
"""

from datetime import UTC, datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from .generate import TIME_ZONE

NAIVE = 500
BATCHED = 5000
BATCH = 1000
COMPARED = 2000
CENT = 0.01
WINDOW = 8
USUAL = 8
YEAR = 365
SHORT_CYCLE = 150
CARED = [("grade", "in", ("content", "two_way")), ("user_id", "!=", False)]
CARE = [*CARED, ("late", "=", False)]
OWED = [
    ("account_type", "=", "asset_receivable"),
    ("parent_state", "=", "posted"),
    ("amount_residual", ">", 0),
]
OPEN_OPPORTUNITY = [("type", "=", "opportunity"), ("won_status", "=", "pending")]
UNSIGNED = [("state", "in", ("draft", "sent"))]


def naive(env, customer_id, today):
    """Search by search, as one would write it first."""
    of_customer = [("partner_id", "=", customer_id)]
    amounts = {}
    for order in env["sale.order"].search(of_customer + purchases(today)):
        if not any(move.move_type == "out_refund" for move in order.invoice_ids):
            day = local_day(order.date_order)
            amounts[day] = amounts.get(day, 0) + order.amount_untaxed
    quotations = env["sale.order"].search(of_customer + UNSIGNED)
    opportunities = env["crm.lead"].search(of_customer + OPEN_OPPORTUNITY)
    owed = env["account.move.line"].search(of_customer + OWED)
    care, cared = (
        env["incom.interaction"].search(
            of_customer + kind + before("date", today), order="date desc", limit=1
        )
        for kind in (CARE, CARED)
    )
    return {
        **purchase_figures(amounts, today),
        "unsigned_amount": sum(quotations.mapped("amount_total")),
        "open_opportunity_amount": sum(opportunities.mapped("expected_revenue")),
        "weighted_opportunity_amount": sum(opportunities.mapped("prorated_revenue")),
        "receivable_amount": sum(owed.mapped("amount_residual")),
        "overdue_amount": sum(
            line.amount_residual for line in owed if (line.date_maturity or line.date) < today
        ),
        "last_care_date": local_day(care.date) if care else False,
        "last_cared_date": local_day(cared.date) if cared else False,
    }


def batched(env, customer_ids, today):
    """One ``_read_group`` per figure for all these customers.

    :return: ``{customer: figures}``
    """
    of_customers = [("partner_id", "in", customer_ids)]
    refunds = env["account.move.line"].search(
        of_customers + [("move_type", "=", "out_refund"), ("sale_line_ids", "!=", False)]
    )
    credited = refunds.sale_line_ids.order_id.ids
    amounts = {customer_id: {} for customer_id in customer_ids}
    for partner, day, amount in (
        env["sale.order"]
        .with_context(tz=TIME_ZONE)
        ._read_group(
            of_customers + purchases(today) + [("id", "not in", credited)],
            ["partner_id", "date_order:day"],
            ["amount_untaxed:sum"],
        )
    ):
        amounts[partner.id][day.date()] = amount

    def total(model, domain, aggregate):
        groups = env[model]._read_group(of_customers + domain, ["partner_id"], [aggregate])
        return {partner.id: value for partner, value in groups}

    overdue = OWED + [("date_maturity", "<", today)]
    sums = {
        "unsigned_amount": total("sale.order", UNSIGNED, "amount_total:sum"),
        "open_opportunity_amount": total("crm.lead", OPEN_OPPORTUNITY, "expected_revenue:sum"),
        "weighted_opportunity_amount": total("crm.lead", OPEN_OPPORTUNITY, "prorated_revenue:sum"),
        "receivable_amount": total("account.move.line", OWED, "amount_residual:sum"),
        "overdue_amount": total("account.move.line", overdue, "amount_residual:sum"),
    }
    care = {
        name: total("incom.interaction", kind + before("date", today), "date:max")
        for name, kind in (("last_care_date", CARE), ("last_cared_date", CARED))
    }
    return {
        customer_id: {
            **purchase_figures(amounts[customer_id], today),
            **{name: by_customer.get(customer_id, 0) for name, by_customer in sums.items()},
            **{
                name: local_day(at[customer_id]) if customer_id in at else False
                for name, at in care.items()
            },
        }
        for customer_id in customer_ids
    }


def purchases(today):
    return [("state", "=", "sale"), ("amount_untaxed", ">", 0), *before("date_order", today)]


def before(field, today):
    """Not after the end of today."""
    end = datetime.combine(today + timedelta(days=1), time(), ZoneInfo(TIME_ZONE))
    return [(field, "<", end.astimezone(UTC).replace(tzinfo=None))]


def local_day(moment):
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(TIME_ZONE)).date()


def purchase_figures(amounts, today):
    """What follows from ``{day: amount}`` of a customer."""
    days = sorted(amounts)
    kept = []
    for day in days:
        if not kept or (day - kept[-1]).days > 1:
            kept.append(day)
    gaps = used_gaps(kept, today)
    usual = median(gaps) if gaps else 0
    year_ago, two_years_ago = (today - timedelta(days=years * YEAR) for years in (1, 2))
    return {
        "purchase_count": len(kept),
        "first_purchase_date": days[0] if days else False,
        "last_purchase_date": days[-1] if days else False,
        "purchase_cycle_computed_days": usual,
        "purchase_cycle_spread": median(abs(gap - usual) for gap in gaps) / usual if gaps else 0.0,
        "purchase_gap_count": len(gaps),
        "purchase_gap_max": max(gaps, default=0),
        "revenue_12m": sum(amount for day, amount in amounts.items() if day > year_ago),
        "revenue_previous_12m": sum(
            amount for day, amount in amounts.items() if two_years_ago < day <= year_ago
        ),
        "median_order_value": median(amounts[day] for day in days[-USUAL:]) if days else 0,
    }


def used_gaps(kept, today):
    """The gaps that count for the cycle."""
    gaps = [(later, (later - earlier).days) for earlier, later in zip(kept, kept[1:], strict=False)]
    gaps = [gap for gap in gaps[-WINDOW:] if gap[0] > today - relativedelta(months=48)]
    if gaps and median(gap for _day, gap in gaps) <= SHORT_CYCLE:
        gaps = [gap for gap in gaps if gap[0] > today - relativedelta(months=24)]
    return [gap for _day, gap in gaps]


def measure(trial, full):
    """Time both ways, each writing what it found, and compare what they found with the engine (9: 5, 12)."""
    env = trial.env
    ids = trial.some_customers(min(NAIVE, trial.n))
    with trial.meter.cost() as cost:
        for customer_id in ids:
            write(env, {customer_id: naive(env, customer_id, trial.today)})
            env.invalidate_all()
    env.cr.rollback()
    add(trial, "naive", cost, len(ids), full, 200)

    ids = trial.some_customers(min(BATCHED, trial.n))
    found = {}
    with trial.meter.cost() as cost:
        for start in range(0, len(ids), BATCH):
            figures = batched(env, ids[start : start + BATCH], trial.today)
            write(env, figures)
            env.invalidate_all()
            found |= figures
    env.cr.rollback()
    add(trial, "batched", cost, len(ids), full, 15)
    compare(trial, found)


def add(trial, way, cost, count, full, at_least):
    trial.add(f"{way} ORM, {count} customers", cost)
    ratio = (cost.total_work / count) / (full.total_work / trial.n)
    trial.add(f"{way} ORM / full, each", ratio=ratio, at_least=at_least)


def compare(trial, found):
    """The engine's rows against both ways, which have to agree with each other too."""
    ids = trial.draw.sample(sorted(found), min(COMPARED, len(found)))
    by_batch = {customer_id: found[customer_id] for customer_id in ids}
    wrong = differences(trial.env, by_batch)
    trial.add("customers unlike the batched ORM", rows=len(ids), ratio=len(wrong), at_most=0)
    one_by_one = {
        customer_id: naive(trial.env, customer_id, trial.today) for customer_id in ids[:NAIVE]
    }
    wrong = differences(trial.env, one_by_one)
    trial.add("customers unlike the naive ORM", rows=len(one_by_one), ratio=len(wrong), at_most=0)


def write(env, figures):
    for profile in env["incom.customer.profile"].search([("partner_id", "in", list(figures))]):
        profile.write(figures[profile.partner_id.id])
    env.flush_all()


def differences(env, figures):
    """The customers whose stored figures are not these.

    :param figures: ``{customer: figures}``
    """
    profiles = env["incom.customer.profile"].search([("partner_id", "in", list(figures))])
    return [
        profile.partner_id.id
        for profile in profiles
        if any(
            not same(profile[name], value) for name, value in figures[profile.partner_id.id].items()
        )
    ]


def same(stored, expected):
    if isinstance(expected, float):
        return abs(stored - expected) < CENT
    return stored == expected
