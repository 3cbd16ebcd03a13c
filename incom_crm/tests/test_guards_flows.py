from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from .common import IncomCrmCommon


class FlowsCommon(IncomCrmCommon):
    """What people do every day, with isolation on."""

    def make_lead(self, user, partner):
        return (
            self.env["crm.lead"]
            .with_user(user)
            .create({"name": "Lead", "partner_id": partner.id, "type": "opportunity"})
        )

    def make_quotation(self, user, partner):
        with Form(self.env["sale.order"].with_user(user)) as form:
            form.partner_id = partner.with_user(user)
            with form.order_line.new() as line:
                line.product_id = self.product
        return form.record

    def make_meeting(self, user, *partners):
        start = fields.Datetime.now() + timedelta(days=1)
        return (
            self.env["calendar.event"]
            .with_user(user)
            .create(
                {
                    "name": "Meeting",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "partner_ids": [Command.set([user.partner_id.id, *(p.id for p in partners)])],
                }
            )
        )


@tagged("post_install", "-at_install")
class TestFlows(FlowsCommon):
    def test_salesperson_from_customer_to_order(self):
        for user in (self.sale_a1, self.leader_a, self.director):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                with Form(self.env["res.partner"].with_user(user)) as form:
                    form.name = f"Customer of {user.login}"
                    form.email = f"customer.of.{user.login}@example.com"
                customer = form.record
                lead = self.make_lead(user, customer)
                lead.message_post(body="First call", message_type="comment")
                lead.action_new_quotation()
                order = self.make_quotation(user, customer)
                self.assertEqual(order.user_id, user)
                self.send(order)
                order.action_confirm()
                self.assertEqual(order.state, "sale")
                report = self.env["ir.actions.report"].with_user(user)
                html, _type = report._render_qweb_html("sale.action_report_saleorder", order.ids)
                self.assertIn(customer.name.encode(), html)
                meeting = self.make_meeting(user, customer)
                meeting.message_post(body="Where to park", message_type="comment")
                self.env.invalidate_all()
                self.assertTrue(
                    customer.get_attendee_detail(meeting.ids), "the calendar shows the guest"
                )
                for record in (customer, lead, order, meeting):
                    self.open_form(record)

    def send(self, order):
        action = order.action_quotation_send()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(order.env.user)
            .with_context(**action["context"])
        ).save()
        self.assertIn(order.partner_id, composer.partner_ids)
        composer.action_send_mail()
        self.assertEqual(order.state, "sent")

    def open_form(self, record):
        """What the web client reads to show a form with its chatter."""
        self.env.invalidate_all()
        views = record.get_views([(False, "form")])
        names = views["models"][record._name]["fields"]
        specification = {
            name: {"fields": {"display_name": {}}} if description["type"] != "binary" else {}
            for name, description in names.items()
            if description["type"] in ("many2one", "many2many", "char", "binary")
        }
        specification = {
            name: sub if names[name]["type"] in ("many2one", "many2many") else {}
            for name, sub in specification.items()
        }
        self.assertTrue(record.web_read(specification))
        self.env["mail.message"].with_user(record.env.user)._message_fetch(None, thread=record)
        record.message_get_followers()

    def test_office(self):
        """Whoever does not sell chats, invites a colleague, looks people up and keeps his own contacts."""
        for user in (self.office, self.accountant):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                chat = (
                    self.env["discuss.channel"]
                    .with_user(user)
                    ._get_or_create_chat([self.sale_a1.partner_id.id])
                )
                chat.message_post(body="Lunch?", message_type="comment")
                self.make_meeting(user, self.sale_a1.partner_id)
                found = self.env["res.users"].with_user(user).name_search("sale_a1")
                self.assertEqual([user_id for user_id, _name in found], self.sale_a1.ids)
                mentions = (
                    self.env["res.partner"].with_user(user).get_mention_suggestions("sale_a1")
                )
                self.assertEqual(
                    [row["id"] for row in mentions["res.partner"]], self.sale_a1.partner_id.ids
                )
                with Form(
                    user.with_user(user), view="base.view_users_form_simple_modif"
                ) as preferences:
                    preferences.signature = "Regards"

    def test_accountant_invoices(self):
        customer = self.make_customer()
        self.product.invoice_policy = "order"
        order = self.make_order(customer, self.today, user_id=self.sale_a1.id)
        invoice = order.with_user(self.sale_a1)._create_invoices()
        self.env.flush_all()
        self.env.invalidate_all()
        invoice = invoice.with_user(self.accountant)
        invoice.action_post()
        invoice.message_post(body="Sent by post", message_type="comment")
        self.env.invalidate_all()
        self.assertEqual(invoice.sudo().invoice_user_id, self.sale_a1)
        self.open_form(order.with_user(self.accountant))
        self.open_form(invoice)
        self.open_form(customer.with_user(self.accountant))

    def test_order_of_a_customer_in_other_hands(self):
        """A superior's order for somebody else's customer: its salesperson works on it to the end."""
        customer = self.make_customer("Of A", self.sale_a1, email="of.a@example.com")
        order = self.make_quotation(self.leader_a, customer)
        order.with_user(self.director).user_id = self.sale_b1
        self.env.flush_all()
        self.env.invalidate_all()
        order = order.with_user(self.sale_b1)
        self.open_form(order)
        self.send(order)
        order.action_confirm()
        order.order_line[0].product_uom_qty = 3
        self.open_form(order)
        self.make_meeting(self.sale_b1, customer)

    def test_meeting_of_a_colleague(self):
        """Invited by a colleague one sees the meeting, not whom of his customers he invited as well."""
        secret = self.make_customer("Secret", self.sale_a1, email="secret@example.com")
        meeting = self.make_meeting(self.sale_a1, secret)
        with_b = self.sale_b1.partner_id
        meeting.sudo().with_context(mail_notrack=True).partner_ids += with_b
        self.env["incom.customer.share"].search([("user_id", "=", self.sale_b1.id)]).action_end()
        self.env.flush_all()
        self.env.invalidate_all()
        of_b = meeting.with_user(self.sale_b1)
        self.assertIn(with_b, of_b.partner_ids)
        self.assertNotIn(secret.id, of_b.partner_ids.ids)
        attendees = self.env["calendar.attendee"].with_user(self.sale_b1)
        seen = attendees.search([("event_id", "=", meeting.id)])
        self.assertIn(with_b, seen.partner_id)
        self.assertNotIn(secret.email, seen.mapped("email"))
        details = (
            self.env["res.partner"]
            .with_user(self.sale_b1)
            .browse([secret.id, with_b.id])
            .get_attendee_detail(meeting.ids)
        )
        self.assertEqual([detail["id"] for detail in details], with_b.ids)
        seen.filtered(lambda attendee: attendee.partner_id == with_b).do_accept()
        self.open_form(of_b)

    def test_others_customer_by_mail(self):
        """An address typed where people are looked up names no customer of a colleague."""
        secret = self.make_customer("Secret", self.sale_a1, email="secret@example.com")
        self.env.invalidate_all()
        partners = self.env["res.partner"].with_user(self.sale_b1)
        self.assertFalse(partners.get_mention_suggestions("secret").get("res.partner"))
        self.assertNotEqual(partners.find_or_create("secret@example.com"), secret)
        lead = self.make_lead(self.sale_b1, self.make_customer("Mine", self.sale_b1))
        found = lead._partner_find_from_emails_single(["secret@example.com"], no_create=True)
        self.assertNotIn(secret, found)
        with self.assertRaises(AccessError):
            secret.with_user(self.sale_b1).check_access("read")


@tagged("post_install", "-at_install")
class TestFlowsInTheClient(FlowsCommon, HttpCase):
    def test_log_in(self):
        for user in (self.sale_a1, self.leader_a, self.director, self.accountant, self.office):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                self.assertEqual(self.url_open("/odoo").status_code, 200)
                told = self.make_jsonrpc_request(
                    "/mail/data", {"fetch_params": ["init_messaging", "systray_get_activities"]}
                )
                self.assertIn("Store", told)
                inbox = self.make_jsonrpc_request("/mail/inbox/messages", {})
                self.assertIn("messages", inbox)

    def test_chatter_of_others(self):
        lead = self.make_lead(self.sale_a1, self.make_customer("Secret", self.sale_a1))
        lead.message_post(body="Secret words", message_type="comment")
        file = self.env["ir.attachment"].create(
            {"name": "secret.txt", "raw": b"x", "res_model": "crm.lead", "res_id": lead.id}
        )
        self.authenticate("sale_b1", "sale_b1")
        told = self.make_jsonrpc_request(
            "/mail/thread/messages", {"thread_model": "crm.lead", "thread_id": lead.id}
        )
        self.assertNotIn("Secret words", str(told))
        told = self.make_jsonrpc_request(
            "/mail/data",
            {
                "fetch_params": [
                    [
                        "mail.thread",
                        {
                            "thread_model": "crm.lead",
                            "thread_id": lead.id,
                            "request_list": ["activities", "attachments", "followers"],
                        },
                    ]
                ]
            },
        )
        self.assertNotIn("secret", str(told).lower())
        self.assertEqual(self.url_open(f"/web/content/{file.id}").status_code, 404)
        self.authenticate("sale_a1", "sale_a1")
        self.assertEqual(self.url_open(f"/web/content/{file.id}").status_code, 200)
