from odoo import SUPERUSER_ID, api, fields, models

from ..engine.calendar import company_today
from .agenda import set_up_meetings, set_up_promises
from .catalogue import set_up_products
from .clock import Clock
from .company import set_up_calendar, set_up_company, set_up_people, set_up_taxes
from .customers import set_up_customers
from .deals import set_up_deals
from .decisions import set_up_decisions
from .diary import plan_diary, write_diary
from .invoices import link_orders, set_up_invoices
from .orders import set_up_orders
from .payments import set_up_payments
from .stage import LANGUAGE, QUIET, TIME_ZONE, Stage

# Under a prefix of its own: the company stays, with its documents, when the addon goes.
COMPANY_XMLID = "incom_crm_demo.company"


class Demo(models.AbstractModel):
    """The demo company: a packaging trader with its people, customers and their history."""

    _name = "incom.demo"
    _description = "Demo Company"

    @api.model
    def _install(self):
        """Set up the demo company once, dated relative to today.

        :returns: the ``res.company``
        """
        company = self.env.ref(COMPANY_XMLID, raise_if_not_found=False)
        if company:
            return company
        env = self.with_user(SUPERUSER_ID).with_context(**QUIET).env
        company = set_up_company(env)
        env = env[self._name].with_company(company).env
        env["ir.model.data"]._update_xmlids(
            [{"xml_id": COMPANY_XMLID, "record": company, "noupdate": True}]
        )
        stage = Stage(
            env,
            Clock(company_today(company), fields.Datetime.now(), TIME_ZONE),
            env.company,
            _language(env),
        )
        self._set_up(stage)
        # The references of today were worked out while the company was empty.
        env["incom.customer.reference"].search([("company_id", "=", company.id)]).unlink()
        env["incom.customer.profile"]._refresh()
        return company

    @api.model
    def _set_up(self, stage):
        set_up_calendar(stage)
        set_up_people(stage)
        set_up_products(stage, set_up_taxes(stage))
        set_up_customers(stage)
        stage.analyze("res.partner")
        credited = set_up_orders(stage)
        stage.analyze("sale.order", "sale.order.line")
        bills = set_up_invoices(stage, credited)
        stage.analyze("account.move", "account.move.line")
        set_up_payments(stage, bills)
        link_orders(bills)
        set_up_deals(stage)
        entries = plan_diary(stage)
        write_diary(stage, entries)
        set_up_meetings(stage, entries)
        set_up_promises(stage)
        set_up_decisions(stage)


def _language(env):
    active = env["res.lang"].search_count([("code", "=", LANGUAGE)], limit=1)
    return LANGUAGE if active else None
