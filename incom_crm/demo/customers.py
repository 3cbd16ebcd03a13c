"""Customers and their contacts."""

from datetime import date, timedelta

from . import tables
from .stage import Customer, by_name
from .stories import stories

BIRTHDAY_IN = timedelta(days=2)
BIRTHDAYS_KEPT_FREE = 7  # days from today
LEAP_BIRTHDAY = date(1984, 2, 29)
BIRTH_YEAR = 1988  # a leap year, so every day of any year exists in it


def set_up_customers(stage):
    """Create partners from the tables; `stage.customers` has one entry for each."""
    rows = tables.rows("customers")
    common = {"country_id": stage.env.ref("base.vn").id, "company_type": "company"}
    if stage.language:
        common["lang"] = stage.language
    names = [row["industry"] for row in tables.rows("industries")]
    industries = by_name(stage.env["res.partner.industry"], names)
    partners = stage.env["res.partner"].create(
        [_partner_values(stage, row, industries) | common for row in rows]
    )
    stage.customers = [
        Customer(row, stories()[row["story"]], partner, stage.users.get(row["salesperson"]))
        for row, partner in zip(rows, partners, strict=True)
    ]
    _set_up_contacts(stage)
    _enter_in_the_past(stage)


def _partner_values(stage, row, industries):
    user = stage.users.get(row["salesperson"])
    return {
        "name": row["name"],
        "ref": row["ref"],
        "industry_id": industries[row["industry"]].id,
        "company_size_id": stage.env.ref(f"incom_crm.company_size_{row['size']}").id,
        "street": row["street"],
        "city": row["city"],
        "state_id": stage.env.ref(f"base.state_vn_{row['state']}").id,
        "vat": row["vat"],
        "phone": row["phone"],
        "email": row["email"],
        "user_id": user.id if user else False,
        "company_id": stage.company.id,
        "customer_rank": 1,
    }


def _set_up_contacts(stage):
    customers = {customer.row["ref"]: customer for customer in stage.customers}
    rows = tables.rows("contacts")
    contacts = stage.env["res.partner"].create([
        {
            "name": row["name"],
            "parent_id": customers[row["customer"]].partner.id,
            "function": row["function"],
            "phone": row["phone"],
            "email": row["email"],
            "birthdate": _birthdate(stage, row["birthdate"]),
            "company_id": stage.company.id,
        }
        for row in rows
    ])  # fmt: skip
    for row, contact in zip(rows, contacts, strict=True):
        customers[row["customer"]].contacts.append((contact, row["title"]))
    _set_birthdays(stage)


def _birthdate(stage, text):
    """A date of birth; none where it comes up at once, which is for stories to tell."""
    if not text:
        return False
    birthdate = date.fromisoformat(text)
    soon = {stage.clock.ahead(days) for days in range(BIRTHDAYS_KEPT_FREE)}
    return (birthdate.month, birthdate.day) not in {(d.month, d.day) for d in soon} and birthdate


def _set_birthdays(stage):
    soon = stage.clock.today + BIRTHDAY_IN
    for customer in stage.having("birthday"):
        customer.contacts[0][0].birthdate = soon.replace(year=BIRTH_YEAR)
    for customer in stage.having("leap_birthday"):
        customer.contacts[0][0].birthdate = LEAP_BIRTHDAY


def _enter_in_the_past(stage):
    partners, moments = stage.env["res.partner"], []
    for customer in stage.customers:
        rng = customer.rng("entered")
        moment = stage.clock.moment(stage.clock.open_day(customer.story.entered()), rng)
        for partner in (customer.partner, *(contact for contact, _title in customer.contacts)):
            partners += partner
            moments.append(moment)
    stage.backdate(partners, create_date=moments)
