"""The world that is attacked: what belongs to one salesperson, and who would like to see it."""

import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.tools.misc import mute_logger

from ...engine import refresh
from ..common import SALES_GROUPS, IncomCrmCommon

# Part of every text of the victim's records: wherever it turns up, something leaked.
SECRET = "Quokka"
SECRET_MAIL = "buyer@quokka.example.com"
SECRET_PHONE = "+84 24 3825 7863"
SECRET_VAT = "0100109106"
LETTER = f"Dear {SECRET}"
SECRET_ACCOUNT = "VN00 7863 1120 5500"

# Attackers. Each is one user, see ``_make_attackers``.
COLLEAGUES = ("peer", "other_leader", "mixed", "all_documents", "former", "expired")
OUTSIDERS = ("office", "portal")
ACCOUNTANT = ("accountant",)
ANYBODY = COLLEAGUES + OUTSIDERS + ACCOUNTANT
# Who sees all that is the victim's.
SEEING = ("victim", "leader", "director")

# Roles in other apps that the salesperson with a second job has, where the app is installed.
OTHER_JOBS = (
    "account.group_account_invoice",
    "stock.group_stock_user",
    "purchase.group_purchase_user",
)


class IsolationWorld(IncomCrmCommon):
    """Everything a salesperson has, once in each isolated model, in ``hidden``.

    Addons that isolate further models extend ``_make_hidden`` and hide one record of each.
    """

    @classmethod
    @mute_logger("odoo.addons.mail.models.mail_mail")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.hidden = {}
        cls._make_attackers()
        cls._make_hidden()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def hide(cls, *records):
        """Note records as the victim's."""
        for record in records:
            cls.hidden[record._name] = cls.hidden.get(record._name, record) | record

    # -- people -----------------------------------------------------------------------------------

    @classmethod
    def _make_attackers(cls):
        """Who attacks, and who may: ``users`` by the names of this module."""
        jobs = [group for group in OTHER_JOBS if cls.env.ref(group, raise_if_not_found=False)]
        mixed = cls._user("sale_and_more", ",".join([SALES_GROUPS, *jobs]))
        wide = cls._user("sale_all_documents", "sales_team.group_sale_salesman_all_leads")
        former, expired = (cls._user(name, SALES_GROUPS) for name in ("former", "expired"))
        cls.helper = cls._user("helper", SALES_GROUPS)
        (mixed | wide | former | expired | cls.helper).crm_manager_id = cls.leader_a
        cls.users = {
            "victim": cls.sale_a1,
            "leader": cls.leader_a,
            "director": cls.director,
            "peer": cls.sale_a2,
            "other_leader": cls.leader_b,
            "mixed": mixed,
            "all_documents": wide,
            "former": former,
            "expired": expired,
            "office": cls.office,
            "portal": cls.portal,
            "accountant": cls.accountant,
        }
        internal = cls.env["res.users"].concat(*cls.users.values()).filtered(lambda u: not u.share)
        export = cls.env.ref("base.group_allow_export")
        internal.write({"group_ids": [Command.link(export.id)]})
        salespeople = internal - cls.office - cls.accountant
        cls.team = cls.env["crm.team"].create(
            {"name": "Team of both", "user_id": cls.leader_a.id, "member_ids": salespeople.ids}
        )

    # -- what is hidden ---------------------------------------------------------------------------

    @classmethod
    def _make_hidden(cls):
        cls._make_customer()
        cls._make_lead()
        cls._make_order()
        cls._make_invoice()
        cls._make_payment()
        cls._make_meetings()
        cls._make_small_things()
        cls._make_chatter()
        cls._make_care()
        cls._make_openings()
        cls._make_handover()
        cls._make_target()
        cls._make_work()
        cls.env.flush_all()
        cls._make_report_rows()

    @classmethod
    def _make_customer(cls):
        partners = cls.env["res.partner"]
        cls.customer = partners.create(
            {
                "name": f"{SECRET} Ltd",
                "is_company": True,
                "email": SECRET_MAIL,
                "phone": SECRET_PHONE,
                "street": f"12 {SECRET} Street",
                "vat": SECRET_VAT,
                "country_id": cls.env.ref("base.vn").id,
                "user_id": cls.users["former"].id,
            }
        )
        # handed over: who had it before is one of the attackers
        cls.customer.with_user(cls.leader_a).user_id = cls.sale_a1
        cls.contact, cls.address = partners.create(
            [
                {
                    "name": f"Buyer of {SECRET}",
                    "parent_id": cls.customer.id,
                    "email": f"second.{SECRET_MAIL}",
                },
                {"name": f"Store of {SECRET}", "parent_id": cls.customer.id, "type": "delivery"},
            ]
        )
        bank = cls.env["res.partner.bank"].create(
            {"acc_number": SECRET_ACCOUNT, "partner_id": cls.customer.id}
        )
        cls.customer_login = cls._user("quokka_portal", "base.group_portal")
        cls.customer_login.partner_id.write({"parent_id": cls.customer.id, "name": f"{SECRET} web"})
        cls.hide(cls.customer, cls.contact, cls.address, bank)

    @classmethod
    def _make_lead(cls):
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": f"Machine for {SECRET}",
                "type": "opportunity",
                "partner_id": cls.contact.id,
                "email_from": SECRET_MAIL,
                "phone": SECRET_PHONE,
                "user_id": cls.sale_a1.id,
                "team_id": cls.team.id,
                "expected_revenue": 7_863,
            }
        )
        cls.unowned_lead = cls.env["crm.lead"].create(
            {"name": f"Call of {SECRET}", "user_id": False, "team_id": cls.team.id}
        )
        cls.hide(cls.lead)

    @classmethod
    def _make_order(cls):
        line = {
            "product_id": cls.product.id,
            "name": f"Bag of {SECRET}",
            "price_unit": 7_863.0,
            "tax_ids": [Command.clear()],
        }
        values = {
            "partner_id": cls.contact.id,
            "user_id": cls.sale_a1.id,
            "team_id": cls.team.id,
            "client_order_ref": f"{SECRET} 1",
            "order_line": [Command.create(line)],
        }
        cls.order, cls.quotation = cls.env["sale.order"].create(
            [{**values, "opportunity_id": cls.lead.id}, values]
        )
        cls.order.action_confirm()
        cls.hide(cls.order, cls.quotation, cls.order.order_line)

    @classmethod
    def _make_invoice(cls):
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()
        wizard = cls.env["account.move.send.wizard"].with_user(cls.sale_a1)
        batch = cls.env["account.move.send.batch.wizard"].with_user(cls.sale_a1)
        sending = wizard.with_context(active_model="account.move", active_ids=cls.invoice.ids)
        cls.hide(
            cls.invoice,
            cls.invoice.line_ids,
            sending.create({"move_id": cls.invoice.id}).sudo(),
            batch.create({"move_ids": [Command.set(cls.invoice.ids)]}).sudo(),
        )

    @classmethod
    def _make_payment(cls):
        register = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=cls.invoice.ids
        )
        payment = register.create({"amount": 100.0})._create_payments()
        plan = cls.env["account.analytic.plan"].create({"name": "Projects"})
        analytic = cls.env["account.analytic.account"].create(
            {"name": f"Project of {SECRET}", "plan_id": plan.id, "partner_id": cls.customer.id}
        )
        provider = cls.env["payment.provider"].create({"name": "Card", "code": "none"})
        paying = {
            "provider_id": provider.id,
            "payment_method_id": cls.env.ref("payment.payment_method_card").id,
            "partner_id": cls.customer.id,
        }
        token = cls.env["payment.token"].create(
            {**paying, "payment_details": "7863", "provider_ref": SECRET}
        )
        transaction = cls.env["payment.transaction"].create(
            {
                **paying,
                "reference": f"{SECRET} 1",
                "amount": 100,
                "currency_id": cls.company.currency_id.id,
            }
        )
        receivable = cls.invoice.line_ids.filtered("matched_credit_ids")
        cls.hide(payment, receivable.matched_credit_ids, analytic, token, transaction)

    @classmethod
    def _make_meetings(cls):
        start = fields.Datetime.now() + timedelta(days=3)
        guests = [Command.set([cls.sale_a1.partner_id.id, cls.contact.id])]
        common = {
            "start": start,
            "stop": start + timedelta(hours=1),
            "user_id": cls.sale_a1.id,
            "partner_ids": guests,
            "location": f"Office of {SECRET}",
        }
        events = cls.env["calendar.event"].with_context(no_mail_to_attendees=True)
        cls.event = events.create(
            {**common, "name": f"Meeting {SECRET}", "opportunity_id": cls.lead.id}
        )
        cls.private_event = events.create(
            {**common, "name": f"Surgery {SECRET}", "privacy": "private"}
        )
        events.create(
            {
                **common,
                "name": f"Series {SECRET}",
                "recurrency": True,
                "rrule_type": "weekly",
                "mon": True,
                "end_type": "count",
                "count": 2,
            }
        )
        series = cls.env["calendar.recurrence"].search(
            [("base_event_id.name", "=", f"Series {SECRET}")]
        )
        cls.hide(cls.event, cls.event.attendee_ids, series)

    @classmethod
    def _make_small_things(cls):
        """What names a customer in passing."""
        attribute = cls.env["product.attribute"].create({"name": "Engraving"})
        value = cls.env["product.attribute.value"].create(
            {"name": "Free text", "attribute_id": attribute.id, "is_custom": True}
        )
        template = cls.product.product_tmpl_id
        line = cls.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": template.id,
                "attribute_id": attribute.id,
                "value_ids": [Command.set(value.ids)],
            }
        )
        cls.hide(
            cls.env["product.attribute.custom.value"].create(
                {
                    "custom_product_template_attribute_value_id": line.product_template_value_ids.id,
                    "custom_value": f"To {SECRET} with love",
                    "sale_order_line_id": cls.order.order_line.id,
                }
            ),
            cls.env["account.analytic.line"].create(
                {
                    "name": f"Hours for {SECRET}",
                    "amount": -100,
                    "account_id": cls.hidden["account.analytic.account"].id,
                    "partner_id": cls.customer.id,
                }
            ),
            cls.env["calendar.filters"].create(
                {"user_id": cls.sale_a1.id, "partner_id": cls.contact.id}
            ),
        )

    @classmethod
    def _make_chatter(cls):
        """A message to the customer, a file and planned work on each document, done work on the lead."""
        cls.files = cls.env["ir.attachment"]
        cls.messages = cls.env["mail.message"]
        cls.activities = cls.env["mail.activity"]
        for record in (cls.customer, cls.lead, cls.order, cls.invoice):
            mine = record.with_user(cls.sale_a1).sudo()
            cls.files += mine.env["ir.attachment"].create(
                {
                    "name": f"{SECRET}.txt",
                    "datas": base64.b64encode(SECRET.encode()),
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
            cls.messages += mine.message_post(
                body=LETTER,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=cls.contact.ids,
            )
            cls.activities += mine.activity_schedule(
                "mail.mail_activity_data_todo", user_id=cls.sale_a1.id, summary=f"Call {SECRET}"
            )
        call = cls.lead.with_user(cls.sale_a1).sudo()
        call.activity_schedule(
            "mail.mail_activity_data_call", user_id=cls.sale_a1.id, summary=SECRET
        )
        call.activity_feedback(["mail.mail_activity_data_call"], feedback=f"Spoke with {SECRET}")
        cls.customer.message_subscribe(cls.contact.ids)
        cls.hide(cls.messages.notification_ids)

    @classmethod
    def _make_care(cls):
        cls.interaction = cls.env["incom.interaction"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.sale_a1.id,
                "company_id": cls.company.id,
                "date": fields.Datetime.now(),
                "channel": "phone",
                "direction": "out",
                "grade": "content",
                "body": f"Talked with {SECRET}",
            }
        )
        pin = (
            cls.env["incom.customer.pin"]
            .with_user(cls.sale_a1)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "kind": "cycle",
                    "cycle_days": 30,
                    "reason": f"Contract with {SECRET}",
                }
            )
            .sudo()
        )
        log = cls.env["incom.approach.level.log"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.company.id,
                "to_level_id": cls.env["incom.approach.level"].search([], limit=1).id,
                "date": cls.today,
            }
        )
        cls.alert = cls.env["incom.care.alert"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.company.id,
                "user_id": cls.sale_a1.id,
                "reason": "silence",
                "care_alert": "missed",
                "opened_on": cls.today,
            }
        )
        refresh.refresh(cls.env, cls.customer.ids, None)
        profiles = cls.env["incom.customer.profile"]
        cls.profile_row = profiles.search([("partner_id", "=", cls.customer.id)])
        cls.hide(cls.interaction, pin, log, cls.alert, cls.profile_row)
        cls.alert._put_into_lists("user_id", "activity_id")

    @classmethod
    def _make_openings(cls):
        """A share and a stand-in that hold, for a helper; and both until yesterday, for an attacker."""
        yesterday = cls.today - timedelta(days=1)
        over = {"date_from": yesterday - timedelta(days=5), "date_to": yesterday}
        expired = {"user_id": cls.users["expired"].id, "reason": "Last week", **over}
        holding = {
            "user_id": cls.helper.id,
            "reason": f"Fair with {SECRET}",
            "date_to": cls.today,
        }
        customer = {"partner_id": cls.customer.id, "res_id": cls.customer.id}
        shares, grants = cls.env["incom.customer.share"], cls.env["incom.visibility.grant"]
        shares.create({**customer, **expired})
        grants.create({"target_id": cls.sale_a1.id, **expired})
        cls.hide(
            shares.with_user(cls.sale_a1).create({**customer, **holding}).sudo(),
            grants.create({"target_id": cls.sale_a1.id, **holding}),
        )

    @classmethod
    def _make_work(cls):
        """What the salesperson wrote at the end of the day, and what is promised to the customer."""
        reports = cls.env["incom.day.report"].with_user(cls.sale_a1)
        reports.close_day(f"A good day at {SECRET}", f"Prices of {SECRET}")
        cls.day_report = reports.search([], limit=1).sudo()
        partner = cls.customer.with_user(cls.sale_a1)
        promise = partner.incom_promise(f"Samples for {SECRET}", cls.today)
        cls.promise = cls.env["mail.activity"].browse(promise)
        cls.promise.date_deadline = cls.today - timedelta(days=3)
        cls.hide(cls.day_report)

    @classmethod
    def _make_handover(cls):
        """The log of how the customer came to its salesperson, who was a superior then."""
        people = {"old_user_id": cls.users["former"].id, "new_user_id": cls.sale_a1.id}
        handover = cls.env["incom.handover"].create(
            {
                "user_id": cls.sale_a1.id,
                "date": fields.Datetime.now(),
                "date_done": fields.Datetime.now(),
                "giver_ids": [Command.set(cls.users["former"].ids)],
                "receiver_ids": [Command.set(cls.sale_a1.ids)],
                "reason": f"{SECRET} moves",
                "state": "done",
            }
        )
        line = cls.env["incom.handover.line"].create(
            {
                "handover_id": handover.id,
                "sequence": 1,
                "kind": "customer",
                "res_model": "res.partner",
                "res_id": cls.customer.id,
                "partner_id": cls.customer.id,
                "state": "done",
                **people,
            }
        )
        cls.hide(handover, line)

    @classmethod
    def _make_target(cls):
        """Numbers of a person; no name of a customer is in them."""
        targets = cls.env["incom.target"].with_user(cls.leader_a)
        cls.target = targets.create(
            {"user_id": cls.sale_a1.id, "metric": "collections", "value": 1_000}
        ).sudo()
        cls.hide(cls.target)

    @classmethod
    def _make_report_rows(cls):
        by_customer = [("commercial_partner_id", "=", cls.customer.id)]
        activities = [("lead_id", "=", cls.lead.id)]
        cls.hide(
            cls.env["sale.report"].search(by_customer),
            cls.env["account.invoice.report"].search(by_customer),
            cls.env["crm.activity.report"].search(activities),
            cls.env["incom.meeting.report"].search([("event_id", "=", cls.event.id)]),
            cls.env["incom.work.report"].search([("partner_id", "=", cls.customer.id)]),
            cls.env["incom.collection.report"].search([("partner_id", "=", cls.customer.id)]),
            # opportunities are attacked by themselves: accountants do not read them
            cls.env["incom.money.line"].search(
                [("partner_id", "=", cls.customer.id), ("box", "!=", "m1")]
            ),
        )

    # -- what an attacker has himself -------------------------------------------------------------

    def own(self, env, model, **values):
        """A record of the attacker's own, to link, merge or compare with what is hidden."""
        makers = {
            "res.partner": {"name": "Mine", "is_company": True},
            "crm.lead": {"name": "Mine", "type": "opportunity"},
            "calendar.event": {
                "name": "Mine",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now() + timedelta(hours=1),
                "partner_ids": [Command.set(env.user.partner_id.ids)],
            },
        }
        vals = {**makers.get(model, {}), "user_id": env.uid, **values}
        if model == "sale.order":
            vals["partner_id"] = self.own(env, "res.partner").id
        record = self.env[model].create(vals)
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_env(env)


def secrets_in(value):
    """What was obtained, where it holds any of the victim's secrets; else nothing."""
    text = str(value)
    secrets = (SECRET, SECRET.lower(), SECRET_PHONE, SECRET_VAT, SECRET_ACCOUNT)
    return value if any(secret in text for secret in secrets) else None
