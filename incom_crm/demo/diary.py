"""What was written, said and mailed: the chatter, the calls and the lines typed in by hand."""

from dataclasses import dataclass

from markupsafe import Markup

from odoo.tools import SQL

from ..models.care.mail_message import WRITTEN_BY_CALLER
from .wording import Wording

# Open days between two entries, how far back they go, and how many a customer has at most.
PAUSE_FROM, PAUSE_TO = 11, 34
OLDEST, MOST = 420, 14
# How colleagues keep in touch, with weights.
WAYS = {"note": 3, "call": 3, "phone": 2, "zalo": 2, "visit": 2, "mail": 1}
# Typed in as one line about a contact on that channel.
BY_HAND = ("phone", "zalo")
ANSWERED_AFTER = 1  # open days from a customer's mail to the answer
UNANSWERED_FOR = 3  # working days
ATTEMPTED, LATE_BY = 2, 12  # open days back
DEBT_SHARE = 0.4  # of the talks with a customer who owes


@dataclass(eq=False)
class Entry:
    """A contact with a customer that the demo company recorded when it happened."""

    customer: object
    way: str  # one of WAYS, attempt, mail_in
    moment: object
    text: str


def plan_diary(stage):
    """Every entry, by moment."""
    entries = [
        entry
        for customer in stage.customers
        for plan in (_care, _mails, _attempts)
        for entry in plan(stage, customer)
    ]
    return sorted(entries, key=lambda entry: entry.moment)


def _care(stage, customer):
    """Contacts by colleagues, from the last one on which the story turns, back."""
    story, rng = customer.story, customer.rng("care")
    if story.silence is None:
        return
    wording, distance = Wording(customer, rng), story.silence
    for number in range(MOST):
        if number and distance >= min(story.entered(), OLDEST):
            break
        day = stage.clock.selling_day(distance) if number else stage.clock.open_day(distance)
        way = rng.choices(list(WAYS), weights=WAYS.values())[0]
        if not number and "meeting_held" in story.options:
            way = "visit"
        text = wording.about(_occasion(story, way, distance, rng))
        yield Entry(customer, way, stage.clock.moment(day, rng), text)
        distance += rng.randint(PAUSE_FROM, PAUSE_TO)


def _occasion(story, way, distance, rng):
    """What an entry is about, by where the customer stood at the time."""
    if way == "visit":
        return "visit"
    if way == "mail":
        return "mail_out"
    if distance > max(story.distances(), default=0):
        return "prospect"
    if story.purchases and story.since > max(3 * story.cycle, distance):
        return "stopped"
    if story.option("overdue") and rng.random() < DEBT_SHARE:
        return "debt"
    return "buying"


def _mails(stage, customer):
    """Mails of the customer: answered by the last care, or waiting."""
    story, rng = customer.story, customer.rng("mails")
    if "answered" in story.options:
        day = stage.clock.open_day(story.silence + ANSWERED_AFTER)
    elif "unanswered" in story.options:
        day = stage.clock.working_day(UNANSWERED_FOR)
    else:
        return
    text = Wording(customer, rng).about("mail_in")
    yield Entry(customer, "mail_in", stage.clock.moment(day, rng), text)


def _attempts(stage, customer):
    if "attempt" in customer.story.options:
        rng = customer.rng("attempt")
        moment = stage.clock.moment(stage.clock.open_day(ATTEMPTED), rng)
        yield Entry(customer, "attempt", moment, "")


def write_diary(stage, entries):
    """Write the entries where the people of a company write them, visits aside.

    :param entries: by moment, so that every chatter reads in order
    """
    entries = [entry for entry in entries if entry.way != "visit"]
    calls = _write_calls(stage, [entry for entry in entries if entry.way in ("call", "attempt")])
    # The diary is written once the messages bear the dates on which they were written.
    quiet = stage.env["mail.message"].with_context(incom_diary=WRITTEN_BY_CALLER)
    messages = quiet.create([
        _call_message(stage, entry, calls[entry]) if entry in calls else _message(stage, entry)
        for entry in entries
    ])  # fmt: skip
    stage.backdate(messages, create_date=[entry.moment for entry in entries])
    diary = stage.env["incom.interaction"]
    diary.create([
        _row_by_hand(stage, entry, message)
        for entry, message in zip(entries, messages, strict=True)
        if entry.way in BY_HAND
    ])  # fmt: skip
    diary._record_messages(SQL("m.id = ANY(%s)", messages.ids))
    diary._record_activities(SQL("activity.id = ANY(%s)", [call.id for call in calls.values()]))
    _write_late(stage)


def _row_by_hand(stage, entry, message):
    """The row that ``incom_log_interaction`` would have written at the time."""
    return {
        "partner_id": entry.customer.partner.id,
        "contact_id": entry.customer.contacts[0][0].id,
        "user_id": entry.customer.user.id,
        "company_id": stage.company.id,
        "date": entry.moment,
        "channel": entry.way,
        "direction": "out",
        "grade": "two_way" if entry.way == "phone" else "content",
        "body": entry.text,
        "res_model": "res.partner",
        "res_id": entry.customer.partner.id,
        "message_id": message.id,
        "recorded_on": entry.moment,
    }


def _message(stage, entry):
    customer, incoming = entry.customer, entry.way == "mail_in"
    author = customer.contacts[0][0] if incoming else customer.user.partner_id
    subtype = "mail.mt_comment" if entry.way in ("mail", "mail_in") else "mail.mt_note"
    document = customer.partner if entry.way in BY_HAND else _document(entry)
    return {
        "model": document._name,
        "res_id": document.id,
        "author_id": author.id,
        "email_from": author.email_formatted,
        "reply_to": stage.company.email,
        "message_type": "email" if incoming else "comment",
        "subtype_id": stage.env.ref(subtype).id,
        "date": entry.moment,
        "body": Markup("<p>%s</p>") % entry.text,
    }


def _document(entry):
    """Where it was written: mostly on the customer, now and then on a contact or a document."""
    customer = entry.customer
    places = [customer.partner] * 6 + [customer.contacts[0][0]]
    places += [order for order in customer.orders if order.date_order < entry.moment][-1:]
    places += [lead for lead in customer.leads if lead.active and lead.create_date < entry.moment]
    return customer.rng(entry.moment).choice(places)


def _write_calls(stage, entries):
    """Done activities of the type call; what was said is their feedback.

    :returns: entry → its ``mail.activity``
    """
    activities = stage.env["mail.activity"].create([
        {
            "res_model_id": stage.env["ir.model"]._get_id("res.partner"),
            "res_id": entry.customer.partner.id,
            "activity_type_id": stage.env.ref("mail.mail_activity_data_call").id,
            "summary": Wording(entry.customer, entry.customer.rng(entry.moment)).about("call"),
            "user_id": entry.customer.user.id,
            "date_deadline": entry.moment.date(),
            "active": False,
            "date_done": entry.moment.date(),
            "feedback": entry.text or False,
        }
        for entry in entries
    ])  # fmt: skip
    moments = [entry.moment for entry in entries]
    stage.backdate(activities, create_date=moments, write_date=moments)
    stage.plan_by_themselves(activities)
    return dict(zip(entries, activities, strict=True))


def _call_message(stage, entry, activity):
    """What Odoo posts when an activity is marked as done."""
    user = entry.customer.user
    values = {"activity": activity, "feedback": entry.text, "display_assignee": False}
    return {
        "model": "res.partner",
        "res_id": entry.customer.partner.id,
        "author_id": user.partner_id.id,
        "email_from": user.email_formatted,
        "reply_to": stage.company.email,
        "message_type": "notification",
        "subtype_id": stage.env.ref("mail.mt_activities").id,
        "mail_activity_type_id": activity.activity_type_id.id,
        "date": entry.moment,
        "body": stage.env["ir.qweb"]._render("mail.message_activity_done", values),
    }


def _write_late(stage):
    """Contacts that a colleague writes down only today."""
    for customer in stage.having("late_entry"):
        rng = customer.rng("late entry")
        customer.partner.with_user(customer.user).incom_log_interaction(
            Wording(customer, rng).about("buying"),
            date=stage.clock.moment(stage.clock.open_day(LATE_BY), rng),
        )
