from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .world import IsolationWorld

EVERYBODY = ("victim", "leader", "director", "peer", "all_documents")


@tagged("post_install", "-at_install")
class TestFlows(IsolationWorld):
    """The day of each role goes on as without isolation."""

    def as_user(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env(user=user, context=dict(user.context_get()))

    def as_each(self, flow, *names):
        """Each of these people in turn; what one does does not reach the next."""
        for name in names:
            savepoint = self.env.cr.savepoint()
            with self.subTest(who=name):
                flow(self.as_user(self.users[name]))
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_own_preferences(self):
        def flow(env):
            with Form(env.user, view="base.view_users_form_simple_modif") as form:
                form.email = "mine@example.com"

        self.as_each(flow, *EVERYBODY, "office", "accountant")

    def test_people_are_picked(self):
        def flow(env):
            self.assertTrue(env["res.users"].name_search("leader_b"))
            self.assertTrue(self.leader_b.with_env(env).read(["name", "partner_id"]))
            self.assertTrue(self.company.partner_id.with_env(env).read(["name", "email"]))

        self.as_each(flow, *EVERYBODY, "office", "accountant")

    def test_customer_to_invoice(self):
        """Customer, contact, opportunity, quotation, sent, confirmed, printed, invoiced."""

        def flow(env):
            customer = env["res.partner"].create({"name": "New Ltd", "is_company": True})
            self.assertEqual(customer.user_id, env.user)
            contact = env["res.partner"].create({"name": "Buyer", "parent_id": customer.id})
            lead = env["crm.lead"].create({"name": "Deal", "partner_id": contact.id})
            lead.message_post(body=lead.name)
            order = self.order_of(env, contact, opportunity_id=lead.id)
            order.action_quotation_send()
            order.action_confirm()
            self.assertTrue(self.printed(order))
            self.assertTrue(order._create_invoices())
            lead.action_set_won()

        self.as_each(flow, "victim", "leader", "peer")

    def test_lead_becomes_customer(self):
        def flow(env):
            lead = env["crm.lead"].create(
                {"name": "Mail", "type": "lead", "partner_name": "Fresh", "contact_name": "An"}
            )
            wizard = env["crm.lead2opportunity.partner"].with_context(
                active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
            )
            wizard.create({"name": "convert", "action": "create"}).action_apply()
            self.assertEqual(lead.partner_id.commercial_partner_id.user_id, env.user)

        self.as_each(flow, "victim", "leader", "peer")

    def test_meeting_with_a_colleague(self):
        def flow(env):
            event = env["calendar.event"].create(
                {
                    "name": "Coffee",
                    "start": fields.Datetime.now() + timedelta(days=1),
                    "stop": fields.Datetime.now() + timedelta(days=1, hours=1),
                    "partner_ids": [
                        Command.set((env.user.partner_id | self.sale_b1.partner_id).ids)
                    ],
                }
            )
            self.assertEqual(len(event.attendee_ids), 2)
            event.write({"location": "Canteen"})

        self.as_each(flow, *EVERYBODY, "office", "accountant")

    def test_calendar_of_the_week(self):
        """A foreign meeting among one's messages and attendees crashes nothing."""

        def flow(env):
            env["calendar.event"].search_read([], ["name", "partner_ids"])
            env["mail.message"].search([], limit=50)

        self.as_each(flow, *EVERYBODY, "office", "accountant")

    def test_chat_and_inbox(self):
        def flow(env):
            channel = env["discuss.channel"]._get_or_create_chat(self.leader_b.partner_id.ids)
            self.assertTrue(channel.message_post(body=env.user.name, message_type="comment"))

        self.as_each(flow, *EVERYBODY, "office", "accountant")

    def test_order_handed_over_works(self):
        """A leader hands B an order of A's customer: print, send, confirm, chatter, meeting."""
        peer = self.users["peer"]
        self.as_user(self.leader_a)
        self.quotation.with_user(self.leader_a).user_id = peer
        env = self.as_user(peer)
        order = self.quotation.with_env(env)
        self.assertTrue(self.printed(order))
        order.action_quotation_send()
        order.message_post(body=order.name)
        order.action_confirm()
        event = env["calendar.event"].create(
            {
                "name": "About the order",
                "start": fields.Datetime.now() + timedelta(days=1),
                "stop": fields.Datetime.now() + timedelta(days=1, hours=1),
                "partner_ids": [Command.set((peer.partner_id | order.partner_id).ids)],
            }
        )
        self.assertEqual(len(event.attendee_ids), 2)
        with self.assertRaises(AccessError):
            self.event.with_env(env).read(["name"])

    def test_work_is_given_from_above(self):
        """A leader, or a sales administrator, plans work for B on A's lead: B reads the lead then."""
        manager = self._user("sales_manager", "sales_team.group_sale_manager")
        for superior in (self.leader_a, manager):
            with self.subTest(superior=superior.login):
                lead = self.lead.copy({"user_id": self.sale_a1.id})
                mine = lead.with_env(self.as_user(superior))
                mine.activity_schedule(summary="Call them", user_id=self.sale_a2.id)
                peer = self.as_user(self.sale_a2)
                self.assertEqual(lead.with_env(peer).read(["name"])[0]["name"], lead.name)

    def test_work_for_oneself(self):
        """A note of what is to be done, on no document."""

        def flow(env):
            todo = {"summary": "Tidy up", "user_id": env.uid}
            self.assertTrue(env["mail.activity"].create(todo))

        self.as_each(flow, *EVERYBODY, "office", "accountant")

    def test_accountant_invoices_and_takes_payment(self):
        env = self.as_user(self.accountant)
        invoice = self.invoice.with_env(env)
        invoice.message_post(body=invoice.name)
        register = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        self.assertTrue(register.create({})._create_payments())

    def printed(self, order):
        report = order.env["ir.actions.report"]
        return report._render_qweb_html("sale.report_saleorder", order.ids)[0]

    def order_of(self, env, partner, **values):
        line = {"product_id": self.product.id, "price_unit": 10}
        return env["sale.order"].create(
            {"partner_id": partner.id, "order_line": [Command.create(line)], **values}
        )
