"""Meetings, and what colleagues still have to do."""

from collections import defaultdict
from datetime import time, timedelta

from odoo import Command

from . import tables
from .wording import Wording

MEETING_LASTS = timedelta(hours=1)
PLANNED_BEFORE = timedelta(days=1)
TYPES = ("intro", "opportunity", "incident", "demo", "delivery", "other")
TYPE_WEIGHTS = (2, 6, 1, 2, 1, 1)
# option → (calendar days from today, outcome)
OTHER_MEETINGS = {
    "meeting_planned": (3, "planned"),
    "meeting_not_held": (-6, "not_held"),
    "meeting_no_result": (-8, "planned"),
}
PROMISE_OVERDUE = 3  # working days
PROMISE_AHEAD = 5  # calendar days
# Days before its deadline on which an activity was written down.
PROMISED_BEFORE = 4


def set_up_meetings(stage, entries):
    """Meetings that were held (the diary's visits), and the ones with another outcome.

    :param entries: the diary; its visits have a text
    """
    plan = [
        _meeting(stage, entry.customer, entry.moment, "held") | {"description": entry.text}
        for entry in entries
        if entry.way == "visit"
    ]
    for option, (days, outcome) in OTHER_MEETINGS.items():
        for customer in stage.having(option):
            hour = time(customer.rng(option).randint(8, 16))
            start = stage.clock.utc(stage.clock.ahead(days), hour)
            plan.append(_meeting(stage, customer, start, outcome))
    outcomes = [values.pop("meeting_outcome") for values in plan]
    meetings = stage.env["calendar.event"].create(plan)
    planned = [min(values["start"], stage.clock.now) - PLANNED_BEFORE for values in plan]
    stage.backdate(meetings, create_date=planned)
    # Only now: the diary notes when a meeting was written down.
    by_outcome = defaultdict(meetings.browse)
    for meeting, outcome in zip(meetings, outcomes, strict=True):
        by_outcome[outcome] += meeting
    for outcome, over in by_outcome.items():
        over.meeting_outcome = outcome


def _meeting(stage, customer, start, outcome):
    rng = customer.rng(start)
    code = rng.choices(TYPES, weights=TYPE_WEIGHTS)[0]
    meeting_type = stage.env.ref(f"incom_crm.meeting_type_{code}")
    contact, _title = customer.contacts[0]
    phrase = tables.phrases()["meeting"][code]
    return {
        "name": Wording(customer, rng).fill(phrase),
        "start": start,
        "stop": start + MEETING_LASTS,
        "user_id": customer.user.id,
        "partner_ids": [Command.set((contact + customer.user.partner_id).ids)],
        "meeting_type_id": meeting_type.id,
        "meeting_outcome": outcome,
    }


def set_up_promises(stage):
    """Open activities: overdue, for today, and ahead."""
    clock = stage.clock
    deadlines = {
        "promise_overdue": clock.working_day(PROMISE_OVERDUE),
        "promise_today": clock.today,
        "promise_ahead": clock.ahead(PROMISE_AHEAD),
    }
    plan = [
        (customer, option, deadline)
        for option, deadline in deadlines.items()
        for customer in stage.having(option)
    ]
    activities = stage.env["mail.activity"].create([
        {
            "res_model_id": stage.env["ir.model"]._get_id("res.partner"),
            "res_id": customer.partner.id,
            "activity_type_id": stage.env.ref("mail.mail_activity_data_todo").id,
            "user_id": customer.user.id,
            "summary": Wording(customer, customer.rng(option)).about("promise"),
            "date_deadline": deadline,
        }
        for customer, option, deadline in plan
    ])  # fmt: skip
    made = [
        clock.moment(min(deadline, clock.today) - timedelta(days=PROMISED_BEFORE), customer.rng(o))
        for customer, o, deadline in plan
    ]
    stage.backdate(activities, create_date=made)
    stage.plan_by_themselves(activities)
