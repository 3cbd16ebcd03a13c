"""What a day of work leaves behind: one table says how each figure is counted and what it opens."""

from typing import NamedTuple

from odoo.fields import Domain

DIARY = "incom.interaction"
CARE = ("content", "two_way")
MESSAGES = ("email", "sms", "zalo", "facebook", "web", "post", "fax")
# Days that the job works out again each night, today among them; older ones stay as they are.
NIGHTLY_DAYS = 4
# Taken back later: a meeting whose outcome was changed.
IN_FORCE = Domain("source_state", "!=", "revoked")


class Figure(NamedTuple):
    """How a figure is counted.

    :param model: whose records
    :param moment: the field that says on which day they count: a UTC time, or the day itself
    :param domain: which of them, or the name of the method of the report that gives it
    :param each: the field whose values are counted once each; all records by default
    :param amount: column of the document's currency that is summed up beside, and its field in the report
    """

    model: str
    moment: str
    domain: Domain | str
    each: str = ""
    amount: tuple = ()


FIGURES = {
    "calls": Figure(DIARY, "date", IN_FORCE & Domain("channel", "=", "phone")),
    "calls_answered": Figure(
        DIARY,
        "date",
        IN_FORCE & Domain("channel", "=", "phone") & Domain("grade", "=", "two_way"),
    ),
    "visits": Figure(
        DIARY, "date", IN_FORCE & Domain("channel", "=", "visit") & Domain("grade", "in", CARE)
    ),
    "messages": Figure(DIARY, "date", IN_FORCE & Domain("channel", "in", MESSAGES)),
    "customers_cared": Figure(
        DIARY, "date", IN_FORCE & Domain("grade", "in", CARE), each="partner_id"
    ),
    "works_done": Figure(DIARY, "date", IN_FORCE & Domain("activity_id", ">", 0)),
    "meetings_held": Figure(
        "calendar.event",
        "meeting_day",
        Domain("active", "=", True)
        & Domain("meeting_outcome", "=", "held")
        & Domain("is_customer_meeting", "=", True),
    ),
    "promises": Figure("mail.activity", "create_date", "_promise_domain"),
    "quotations": Figure(
        "sale.order",
        "create_date",
        "_quotation_domain",
        amount=("amount_untaxed", "quotation_amount"),
    ),
    "orders": Figure(
        "sale.order",
        "date_order",
        Domain("state", "=", "sale") & Domain("amount_untaxed", ">", 0),
        amount=("amount_untaxed", "order_amount"),
    ),
}
AMOUNTS = tuple(figure.amount[1] for figure in FIGURES.values() if figure.amount)
COUNTED = (*FIGURES, *AMOUNTS)
