"""Care triggers: on which days each asks for care (definitions, 3; design, care triggers)."""

from .calendar import DAY, anniversary
from .care import matches


def first_asking(care, purchases, world, traits):
    """What opens first and care has not met; see :func:`asking`."""
    found = asking(care, purchases, world, traits)
    return min(found, key=lambda one: one[:2], default=None)


def asking(care, purchases, world, traits):
    """``(first day, place of the trigger, last day or None)`` of all that care has not met, past and to come.

    :param traits: as for :func:`care.matches`
    """
    return [
        (opens, place, until)
        for place, trigger in enumerate(world.triggers)
        if matches(trigger, traits)
        for opens, until in OCCASIONS[trigger.kind](trigger, care, purchases, world)
        if care.untouched_since(opens)
    ]


def before_due(trigger, care, purchases, world):
    """Some days before the next purchase is due, at the earliest the day after the last."""
    if purchases.last and purchases.due_cycle:
        after = max(1, purchases.due_after - trigger.days)
        yield purchases.calendar.reached(purchases.last, after), None


def after_purchase(trigger, care, purchases, world):
    if purchases.last:
        yield purchases.calendar.reached(purchases.last, trigger.days), None


def after_care(trigger, care, purchases, world):
    """So many days after the last care; after the day of creation for who never had any."""
    start = care.last or care.calendar.local_day(care.customer.created)
    yield care.calendar.reached(start, trigger.days), None


def same_season(trigger, care, purchases, world):
    for day in purchases.events:
        again = anniversary(day, day.year + 1)
        if again >= care.today:
            yield again - trigger.days * DAY, again


def birthdays(trigger, care, purchases, world):
    people = [care.customer, *(one for one in care.customer.contacts if one.active)]
    for person in people:
        for years in range(3) if person.birthdate else ():
            day = anniversary(person.birthdate, care.today.year + years)
            if day >= care.today:
                yield day - trigger.days * DAY, day


def after_product(trigger, care, purchases, world):
    """So many days after the last purchase of the category or one below it."""
    days = [
        day
        for day, order, _credited in purchases.bought
        if is_within(order.category, trigger.category, world.categories)
    ]
    if days:
        yield purchases.calendar.reached(max(days), trigger.days), None


def is_within(category, above, categories):
    while category and category != above:
        category = categories[category]
    return category == above


def renewals(trigger, care, purchases, world):
    for _day, order in purchases.confirmed:
        if order.renewal:
            yield order.renewal - trigger.days * DAY, None


OCCASIONS = {
    "cycle": before_due,
    "class": after_care,
    "purchase": after_purchase,
    "season": same_season,
    "level": after_care,
    "birthday": birthdays,
    "product": after_product,
    "renewal": renewals,
}
