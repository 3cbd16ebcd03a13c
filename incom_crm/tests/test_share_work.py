from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import freeze_time, tagged

from .test_share import ShareCommon


@tagged("post_install", "-at_install")
class TestShareForWork(ShareCommon):
    """Work assigned from above opens the customer to the one who is to do it."""

    def automatic(self, user=None):
        return self.env["incom.customer.share"].search(
            [("user_id", "=", (user or self.sale_a2).id), ("automatic", "=", True)]
        )

    def activity(self, record, user, by):
        return (
            self.env["mail.activity"]
            .with_user(by)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "activity_type_id": self.env.ref("mail.mail_activity_data_call").id,
                    "user_id": user.id,
                    "summary": "Call back",
                }
            )
        )

    def meeting(self, by, users, partners=None, **values):
        partners = self.customer if partners is None else partners
        invited = partners | users.partner_id
        start = fields.Datetime.now() + timedelta(days=2)
        return (
            self.env["calendar.event"]
            .with_user(by)
            .create(
                {
                    "name": "Visit",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "user_id": by.id,
                    "partner_ids": [Command.set(invited.ids)],
                    **values,
                }
            )
        )

    def test_assigned_order_works_from_end_to_end(self):
        order = self.make_order(self.customer, self.today, state="draft", user_id=self.sale_a1.id)
        order.with_user(self.leader_a).user_id = self.sale_a2
        share = self.automatic()
        self.assertEqual((share.partner_id, share.mode), (self.customer, "read"))
        self.assertEqual(share.create_uid, self.leader_a)
        self.assertIn(order.name, share.reason)
        self.assertTrue(self.sees(self.sale_a2, self.customer))
        own = order.with_user(self.sale_a2)
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(self.sale_a2)
        self.assertTrue(report._render_qweb_html("sale.report_saleorder", own.ids)[0])
        composer = own.action_quotation_send()
        self.assertEqual(composer["res_model"], "mail.compose.message")
        own.message_post(body="As discussed", partner_ids=self.customer.ids)
        own.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_nothing_is_opened_to_who_sees_it(self):
        self.lead(user=self.sale_a1)
        self.lead(user=self.leader_a)
        self.assertFalse(self.env["incom.customer.share"].search([("automatic", "=", True)]))

    def test_it_ends_with_the_assignment(self):
        lead = self.lead()
        lead.with_user(self.leader_a).user_id = self.sale_a2
        self.assertTrue(self.automatic())
        lead.with_user(self.leader_a).user_id = self.sale_a1
        self.assertFalse(self.automatic())
        self.assertFalse(self.sees(self.sale_a2, self.customer))

    def test_it_ends_when_the_colleague_gets_the_customer(self):
        self.lead(user=self.sale_a2)
        self.assertTrue(self.automatic())
        self.customer.user_id = self.sale_a2
        self.assertFalse(self.automatic())

    def test_it_follows_the_documents_customer(self):
        other = self.make_customer("Other")
        lead = self.lead(user=self.sale_a2)
        self.assertEqual(self.automatic().partner_id, self.customer)
        lead.with_user(self.leader_a).partner_id = other
        self.assertEqual(self.automatic().partner_id, other)

    def test_never_by_who_does_not_see_the_customer(self):
        hidden = self.make_customer("Hidden", user=self.sale_b1)
        lead = self.lead(user=self.leader_a, partner=hidden)
        self.automatic(self.leader_a).action_end()
        self.assertFalse(self.sees(self.leader_a, hidden))
        lead.with_user(self.leader_a).user_id = self.sale_a2
        self.assertFalse(self.automatic())
        self.assertFalse(self.sees(self.sale_a2, hidden))

    def test_it_holds_while_the_work_is_open(self):
        open_lead, done = self.lead(user=self.sale_a2), self.lead(user=self.sale_a2)
        ends = {share.source_id: share for share in self.automatic()}
        self.assertEqual(ends.keys(), {open_lead.id, done.id})
        done.action_set_won()
        with freeze_time(fields.Datetime.now() + timedelta(days=20)):
            self.env["incom.customer.share"]._cron_renew()
        self.assertEqual(ends[open_lead.id].date_to, self.days_ago(-50))
        self.assertEqual(ends[done.id].date_to, self.days_ago(-30))
        done.user_id = self.sale_a1
        self.assertTrue(self.sees(self.sale_a2, self.customer))
        open_lead.user_id = self.sale_a1
        self.assertFalse(self.sees(self.sale_a2, self.customer))

    def test_activity_from_above(self):
        lead = self.lead()
        activity = self.activity(lead, self.sale_a2, by=self.leader_a)
        share = self.automatic()
        self.assertEqual((share.source_model, share.source_id), ("mail.activity", activity.id))
        self.assertTrue(self.sees(self.sale_a2, lead))
        self.assertTrue(self.sees(self.sale_a2, self.customer))

    def test_activity_from_above_given_to_another(self):
        lead = self.lead()
        activity = self.activity(lead, self.sale_a2, by=self.leader_a)
        activity.with_user(self.leader_a).user_id = self.sale_a1
        self.assertFalse(self.automatic())
        activity.with_user(self.leader_a).user_id = self.sale_a2
        self.assertTrue(self.automatic())
        activity.unlink()
        self.assertFalse(self.automatic())

    def test_activity_given_to_a_colleague(self):
        lead = self.lead()
        with self.assertRaises(RedirectWarning) as refused:
            self.activity(lead, self.sale_b1, by=self.sale_a1)
        context = refused.exception.args[3]
        self.assertEqual(context["default_res_id"], lead.id)
        self.assertEqual(context["default_user_id"], self.sale_b1.id)
        own = self.activity(lead, self.sale_a1, by=self.sale_a1)
        with self.assertRaises(RedirectWarning):
            own.write({"user_id": self.sale_b1.id})
        self.share(lead)
        own.write({"user_id": self.sale_b1.id})
        self.assertEqual(own.user_id, self.sale_b1)
        with self.assertRaises(RedirectWarning):
            own.write({"res_id": self.lead().id})

    def test_where_colleagues_share_nothing(self):
        self.forbid_peers()
        lead = self.lead()
        with self.assertRaisesRegex(AccessError, "Ask a superior"):
            self.activity(lead, self.sale_b1, by=self.sale_a1)

    def test_mention_and_follow(self):
        lead = self.lead().with_user(self.sale_a1)
        colleague = self.sale_b1.partner_id.ids
        message = lead.message_post(body="A note")
        for call in (
            lambda: lead.message_post(body="Look", partner_ids=colleague),
            lambda: lead.message_subscribe(partner_ids=colleague),
            lambda: lead.message_notify(body="Look", partner_ids=colleague),
            lambda: lead._message_update_content(message, body="Look", partner_ids=colleague),
            lambda: self.customer.with_user(self.sale_a1).message_subscribe(colleague),
        ):
            with self.assertRaises(RedirectWarning):
                call()
        self.share(lead)
        lead.message_post(body="Look", partner_ids=colleague)
        lead.message_subscribe(partner_ids=colleague)
        self.assertIn(self.sale_b1.partner_id, lead.message_partner_ids)

    def test_a_context_opens_nothing(self):
        lead = self.lead().with_user(self.sale_a1).with_context(incom_handover=True)
        with self.assertRaises(RedirectWarning):
            lead.message_post(body="Look", partner_ids=self.sale_b1.partner_id.ids)

    def test_superiors_and_customers_are_addressed_freely(self):
        lead = self.lead().with_user(self.sale_a1)
        lead.message_post(
            body="Help", partner_ids=(self.leader_a.partner_id | self.director.partner_id).ids
        )
        lead.message_post(body="Our offer", partner_ids=self.customer.ids)
        self.assertFalse(self.env["incom.customer.share"].search([]))

    def test_meeting_with_a_colleague(self):
        with self.assertRaises(RedirectWarning) as refused:
            self.meeting(self.sale_a1, self.sale_a1 | self.sale_b1)
        self.assertEqual(refused.exception.args[3]["default_res_id"], self.customer.id)
        event = self.meeting(self.sale_a1, self.sale_a1)
        with self.assertRaises(RedirectWarning):
            event.partner_ids += self.sale_b1.partner_id
        lead = self.lead()
        with self.assertRaises(RedirectWarning):
            self.meeting(
                self.sale_a1,
                self.sale_a1 | self.sale_b1,
                partners=self.env["res.partner"],
                opportunity_id=lead.id,
            )
        self.share()
        event.partner_ids += self.sale_b1.partner_id
        # among colleagues alone there is nothing to share
        self.meeting(self.sale_a1, self.sale_a1 | self.sale_b2, partners=self.env["res.partner"])

    def test_meeting_from_above(self):
        event = self.meeting(self.leader_a, self.leader_a | self.sale_a2)
        share = self.automatic()
        self.assertEqual((share.source_model, share.source_id), ("calendar.event", event.id))
        self.assertTrue(share._still_needed())
        event.name = "Second visit"
        event.partner_ids += self.sale_a1.partner_id
        self.assertEqual(self.automatic(), share)
        event.partner_ids -= self.sale_a2.partner_id
        self.assertFalse(self.automatic())
