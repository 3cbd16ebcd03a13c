"""Every number of the cockpit: its words and its domain, one record of a table each."""

from collections.abc import Callable
from typing import NamedTuple

from odoo.tools import LazyTranslate
from odoo.tools.translate import LazyGettext

from .scope import DIRECTOR, LEADER, SALESPERSON

_lt = LazyTranslate(__name__)

CUSTOMER, OPPORTUNITY, QUOTATION = "customer", "opportunity", "quotation"
# the tile of all customers
ALL = "all"
WORK, ASKED, MEETING = "work", "asked", "meeting"


class Tile(NamedTuple):
    """A number: how it is called, what it counts, and how it is shown.

    :param source: key of ``SOURCES``
    :param domain: of the environment and the scope, the conditions beside whose it is and in which company
    :param amount: field of the source to add up
    :param by_period: whether it depends on the period
    :param rest_of: the tile it is the complement of among all customers
    """

    label: LazyGettext
    source: str
    domain: Callable
    help: LazyGettext | str = ""
    tone: str = ""
    amount: str | None = None
    by_period: bool = False
    rest_of: str | None = None


class Section(NamedTuple):
    """A row of tiles, and the minutes it should take."""

    title: LazyGettext
    minutes: int | None
    tiles: tuple


class Source(NamedTuple):
    """A model to count in.

    :param owners: fields that name the person a record counts for, the first that is filled
    :param company: of the company's id, the condition that leaves one company's records
    :param opened: the model of the list behind a number
    :param views: the external id of the list
    """

    model: str
    owners: tuple
    company: Callable
    opened: str
    view: str


SOURCES = {
    CUSTOMER: Source(
        "incom.customer.profile",
        ("user_id",),
        lambda company_id: [("company_id", "=", company_id)],
        "res.partner",
        "incom_crm.res_partner_view_list",
    ),
    OPPORTUNITY: Source(
        "crm.lead",
        ("customer_owner_id", "user_id"),
        lambda company_id: [("company_id", "in", [company_id, False])],
        "crm.lead",
        "incom_crm.cockpit_lead_view_list",
    ),
    QUOTATION: Source(
        "sale.order",
        ("customer_owner_id", "user_id"),
        lambda company_id: [("company_id", "=", company_id)],
        "sale.order",
        "incom_crm.cockpit_order_view_list",
    ),
    WORK: Source(
        "mail.activity",
        ("user_id",),
        lambda company_id: [],
        "mail.activity",
        "incom_crm.cockpit_activity_view_list",
    ),
    # of an activity by which somebody asks for help, who asks
    ASKED: Source(
        "mail.activity",
        ("create_uid",),
        lambda company_id: [],
        "mail.activity",
        "incom_crm.cockpit_activity_view_list",
    ),
    MEETING: Source(
        "calendar.event",
        ("user_id",),
        lambda company_id: [],
        "calendar.event",
        "incom_crm.cockpit_event_view_list",
    ),
}


def _is(field, value):
    return lambda env, scope: [(field, "=", value)]


def _of_kind(kind, scope):
    return ("activity_type_id", "in", list(scope.kinds[kind]))


def _meetings_today(env, scope):
    today = scope.today.isoformat()
    return [
        ("meeting_day", ">=", today),
        ("meeting_day", "<=", today),
        ("is_customer_meeting", "=", True),
        ("meeting_outcome", "!=", "cancelled"),
    ]


def _meetings(kind):
    """Meetings held in the period, as the ratio counts them."""

    def domain(env, scope):
        meetings = env["calendar.event"]
        of_kind = {
            "held": meetings._incom_held_domain,
            "opportunity": meetings._incom_opportunity_domain,
            "untyped": meetings._incom_untyped_domain,
        }[kind]
        return of_kind(None, scope.period.first, scope.period.last)

    return domain


TILES = {
    # work
    "overdue_work": Tile(
        _lt("Overdue work"),
        WORK,
        lambda env, scope: [
            ("date_deadline", "<", scope.today.isoformat()),
            ("incom_alert_id", "=", False),
        ],
        _lt("Activities whose day is over."),
        "danger",
    ),
    "promises_due": Tile(
        _lt("Promises due"),
        WORK,
        lambda env, scope: [
            _of_kind("promise", scope),
            ("date_deadline", "<=", scope.today.isoformat()),
        ],
        _lt("Promises to customers to be kept today, or broken already."),
        "warning",
    ),
    "meetings_today": Tile(
        _lt("Meetings today"),
        MEETING,
        _meetings_today,
        _lt("With customers, as their organiser."),
        "info",
    ),
    "results_missing": Tile(
        _lt("Results missing"),
        MEETING,
        lambda env, scope: env["calendar.event"]._incom_missing_outcome_domain(None),
        _lt("Meetings with customers that are over, and nobody said how they went."),
        "warning",
    ),
    "help": Tile(
        _lt("Help wanted"),
        ASKED,
        lambda env, scope: [_of_kind("help", scope), ("create_uid", "!=", scope.user_id)],
        _lt("People below who ask for help with a customer."),
        "danger",
    ),
    "directives": Tile(
        _lt("Directives open"),
        WORK,
        lambda env, scope: [_of_kind("directive", scope)],
        _lt("Work given down that is not done yet."),
        "info",
    ),
    "untyped": Tile(
        _lt("Not classified"),
        MEETING,
        _meetings("untyped"),
        _lt("Meetings held in the period without a type: they are outside the ratio."),
        "warning",
        by_period=True,
    ),
    "meetings_held": Tile(_lt("Meetings held"), MEETING, _meetings("held"), by_period=True),
    "meetings_opportunity": Tile(
        _lt("Opportunity meetings"), MEETING, _meetings("opportunity"), by_period=True
    ),
    # money
    "open_opportunities": Tile(
        _lt("Open opportunities"),
        OPPORTUNITY,
        _is("is_open_unquoted", True),
        _lt("Opportunities neither won nor lost, without a quotation."),
        amount="expected_revenue",
    ),
    "unsigned": Tile(
        _lt("Unsigned quotations"),
        QUOTATION,
        _is("is_unsigned", True),
        _lt("Quotations the customer has not signed; the latest of each opportunity, with tax."),
        "info",
        amount="company_total",
    ),
    "overdue": Tile(
        _lt("Overdue debt"),
        CUSTOMER,
        lambda env, scope: [("overdue_amount", ">", 0)],
        _lt("Customers who owe what is past its day."),
        "danger",
        amount="overdue_amount",
    ),
    # care
    "cared": Tile(
        _lt("Cared for"),
        CUSTOMER,
        lambda env, scope: [("cared_in", "=", str(scope.period))],
        _lt("A colleague was in touch within the period."),
        by_period=True,
    ),
    "not_cared": Tile(
        _lt("Not cared for"),
        CUSTOMER,
        lambda env, scope: [("cared_in", "!=", str(scope.period))],
        _lt("Nobody was in touch within the period."),
        by_period=True,
        rest_of="cared",
    ),
    ALL: Tile(_lt("All customers"), CUSTOMER, lambda env, scope: []),
    "needs_care": Tile(
        _lt("Needs care"),
        CUSTOMER,
        _is("care_alert", "needs_care"),
        _lt("Time to be in touch."),
        "info",
    ),
    "missed": Tile(
        _lt("Missed"),
        CUSTOMER,
        _is("care_alert", "missed"),
        _lt("Silent for longer than allowed, or something promised is overdue."),
        "warning",
    ),
    "neglected": Tile(
        _lt("Neglected"),
        CUSTOMER,
        _is("care_alert", "neglected"),
        _lt("Silent for more than twice as long as allowed."),
        "danger",
    ),
    "snoozed": Tile(
        _lt("Put off"), CUSTOMER, _is("snoozed", True), _lt("Care was put off, with a reason.")
    ),
    # purchases
    "bought": Tile(
        _lt("Bought"),
        CUSTOMER,
        lambda env, scope: [("bought_in", "=", str(scope.period))],
        _lt("A purchase within the period."),
        by_period=True,
    ),
    "not_bought": Tile(
        _lt("Not bought"),
        CUSTOMER,
        lambda env, scope: [("bought_in", "!=", str(scope.period))],
        _lt("No purchase within the period."),
        by_period=True,
        rest_of="bought",
    ),
    "due": Tile(
        _lt("About to repeat"),
        CUSTOMER,
        _is("purchase_status", "due"),
        _lt("By their purchase cycle it is time to order again."),
        "info",
    ),
    "late": Tile(
        _lt("Late"),
        CUSTOMER,
        _is("purchase_status", "late"),
        _lt("Past their purchase cycle without an order."),
        "warning",
    ),
    "stopped": Tile(
        _lt("Stopped buying"),
        CUSTOMER,
        _is("purchase_status", "stopped"),
        _lt("Bought before, silent for too long."),
        "muted",
    ),
    # chances
    "birthday": Tile(
        _lt("Birthday this week"),
        CUSTOMER,
        _is("birthday_soon", True),
        _lt("The customer or one of its contacts."),
        "info",
    ),
    "not_exploited": Tile(
        _lt("Not exploited"),
        CUSTOMER,
        _is("not_exploited", True),
        _lt("Known for more than a month, never cared for, never bought."),
        "warning",
    ),
    "badly_exploited": Tile(
        _lt("Badly exploited"),
        CUSTOMER,
        _is("badly_exploited", True),
        _lt("Much care without a deal, or buying less than half of the year before."),
        "warning",
    ),
}

DAY = ("overdue_work", "promises_due", "meetings_today", "results_missing")
MONEY = ("open_opportunities", "unsigned", "overdue")
CUSTOMERS = (
    *("cared", "not_cared", "all", "needs_care", "missed", "neglected", "snoozed"),
    *("bought", "not_bought", "due", "late", "stopped"),
    *("birthday", "not_exploited", "badly_exploited"),
)
SECTIONS = {
    SALESPERSON: {
        "must_do": Section(_lt("Must do"), 3, DAY),
        "money": Section(_lt("Money"), 3, MONEY),
        "customers": Section(_lt("Customers"), 6, CUSTOMERS),
        "close": Section(_lt("Close the day"), 3, ()),
    },
    LEADER: {
        "must_do": Section(_lt("Must do"), None, ("help", "directives", *DAY, "untyped")),
        "money": Section(_lt("Money"), None, MONEY),
        "customers": Section(_lt("Customers"), None, CUSTOMERS),
    },
    DIRECTOR: {
        "money": Section(_lt("Money"), None, MONEY),
        "customers": Section(_lt("Customers"), None, CUSTOMERS),
    },
}
