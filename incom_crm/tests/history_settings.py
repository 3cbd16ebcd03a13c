"""What random customers have in common, as Odoo records."""

from datetime import date, time

from odoo import Command
from odoo.tests import new_test_user

from .history_world import WORLD, utc

CURRENCIES = {"vn": "VND", "us": "USD"}
FOREIGN = "EUR"


class HistorySettings:
    """The world of the histories as Odoo records: companies, users, policies and so on, by key."""

    def __init__(self, env):
        self.env = env
        # Nobody else's customers move class cuts and cycles of an industry.
        env.cr.execute("UPDATE res_partner SET active = FALSE WHERE partner_share")
        env.invalidate_all()
        env["incom.customer.reference"].search([]).unlink()
        env["resource.calendar.leaves"].search([]).unlink()
        self.currencies = self._currencies()
        self.companies = self._companies()
        self.industries = self._named("res.partner.industry", "trade", "food", "mining")
        self.sizes = self._named("incom.company.size", "small", "large")
        self.tags = self._named("res.partner.category", "vip", "daily", "plain")
        self.regions = self._named("incom.region", "north", "south")
        self.states = self._states()
        self.users = self._users()
        self.teams = self._teams()
        self.levels = {level.code: level for level in env["incom.approach.level"].search([])}
        self._policies()
        self.categories = self._categories()
        self.product_ids = self._product_ids()
        self.triggers = self._triggers()

    def _named(self, model, *names):
        return {name: self.env[model].create({"name": name}) for name in names}

    def _currencies(self):
        currencies = self.env["res.currency"].with_context(active_test=False)
        found = currencies.search([("name", "in", [*CURRENCIES.values(), FOREIGN])])
        found.active = True
        return {currency.name: currency for currency in found}

    def _companies(self):
        vn = self.env["res.company"].search([], order="id", limit=1)
        vn.currency_id = self.currencies["VND"]
        us = self.env["res.company"].create(
            {"name": "us", "currency_id": self.currencies["USD"].id}
        )
        companies = {"vn": vn, "us": us}
        for key, company in companies.items():
            company.incom_tz = WORLD.companies[key].tz
            company.resource_calendar_id = self._calendar(WORLD.companies[key], company)
            self._leaves(WORLD.companies[key], company)
        return companies

    def _calendar(self, record, company):
        """A working calendar of its own: the company's may be shared."""
        attendances = [
            {"name": "Work", "dayofweek": str(weekday - 1), "hour_from": 8, "hour_to": 12}
            for weekday in sorted(record.workdays)
        ]
        return self.env["resource.calendar"].create(
            {
                "name": record.key,
                "company_id": company.id,
                "tz": record.tz,
                "attendance_ids": [Command.create(attendance) for attendance in attendances],
            }
        )

    def _leaves(self, record, company):
        """Holidays that cover local noon, and leaves that look like holidays and are none."""
        hours = [(day, time(8), time(12, 1), {}) for day in sorted(record.closed)]
        worker = self.env["resource.resource"].create({"name": "Somebody"})
        elsewhere = self.env["resource.calendar"].create({"name": "Another shift"})
        hours += [
            (self._workday(0), time(12, 30), time(18), {}),
            (self._workday(1), time(0), time(23), {"resource_id": worker.id}),
            (self._workday(2), time(0), time(23), {"calendar_id": elsewhere.id}),
        ]
        leaves = (
            self.env["resource.calendar.leaves"]
            .with_company(company)
            .create(
                [
                    {
                        "name": "Closed",
                        "calendar_id": company.resource_calendar_id.id if number % 2 else False,
                        "date_from": utc(day, first, record),
                        "date_to": utc(day, last, record),
                        **values,
                    }
                    for number, (day, first, last, values) in enumerate(hours)
                ]
            )
        )
        # a leave without calendar takes the company in which it is written to the database
        leaves.flush_recordset()

    def _workday(self, number):
        return date(2026, 3, 3 + number)

    def _states(self):
        country = self.env.ref("base.vn")
        return {
            key: self.env["res.country.state"].create(
                {"name": key, "code": key, "country_id": country.id, "region_id": region.id}
            )
            for key, region in self.regions.items()
        }

    def _users(self):
        users = {}
        for login, record in WORLD.users.items():
            company = self.companies[record.company]
            users[login] = new_test_user(
                self.env,
                login,
                groups="sales_team.group_sale_salesman",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
        users["gone"].active = False
        return users

    def _teams(self):
        return {
            record.team: self.env["crm.team"].create(
                {
                    "name": record.team,
                    "company_id": False,
                    "member_ids": [Command.set(self.users[login].ids)],
                }
            )
            for login, record in WORLD.users.items()
            if record.team
        }

    def _categories(self):
        categories = {}
        for name, above in WORLD.categories.items():
            categories[name] = self.env["product.category"].create(
                {"name": name, "parent_id": self.id(categories, above)}
            )
        return categories

    def _product_ids(self):
        """A product of each category, by the category; none without."""
        products = {
            name: self.env["product.product"].create({"name": name, "categ_id": category.id}).id
            for name, category in self.categories.items()
        }
        return products | {None: None}

    def _triggers(self):
        triggers = self.env["incom.care.trigger"]
        triggers.search([]).active = False
        # One that is not in force, though it would always be the first.
        triggers.create({"name": "Archived", "kind": "purchase", "days": 1, "active": False})
        return triggers.create(
            [
                {
                    "name": f"Trigger {number}",
                    "kind": trigger.kind,
                    "days": trigger.days,
                    "category_id": self.id(self.categories, trigger.category),
                    **self._criteria(trigger),
                }
                for number, trigger in enumerate(WORLD.triggers)
            ]
        )

    def _criteria(self, record):
        """Whom a policy or trigger is for."""
        return {
            "company_id": self.id(self.companies, record.company),
            "level_id": self.id(self.levels, record.level),
            "customer_class": record.customer_class,
            "industry_id": self.id(self.industries, record.industry),
            "tag_id": self.id(self.tags, record.tag),
            "region_id": self.id(self.regions, record.region),
            "team_id": self.id(self.teams, record.team),
        }

    def _policies(self):
        policies = self.env["incom.care.policy"]
        policies.search([]).active = False
        # One that is not in force, though it would be the strictest.
        policies.create({"name": "Archived", "silence_days": 1, "active": False})
        policies.create(
            [
                {
                    "name": f"Policy {number}",
                    "silence_days": policy.silence,
                    **self._criteria(policy),
                }
                for number, policy in enumerate(WORLD.policies)
            ]
        )

    @staticmethod
    def id(records, key):
        return None if key is None else records[key].id
