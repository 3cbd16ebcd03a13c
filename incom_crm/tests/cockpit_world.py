"""A company to count in: random customers that hit every edge, people above them, meetings and work."""

import random
from datetime import timedelta

from odoo import Command
from odoo.tests import new_test_user
from odoo.tools import SQL

from ..engine import refresh
from .histories import random_customers
from .history_loader import HistoryLoader
from .history_world import NOW, VN, today

SEED = 20260311
MEETINGS = 60


class CockpitWorld:
    """The customers of the engine's tests with owners, documents and work as the ORM would have them.

    director (both companies)
    ├── leader ── an, binh, gone (archived)
    └── far_leader ── carol (of the other company)
    """

    def __init__(self, env, count):
        self.env = env
        self.random = random.Random(SEED)
        self.loader = HistoryLoader(env)
        self.customers = random_customers(count)
        self.loader.load(self.customers)
        self.users = self._people()
        self._give_owners()
        self._give_work()
        env.invalidate_all()
        refresh.refresh(env)
        self._meetings()
        env.flush_all()
        env.invalidate_all()

    def _people(self):
        """The salespeople of the histories and those above them, by login."""
        users = {login: user for login, user in self.loader.settings.users.items()}
        companies = self.loader.settings.companies
        for login, group, home in (
            ("director", "incom_crm.group_director", "vn"),
            ("leader", "sales_team.group_sale_salesman", "vn"),
            ("far_leader", "sales_team.group_sale_salesman", "us"),
        ):
            users[login] = new_test_user(
                self.env,
                f"cockpit_{login}",
                groups=group,
                company_id=companies[home].id,
                company_ids=[Command.set([company.id for company in companies.values()])],
            )
        (users["leader"] | users["far_leader"]).crm_manager_id = users["director"]
        (users["an"] | users["binh"] | users["gone"]).crm_manager_id = users["leader"]
        users["carol"].crm_manager_id = users["far_leader"]
        return users

    def _give_owners(self):
        """Whose customers and documents they are: columns that the loader leaves to the ORM."""
        sellers = [self.users[login].id for login in ("an", "binh", "carol", "leader")]
        self._update(
            """UPDATE res_partner contact SET owner_id = customer.user_id
                 FROM res_partner customer WHERE customer.id = contact.commercial_partner_id"""
        )
        for table in ("crm_lead", "sale_order"):
            self._update(
                """UPDATE %s document
                      SET customer_owner_id = contact.owner_id,
                          user_id = (%s::int[])[document.id %% %s + 1]
                     FROM res_partner contact WHERE contact.id = document.partner_id""",
                SQL.identifier(table),
                sellers,
                len(sellers),
            )

    def _give_work(self):
        """Activities of every kind, for whoever it may be."""
        kinds = [
            self.env.ref(f"incom_crm.mail_activity_type_{kind}").id
            for kind in ("promise", "directive", "help")
        ]
        workers = [self.users[login].id for login in ("an", "binh", "carol", "leader", "director")]
        self._update(
            """UPDATE mail_activity
                  SET activity_type_id = (%s::int[])[id %% 4 + 1], user_id = (%s::int[])[id %% 5 + 1],
                      create_uid = (%s::int[])[(id / 4) %% 5 + 1]""",
            kinds,
            workers,
            workers,
        )

    def _meetings(self):
        """Meetings around today with customers and without, of every type and outcome."""
        types = [*self.env["incom.meeting.type"].search([]).ids, False]
        contacts = self.loader.ids
        organisers = [self.users[login] for login in ("an", "binh", "carol", "leader")]
        quiet = self.env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True)
        for number in range(MEETINGS):
            organiser = organisers[number % len(organisers)]
            start = NOW + timedelta(days=self.random.randint(-60, 2), hours=number % 24)
            guests = [self.random.choice(contacts)] if number % 5 else []
            quiet.create(
                {
                    "name": "Meeting",
                    "user_id": organiser.id,
                    "partner_ids": [Command.set([organiser.partner_id.id, *guests])],
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "meeting_type_id": self.random.choice(types),
                    "meeting_outcome": self.random.choice(
                        ("planned", "held", "held", "not_held", "cancelled")
                    ),
                }
            )

    def _update(self, statement, *values):
        self.env.cr.execute(SQL(statement, *values))

    @property
    def day(self):
        return today(VN)
