"""What the parts of the demo company share while it is being set up."""

from dataclasses import dataclass, field
from random import Random

from odoo.tools import SQL

from .clock import Clock
from .stories import Story

LANGUAGE = "vi_VN"
TIME_ZONE = "Asia/Ho_Chi_Minh"
# Nothing of the set-up is to be told to anybody, nor logged as if it happened today.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_activity_quick_update": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "no_reset_password": True,
}


@dataclass
class Customer:
    """A customer of the demo company with the story that its records tell."""

    row: dict
    story: Story
    partner: object
    user: object
    contacts: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    leads: list = field(default_factory=list)

    def rng(self, purpose):
        """A source of chance of its own, so that one part never shifts another."""
        return Random(f"{self.row['ref']}/{purpose}")


@dataclass
class Stage:
    """The environment, the clock and what has been set up so far."""

    env: object
    clock: Clock
    company: object
    language: str | None
    users: dict = field(default_factory=dict)
    products: dict = field(default_factory=dict)
    customers: list = field(default_factory=list)

    def having(self, option):
        """The customers whose story has an option."""
        return [customer for customer in self.customers if option in customer.story.options]

    def analyze(self, *models):
        """Tell the planner what the tables of models hold by now.

        In one transaction they grow from nothing, and a set-up rolled back before leaves statistics
        that say so: Odoo's queries would then scan every table for every row of another.
        """
        self.env.flush_all()
        for model in models:
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(self.env[model]._table)))

    def plan_by_themselves(self, activities):
        """Activities are of who is to do them, as the report on work tells what somebody else gave."""
        activities.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE mail_activity SET create_uid = user_id WHERE id = ANY(%s)", activities.ids)
        )
        activities.invalidate_recordset(["create_uid"])

    def backdate(self, records, **moments):
        """Set columns of records to moments by SQL: the ORM writes some of them itself.

        :param moments: column → list of values, one for each record in its order
        """
        if not records:
            return
        records.flush_recordset()
        columns = [SQL.identifier(name) for name in moments]
        pairs = SQL(", ").join(
            SQL("%s = CAST(v.%s AS timestamp)", column, column) for column in columns
        )
        rows = SQL(", ").join(
            SQL("(%s)", SQL(", ").join(map(_placeholder, row)))
            for row in zip(records.ids, *moments.values(), strict=True)
        )
        self.env.execute_query(
            SQL(
                "UPDATE %s t SET %s FROM (VALUES %s) v (id, %s) WHERE t.id = v.id RETURNING t.id",
                SQL.identifier(records._table), pairs, rows, SQL(", ").join(columns),
            )
        )  # fmt: skip
        records.invalidate_recordset(list(moments))


def by_name(model, names):
    """Records of a model by name; the ones that are missing are created."""
    found = {record.name: record for record in model.search([("name", "in", names)])}
    missing = [name for name in names if name not in found]
    created = model.create([{"name": name} for name in missing])
    return found | dict(zip(missing, created, strict=True))


def _placeholder(value):
    return SQL("%s", value)
