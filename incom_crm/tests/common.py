from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from ..engine import refresh
from ..engine.calendar import company_today

TZ = "Asia/Ho_Chi_Minh"
SALES_GROUPS = "sales_team.group_sale_salesman,base.group_partner_manager"


class IncomCrmCommon(TransactionCase):
    """People by role, customers with a history in one line, and the refresh a commit would bring.

    director
    ├── leader_a ── sale_a1, sale_a2
    └── leader_b ── sale_b1, sale_b2
    and an accountant, an office worker without any sales right, a portal user.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, **DISABLED_MAIL_CONTEXT))
        cls.company = cls.env.company
        cls.company.incom_tz = TZ
        cls.today = company_today(cls.company)
        cls.product = cls.env["product.product"].create(
            {"name": "Bag", "type": "service", "list_price": 100.0, "taxes_id": [Command.clear()]}
        )
        cls.director = cls._user("director", "incom_crm.group_director,base.group_partner_manager")
        cls.leader_a, cls.leader_b = (cls._user(f"leader_{team}", SALES_GROUPS) for team in "ab")
        cls.sale_a1, cls.sale_a2 = (cls._user(f"sale_a{number}", SALES_GROUPS) for number in "12")
        cls.sale_b1, cls.sale_b2 = (cls._user(f"sale_b{number}", SALES_GROUPS) for number in "12")
        (cls.leader_a | cls.leader_b).crm_manager_id = cls.director
        (cls.sale_a1 | cls.sale_a2).crm_manager_id = cls.leader_a
        (cls.sale_b1 | cls.sale_b2).crm_manager_id = cls.leader_b
        cls.accountant = cls._user("accountant", "account.group_account_invoice")
        cls.office = cls._user("office", "base.group_user")
        cls.portal = cls._user("portal_customer", "base.group_portal")

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(cls.env, login, groups=groups, tz=TZ, email=f"{login}@example.com")

    def days_ago(self, days):
        return self.today - timedelta(days=days)

    def at(self, day, hour=10):
        """UTC datetime of an hour of a local day."""
        local = datetime.combine(day, time(hour), ZoneInfo(TZ))
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def make_customer(self, name="Customer", user=None, **values):
        """A company that is a customer: it has a salesperson."""
        return self.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "user_id": (user or self.sale_a1).id,
                **values,
            }
        )

    def make_order(self, partner, day, amount=100.0, state="sale", company=None, **values):
        """An order dated on a local day (or UTC datetime), confirmed unless told otherwise."""
        moment = day if isinstance(day, datetime) else self.at(day)
        line = {
            "product_id": self.product.id,
            "product_uom_qty": 1,
            "price_unit": amount,
            "tax_ids": [Command.clear()],
        }
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "date_order": moment,
                "company_id": (company or self.company).id,
                "order_line": [Command.create(line)],
                **values,
            }
        )
        if state == "sale":
            order.action_confirm()
            order.date_order = moment
        elif state != order.state:
            order.state = state
        return order

    def make_orders(self, partner, ages, amount=100.0):
        """Confirmed orders that many days ago."""
        return self.env["sale.order"].concat(
            *(self.make_order(partner, self.days_ago(age), amount) for age in ages)
        )

    def make_interaction(self, partner, day, user=None, **values):
        """A diary row of a colleague's contact on a local day."""
        moment = day if isinstance(day, datetime) else self.at(day)
        row = self.env["incom.interaction"].create(
            {
                "partner_id": partner.id,
                "user_id": (user or self.sale_a1).id,
                "company_id": self.company.id,
                "date": moment,
                "channel": "phone",
                "direction": "out",
                "grade": "content",
                "body": "Talked about the next delivery",
                "recorded_on": moment,
                **values,
            }
        )
        self.env["incom.customer.queue"]._touch(partner.ids)
        return row

    def commit(self):
        """What a commit does to touched customers: queue them, then refresh the few of this transaction."""
        self.env.flush_all()
        self.env.cr.flush()
        touched = self.env["incom.customer.queue"].search([]).mapped("partner_id")
        self.env["incom.customer.profile"]._refresh_touched(sorted(set(touched)))
        self.env.invalidate_all()

    def queued(self):
        """The contacts in the queue, after what a commit would write there."""
        self.env.cr.flush()
        return set(self.env["incom.customer.queue"].search([]).mapped("partner_id"))

    def clear_queue(self):
        self.env.cr.flush()
        self.env["incom.customer.queue"].search([]).unlink()

    def profile(self, partner, company=None, today=None):
        """The refreshed profile row of a customer."""
        partner = partner.commercial_partner_id
        refresh.refresh(self.env, partner.ids, today)
        return self.env["incom.customer.profile"].search(
            [("partner_id", "=", partner.id), ("company_id", "=", (company or self.company).id)]
        )

    def close_company(self, first: date, last: date):
        """A company holiday over these local days."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": False,
                "date_from": self.at(first, 0),
                "date_to": self.at(last, 23),
            }
        )
