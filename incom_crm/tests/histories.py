"""Random customers: what hypothesis thinks of, written set-based into the database, and told to the oracle."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg2.extras import execute_values

from . import oracle

# A Monday some days after Tet, so that the holidays lie inside many gaps.
TODAY = date(2026, 3, 2)
ZONES = ("Asia/Ho_Chi_Minh", "America/New_York")
# What is past there is past everywhere.
EASTERNMOST = 0
TET = (
    (date(2021, 2, 10), 7),
    (date(2022, 1, 31), 6),
    (date(2023, 1, 20), 7),
    (date(2024, 2, 8), 7),
    (date(2025, 1, 25), 9),
    (date(2026, 2, 14), 9),
    (date(2026, 4, 30), 2),
)
CLOSED = sorted(start + timedelta(days=n) for start, days in TET for n in range(days))
CALENDARS = (oracle.Calendar(CLOSED), oracle.Calendar([]))

RHYTHMS = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    9,
    14,
    17,
    18,
    21,
    25,
    26,
    30,
    42,
    45,
    60,
    73,
    90,
    127,
    150,
    160,
    256,
    365,
)
# Shares of the order that are credited, and of it invoiced altogether.
CREDITS = (
    (0, 0),
    (0, 1),
    (Decimal("0.94"), 1),
    (Decimal("0.95"), 1),
    (Decimal("0.96"), 1),
    (1, 1),
    (1, 2),
)


@dataclass
class History:
    created: int
    orders: list = field(default_factory=list)
    contacts: list = field(default_factory=list)
    pins: list = field(default_factory=list)
    opportunities: list = field(default_factory=list)
    activities: list = field(default_factory=list)
    birthdays: list = field(default_factory=list)
    debts: list = field(default_factory=list)
    partner_id: int = 0


def moment(age, hour, company):
    """UTC time of an hour of a local day, ``age`` days before today."""
    local = datetime.combine(TODAY - timedelta(days=age), time(hour, 30), ZoneInfo(ZONES[company]))
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def local_day(at, company):
    return at.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(ZONES[company])).date()


@st.composite
def purchase_ages(draw):
    """Ages in days of the purchases of a rhythm, some of them close together or on one day."""
    rhythm = draw(st.sampled_from(RHYTHMS))
    jitter = draw(st.sampled_from((0, 0, 1, 2, max(1, rhythm // 4), rhythm)))
    silent = int(rhythm * draw(st.sampled_from((0, 0.5, 0.8, 1, 1.2, 1.5, 2, 3, 4, 8))))
    age = max(draw(st.integers(-2, 3)) + silent, -3)
    ages = []
    for _number in range(draw(st.integers(1, 13))):
        ages.append(age)
        if draw(st.integers(0, 5)) == 0:
            ages.extend(age + 1 + n for n in range(draw(st.integers(0, 3))))
        age = max(age + rhythm + draw(st.integers(-jitter, jitter)), age + 1)
    return ages


@st.composite
def orders(draw):
    company = draw(st.sampled_from((0, 0, 0, 1)))
    found = []
    for age in draw(purchase_ages()) if draw(st.integers(0, 3)) else ():
        share, invoiced = draw(st.sampled_from((*CREDITS[:1] * 9, *CREDITS)))
        amount = Decimal(draw(st.integers(1, 400))) * 10
        found.append(
            {
                "company": company if draw(st.integers(0, 11)) else 1 - company,
                "age": age,
                "hour": draw(st.sampled_from((0, 6, 7, 12, 19, 23))),
                "amount": draw(st.sampled_from((amount,) * 14 + (Decimal(0), -amount))),
                "rate": draw(st.sampled_from((Decimal(1), Decimal(1), Decimal(2)))),
                "state": draw(st.sampled_from(("sale",) * 12 + ("cancel", "draft", "sent"))),
                "share": share,
                "invoiced": invoiced,
                "by_contact": draw(st.booleans()),
                "validity": draw(st.sampled_from((None, -5, -1, 0, 1, 9))),
                "opportunity": draw(st.sampled_from((None, None, 0, 1))),
                "made": age + draw(st.integers(0, 2)),
            }
        )
    for _number in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
        found.append(
            {
                "company": company,
                "age": draw(st.integers(0, 200)),
                "hour": 9,
                "amount": Decimal(draw(st.integers(0, 90))),
                "rate": Decimal(1),
                "state": draw(st.sampled_from(("draft", "sent"))),
                "share": 0,
                "invoiced": 0,
                "by_contact": False,
                "validity": draw(st.sampled_from((None, -5, -1, 0, 1, 9))),
                "opportunity": draw(st.sampled_from((None, 0, 1))),
                "made": draw(st.integers(0, 200)),
            }
        )
    return found


contacts = st.lists(
    st.fixed_dictionaries(
        {
            "company": st.sampled_from((0, 0, 1)),
            "age": st.one_of(st.integers(0, 12), st.integers(0, 100), st.integers(0, 900)),
            "hour": st.sampled_from((0, 6, 7, 13, 23)),
            "by_colleague": st.sampled_from((True, True, True, False)),
            "grade": st.sampled_from(("content", "content", "two_way", "attempt")),
            "late": st.sampled_from((False,) * 5 + (True,)),
        }
    ),
    max_size=6,
)
pins = st.lists(
    st.fixed_dictionaries(
        {
            "company": st.sampled_from((0, 0, 1)),
            "kind": st.sampled_from(("level", "other", "stopped", "cycle", "snooze")),
            "age": st.integers(0, 120),
            "until": st.sampled_from((-30, -1, 0, 1, 20)),
            "level": st.sampled_from(tuple(oracle.STAGES)),
            "cycle": st.sampled_from((2, 4, 5, 8, 15, 30, 61, 200, 500)),
        }
    ),
    max_size=2,
    unique_by=lambda pin: (pin["company"], pin["kind"]),
)
opportunities = st.lists(
    st.fixed_dictionaries(
        {
            "company": st.sampled_from((0, 0, 1)),
            "revenue": st.integers(0, 500),
            "is_open": st.booleans(),
            "age": st.integers(0, 300),
        }
    ),
    max_size=2,
)
dates = st.dates(date(1960, 1, 1), date(2005, 12, 31))
soon = st.integers(-4, 6).map(lambda days: (TODAY + timedelta(days=days)).replace(year=1984))
birthdays = st.lists(st.one_of(dates, soon, st.just(date(1988, 2, 29))), max_size=2)
debts = st.lists(
    st.tuples(st.sampled_from((0, 0, 1)), st.integers(-40, 40), st.integers(1, 900)), max_size=2
)
sometimes = st.sampled_from((0, 0, 0, 1))


@st.composite
def histories(draw):
    def rarely(strategy):
        return draw(strategy) if draw(sometimes) else []

    return History(
        created=draw(st.sampled_from((0, 3, 29, 30, 31, 60, 400, 2000))),
        orders=draw(orders()),
        contacts=draw(contacts) if draw(st.integers(0, 3)) else [],
        pins=rarely(pins),
        opportunities=rarely(opportunities),
        activities=rarely(st.lists(st.integers(-6, 6), min_size=1, max_size=2)),
        birthdays=rarely(birthdays),
        debts=rarely(debts),
    )


def think(count):
    """``count`` histories, the same at every call."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories())
    def collect(history):
        found.append(history)

    collect()
    return found


def tell(history, company):
    """The history as the oracle reads it, with days of the company's time zone."""

    def day(age):
        return TODAY - timedelta(days=age)

    def keyed(opportunity):
        known = opportunity is not None and opportunity < len(history.opportunities)
        return opportunity if known else None

    sorted_orders = sorted(
        enumerate(history.orders),
        key=lambda pair: (moment(pair[1]["age"], pair[1]["hour"], pair[1]["company"]), pair[0]),
    )
    return oracle.Customer(
        created=local_day(moment(history.created, 9, 0), company),
        orders=[
            oracle.Order(
                company=order["company"],
                day=local_day(
                    moment(order["age"], order["hour"], order["company"]), order["company"]
                ),
                amount=order["amount"],
                rate=order["rate"],
                state=order["state"],
                refunded=order["share"] * order["amount"],
                invoiced=order["invoiced"] * order["amount"] if order["share"] else Decimal(0),
                validity=None if order["validity"] is None else day(-order["validity"]),
                opportunity=keyed(order["opportunity"]),
                made=local_day(moment(order["made"], 9, 0), order["company"]),
            )
            for _position, order in sorted_orders
        ],
        contacts=[
            oracle.Contact(
                day=local_day(moment(row["age"], row["hour"], EASTERNMOST), company),
                order=moment(row["age"], row["hour"], EASTERNMOST).timestamp(),
                by_colleague=row["by_colleague"],
                grade=row["grade"],
                incoming=not row["by_colleague"],
                late=row["late"],
            )
            for row in history.contacts
        ],
        pins=[
            oracle.Pin(
                pin["company"],
                pin["kind"],
                day(pin["age"]),
                day(-pin["until"]),
                pin["level"],
                pin["cycle"],
            )
            for pin in history.pins
        ],
        opportunities=[
            oracle.Opportunity(
                row["company"],
                key,
                Decimal(row["revenue"]),
                row["is_open"],
                local_day(moment(row["age"], 9, 0), row["company"]),
            )
            for key, row in enumerate(history.opportunities)
        ],
        activities=[day(-due) for due in history.activities],
        birthdays=history.birthdays,
        debts=[(company, day(-due), Decimal(amount)) for company, due, amount in history.debts],
    )


class Loader:
    """Writes histories into the database, table by table."""

    def __init__(self, env, companies, user):
        self.env = env
        self.companies = companies
        self.user = user
        self.levels = {level.code: level.id for level in env["incom.approach.level"].search([])}
        account = env["account.account"]
        self.income, self.receivable = account.create(
            [
                {"name": "Sales", "code": "X511", "account_type": "income"},
                {"name": "Customers", "code": "X131", "account_type": "asset_receivable"},
            ]
        )
        self.journal = env["account.journal"].create(
            {"name": "Histories", "code": "XHIS", "type": "sale", "company_id": companies[0].id}
        )

    def insert(self, table, rows):
        """Insert rows (dicts of the same columns) and give their ids in order."""
        if not rows:
            return []
        columns = list(rows[0])
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES %s RETURNING id"
        values = [tuple(row[column] for column in columns) for row in rows]
        found = execute_values(self.env.cr._obj, statement, values, page_size=1000, fetch=True)
        return [row[0] for row in found]

    def load(self, found):
        self.env.flush_all()
        self._partners(found)
        leads = self._opportunities(found)
        self._orders(found, leads)
        self._diary(found)
        self._pins(found)
        self._debts(found)
        self.env.invalidate_all()

    def _partner(self, name, created, **values):
        return {
            "name": name,
            "active": True,
            "is_company": True,
            "partner_share": True,
            "autopost_bills": "ask",
            "customer_rank": 1,
            "user_id": self.user.id,
            "company_id": self.companies[0].id,
            "create_date": created,
            "commercial_partner_id": None,
            "parent_id": None,
            "birthdate": None,
            **values,
        }

    def _partners(self, found):
        ids = self.insert(
            "res_partner",
            [
                self._partner(f"History {number}", moment(history.created, 9, 0))
                for number, history in enumerate(found)
            ],
        )
        self.env.cr.execute(
            "UPDATE res_partner SET commercial_partner_id = id WHERE id = ANY(%s)", [ids]
        )
        children = []
        for history, partner_id in zip(found, ids, strict=True):
            history.partner_id = partner_id
            # the first person is the one who orders
            for birthdate in [None, *history.birthdays]:
                children.append(
                    self._partner(
                        "Person",
                        moment(history.created, 9, 0),
                        is_company=False,
                        user_id=None,
                        customer_rank=0,
                        parent_id=partner_id,
                        commercial_partner_id=partner_id,
                        birthdate=birthdate,
                    )
                )
        child_ids = self.insert("res_partner", children)
        self.person = {}
        for child_id, child in zip(child_ids, children, strict=True):
            self.person.setdefault(child["parent_id"], child_id)

    def _opportunities(self, found):
        rows, keys = [], []
        for history in found:
            for key, lead in enumerate(history.opportunities):
                keys.append((history.partner_id, key))
                rows.append(
                    {
                        "name": "Opportunity",
                        "type": "opportunity",
                        "active": True,
                        "partner_id": self.person[history.partner_id],
                        "company_id": self.companies[lead["company"]].id,
                        "won_status": "pending" if lead["is_open"] else "won",
                        "expected_revenue": lead["revenue"],
                        "prorated_revenue": 0,
                        "create_date": moment(lead["age"], 9, 0),
                    }
                )
        return dict(zip(keys, self.insert("crm_lead", rows), strict=True))

    def _orders(self, found, leads):
        rows, sources = [], []
        for history in found:
            for order in history.orders:
                partner_id = history.partner_id
                if order["by_contact"]:
                    partner_id = self.person[partner_id]
                sources.append(order)
                validity = order["validity"]
                rows.append(
                    {
                        "name": "Order",
                        "partner_id": partner_id,
                        "partner_invoice_id": partner_id,
                        "partner_shipping_id": partner_id,
                        "company_id": self.companies[order["company"]].id,
                        "state": order["state"],
                        "date_order": moment(order["age"], order["hour"], order["company"]),
                        "create_date": moment(order["made"], 9, 0),
                        "amount_untaxed": order["amount"],
                        "amount_total": order["amount"],
                        "currency_rate": order["rate"],
                        "validity_date": None
                        if validity is None
                        else TODAY + timedelta(days=validity),
                        "opportunity_id": leads.get((history.partner_id, order["opportunity"])),
                    }
                )
        ids = self.insert("sale_order", rows)
        credited = [
            (order_id, row, order)
            for order_id, row, order in zip(ids, rows, sources, strict=True)
            if order["share"]
        ]
        self._invoices(credited)

    def _invoices(self, credited):
        lines = self.insert(
            "sale_order_line",
            [
                {
                    "order_id": order_id,
                    "name": "Line",
                    "product_uom_qty": 1,
                    "price_unit": order["amount"],
                    "customer_lead": 0,
                }
                for order_id, _row, order in credited
            ],
        )
        documents = [
            (line_id, row, kind, share * order["amount"])
            for line_id, (_order_id, row, order) in zip(lines, credited, strict=True)
            for kind, share in (("out_invoice", order["invoiced"]), ("out_refund", order["share"]))
            if share
        ]
        moves = self.insert(
            "account_move",
            [self._move(kind, row["partner_id"]) for _line, row, kind, _amount in documents],
        )
        move_lines = self.insert(
            "account_move_line",
            [
                self._move_line(move_id, row["partner_id"], self.income, price_subtotal=amount)
                for move_id, (_line, row, _kind, amount) in zip(moves, documents, strict=True)
            ],
        )
        execute_values(
            self.env.cr._obj,
            "INSERT INTO sale_order_line_invoice_rel (order_line_id, invoice_line_id) VALUES %s",
            [
                (document[0], move_line_id)
                for document, move_line_id in zip(documents, move_lines, strict=True)
            ],
        )

    def _move(self, kind, partner_id, company=0):
        return {
            "name": "/",
            "move_type": kind,
            "state": "posted",
            "auto_post": "no",
            "journal_id": self.journal.id,
            "currency_id": self.companies[company].currency_id.id,
            "company_id": self.companies[company].id,
            "partner_id": partner_id,
            "date": TODAY - timedelta(days=60),
        }

    def _move_line(self, move_id, partner_id, account, company=0, **values):
        return {
            "move_id": move_id,
            "partner_id": partner_id,
            "company_id": self.companies[company].id,
            "currency_id": self.companies[company].currency_id.id,
            "account_id": account.id,
            "display_type": "product",
            "parent_state": "posted",
            "date": TODAY - timedelta(days=60),
            "debit": 0,
            "credit": 0,
            "balance": 0,
            "amount_currency": 0,
            "reconciled": False,
            "date_maturity": None,
            "amount_residual": 0,
            "price_subtotal": 0,
            **values,
        }

    def _debts(self, found):
        debts = [(history, *debt) for history in found for debt in history.debts]
        moves = self.insert(
            "account_move",
            [
                self._move("entry", history.partner_id, company)
                for history, company, _due, _sum in debts
            ],
        )
        self.insert(
            "account_move_line",
            [
                self._move_line(
                    move_id,
                    history.partner_id,
                    self.receivable,
                    company,
                    display_type="payment_term",
                    date_maturity=TODAY + timedelta(days=due),
                    amount_residual=amount,
                )
                for move_id, (history, company, due, amount) in zip(moves, debts, strict=True)
            ],
        )

    def _diary(self, found):
        self.insert(
            "incom_interaction",
            [
                {
                    "partner_id": history.partner_id,
                    "user_id": self.user.id if row["by_colleague"] else None,
                    "company_id": self.companies[row["company"]].id,
                    "date": moment(row["age"], row["hour"], EASTERNMOST),
                    "channel": "phone",
                    "direction": "out" if row["by_colleague"] else "in",
                    "grade": row["grade"],
                    "late": row["late"],
                    "source_state": "kept",
                    "recorded_on": moment(0, 9, 0),
                }
                for history in found
                for row in history.contacts
            ],
        )
        self.insert(
            "mail_activity",
            [
                {
                    "res_model": "res.partner",
                    "res_id": history.partner_id,
                    "date_deadline": TODAY + timedelta(days=due),
                    "active": True,
                    "user_id": self.user.id,
                }
                for history in found
                for due in history.activities
            ],
        )

    def _pins(self, found):
        self.insert(
            "incom_customer_pin",
            [
                {
                    "partner_id": history.partner_id,
                    "company_id": self.companies[pin["company"]].id,
                    "kind": pin["kind"],
                    "date": TODAY - timedelta(days=pin["age"]),
                    "until": TODAY + timedelta(days=pin["until"]),
                    "level_id": self.levels[pin["level"]],
                    "cycle_days": pin["cycle"],
                    "reason": "by hand",
                    "user_id": self.user.id,
                    "active": True,
                }
                for history in found
                for pin in history.pins
            ],
        )
