"""Care: silence, what interrupts it, and the alert (definitions, 3; design, 9-15)."""

from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil

from .calendar import anniversary, calendar_of
from .purchases import newest_pin


class Care:
    """Everybody's care for a customer up to a day, in the days of one company."""

    def __init__(self, customer, company, today, parameters):
        self.customer, self.company, self.today = customer, company, today
        self.parameters, self.calendar = parameters, calendar_of(company)

    def day(self, interaction):
        return self.calendar.local_day(interaction.at)

    @cached_property
    def diary(self):
        """What happened up to today, newest first."""
        happened = [
            interaction
            for interaction in self.customer.interactions
            if self.day(interaction) <= self.today and interaction.source_state != "revoked"
        ]
        return sorted(happened, key=lambda interaction: interaction.at, reverse=True)

    @cached_property
    def cared(self):
        """Care interactions, newest first, late entries included."""
        return [interaction for interaction in self.diary if interaction.is_care]

    @cached_property
    def last(self):
        """Late entries do not end a silence."""
        return next((self.day(one) for one in self.cared if not one.late), None)

    @cached_property
    def last_cared(self):
        return self.day(self.cared[0]) if self.cared else None

    def untouched_since(self, opened):
        """Whether nobody has been in touch since the day something opened."""
        return self.last is None or self.last < opened

    @property
    def unanswered(self):
        """Day of the oldest incoming contact newer than the newest care."""
        waiting = [
            one
            for one in self.diary
            if one.direction == "in" and not (self.cared and one.at <= self.cared[0].at)
        ]
        return self.day(waiting[-1]) if waiting else None

    @property
    def activity_due(self):
        return min((one.deadline for one in self.customer.activities if one.active), default=None)

    @property
    def birthday(self):
        """The next birthday of the customer or an active contact that care has not met yet."""
        people = [self.customer, *(one for one in self.customer.contacts if one.active)]
        days = [
            anniversary(person.birthdate, self.today.year + year)
            for person in people
            if person.birthdate
            for year in (0, 1)
        ]
        ahead = timedelta(days=self.parameters.birthday_days)
        return min(
            (day for day in days if day >= self.today and self.untouched_since(day - ahead)),
            default=None,
        )

    @property
    def snoozed_until(self):
        pin = newest_pin(self.customer, self.company, "snooze", self.today)
        return pin and pin.until


def allowed_silence(policies, traits, cycle):
    """K: the smallest silence of the policies that match; null for non-buyers and without policy.

    :param traits: ``company, level, stage, customer_class, industry, region, team, tags``
    :param cycle: C, pinned or confirmed
    """
    if traits["level"] == "other":
        return None
    silences = [policy.silence for policy in policies if matches(policy, traits)]
    if not silences:
        return None
    allowed = Fraction(min(silences))
    if traits["stage"] == "buying" and cycle:
        allowed = min(allowed, max(Fraction(traits["silence_cycle_min"]), cycle))
    return allowed


def matches(policy, traits):
    criteria = ("company", "level", "customer_class", "industry", "region", "team")
    return all(getattr(policy, name) in (None, traits[name]) for name in criteria) and (
        policy.tag is None or policy.tag in traits["tags"]
    )


def silence_limits(allowed, parameters):
    """The distances at which silence asks for care (at least), is missed and neglected (more than)."""
    warning = min(parameters.warning_days, ceil(allowed / parameters.warning_part))
    neglected = max(parameters.neglected_factor * allowed, parameters.neglected_min)
    return allowed - warning, allowed, neglected


def reasons(care, purchases, silence_from, allowed, asking):
    """Every reason for an alert today, worst first: ``alert_topic``."""
    found = [
        *silence_reasons(care, silence_from, allowed),
        *activity_reasons(care),
        *message_reasons(care),
        *(window_reasons(care, purchases) if allowed is not None else ()),
        *(birthday_reasons(care) if allowed is not None else ()),
        *(["needs_care_trigger"] if asking and is_open(asking, care.today) else ()),
    ]
    order = ("neglected", "missed", "needs_care")
    return sorted(
        found, key=lambda reason: next(i for i, x in enumerate(order) if reason.startswith(x))
    )


def silence_reasons(care, silence_from, allowed):
    if allowed is None:
        return
    due, missed, neglected = silence_limits(allowed, care.parameters)
    silence = care.calendar.distance(silence_from, care.today)
    if silence > neglected:
        yield "neglected_silence"
    if silence > missed:
        yield "missed_silence"
    if silence >= due:
        yield "needs_care_silence"


def activity_reasons(care):
    due = care.activity_due
    if due and care.calendar.next_working_day(due) <= care.today:
        yield "missed_activity"
    if due and due <= care.today:
        yield "needs_care_activity"


def message_reasons(care):
    day = care.unanswered
    if day and care.calendar.next_working_day(day) <= care.today:
        yield "missed_message"


def window_reasons(care, purchases):
    """The reorder window, open or closed, with nobody in touch since it opened."""
    if not purchases.has_window or not care.untouched_since(window_from(purchases)):
        return
    silence, last = purchases.silence, purchases.due_after + purchases.lead
    if silence > last:
        if purchases.is_sure:
            yield "missed_window"
    elif silence >= purchases.due_after - purchases.lead:
        yield "needs_care_window"


def window_from(purchases):
    """The first day of the reorder window."""
    return purchases.calendar.reached(purchases.last, purchases.due_after - purchases.lead)


def birthday_reasons(care):
    if care.birthday and care.today >= care.birthday - timedelta(
        days=care.parameters.birthday_days
    ):
        yield "needs_care_birthday"


def is_open(asking, today):
    """Whether a trigger asks on the day; one without a day of its own asks on."""
    opened, _trigger, until = asking
    return opened <= today and (until is None or today <= until)


def alert(care, reasons):
    """Exactly one value, first match wins; put off is OK."""
    if care.snoozed_until and care.today < care.snoozed_until:
        return "ok"
    return next((reason.rsplit("_", 1)[0] for reason in reasons), "ok")
