from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.incom_crm.tests.common import SALES_GROUPS, IncomCrmCommon

SECRET = "Quokka"
MAIL = "buyer@quokka.example.com"
MAILER = f"{SALES_GROUPS},mass_mailing.group_mass_mailing_user"


class MailingCommon(IncomCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender, cls.peer = cls._user("sender", MAILER), cls._user("mailing_peer", MAILER)
        (cls.sender | cls.peer).crm_manager_id = cls.leader_a
        cls.marketing = cls._user("marketing", "incom_crm_mass_mailing.group_marketing_all")
        cls.own, cls.foreign = (
            cls.env["res.partner"].create({"name": name, "user_id": user.id, "email": mail})
            for name, user, mail in (
                ("Own", cls.sender, "own@example.com"),
                (f"{SECRET} Ltd", cls.peer, MAIL),
            )
        )

    def mailing(self, user, model="res.partner", domain=None, **values):
        """A mailing made by a user to all he can reach."""
        mailing = (
            self.env["mailing.mailing"]
            .with_user(user)
            .create(
                {
                    "subject": "Offer",
                    "mailing_model_id": self.env["ir.model"]._get_id(model),
                    "mailing_domain": str(domain or []),
                    "body_html": "<p>Dear <t t-out='object.name'/></p>",
                    **values,
                }
            )
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return mailing

    def send_by_job(self, mailing):
        """Put in the queue, sent by the job as superuser; the contacts it went to."""
        mailing.action_put_in_queue()
        with self.enter_registry_test_mode():
            self.env.ref("mass_mailing.ir_cron_mass_mailing_queue").method_direct_trigger()
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        return self.env["res.partner"].browse(traces.mapped("res_id"))


@tagged("post_install", "-at_install")
class TestMailing(MailingCommon):
    """Mailings reach the customers their sender sees, whoever sends them in the end."""

    def test_job_sends_to_own_customers(self):
        reached = self.send_by_job(self.mailing(self.sender))
        self.assertIn(self.own, reached)
        self.assertNotIn(self.foreign, reached)

    def test_domain_does_not_answer_for_hidden_customers(self):
        mailing = self.mailing(self.sender, domain=[("email", "ilike", "quokka")])
        self.assertEqual(mailing.total, 0)
        self.assertEqual(mailing.sudo()._get_recipients(), [])

    def test_superior_reaches_all_below(self):
        self.leader_a.group_ids = [
            Command.link(self.env.ref("mass_mailing.group_mass_mailing_user").id)
        ]
        reached = self.send_by_job(self.mailing(self.leader_a))
        self.assertEqual((self.own | self.foreign) & reached, self.own | self.foreign)

    def test_marketing_reaches_everybody(self):
        mailing = self.mailing(self.marketing, domain=[("email", "ilike", "quokka")])
        self.assertEqual(mailing.total, 1)
        self.assertEqual(self.send_by_job(mailing), self.foreign)

    def test_without_isolation_it_is_as_before(self):
        mailing = self.mailing(self.sender, domain=[("email", "ilike", "quokka")])
        self.env["incom.isolation"]._switch(False)
        self.assertEqual(mailing.sudo()._get_recipients(), self.foreign.ids)

    def test_nobody_sends_in_the_name_of_who_sees_more(self):
        mailing = self.mailing(self.sender)
        for user in (self.director, self.peer, self.env["res.users"]):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mailing.user_id = user
        with self.assertRaises(AccessError):
            self.mailing(self.sender, user_id=self.director.id)
        self.assertEqual(self.mailing(self.sender, user_id=self.sender.id).user_id, self.sender)

    def test_recipients_named_by_hand_are_checked(self):
        mailing = self.mailing(self.sender)
        with self.assertRaises(AccessError) as refusal:
            mailing.action_send_mail(self.foreign.ids)
        self.assertNotIn(SECRET, str(refusal.exception))
        mailing.action_send_mail(self.own.ids)
        self.assertEqual(mailing.mailing_trace_ids.mapped("res_id"), self.own.ids)

    def test_samples_show_a_customer_the_sender_sees(self):
        mailing = self.mailing(self.sender)
        test = (
            self.env["mailing.mailing.test"]
            .with_user(self.sender)
            .create({"mass_mailing_id": mailing.id, "email_to": "me@example.com"})
        )
        test.send_mail_test()
        sent = self.env["mail.mail"].search([("email_to", "ilike", "me@example.com")])
        self.assertNotIn(SECRET, str(sent.mapped("body_html")))


@tagged("post_install", "-at_install")
class TestMailingRecords(MailingCommon):
    """Mailings, lists, contacts and what became of each mail are their author's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        peer = cls.env(user=cls.peer)
        cls.list = peer["mailing.list"].create({"name": f"Friends of {SECRET}"})
        contact = peer["mailing.contact"].create(
            {"name": f"Buyer of {SECRET}", "email": MAIL, "list_ids": [Command.set(cls.list.ids)]}
        )
        mailing = peer["mailing.mailing"].create(
            {
                "subject": f"For {SECRET}",
                "mailing_model_id": cls.env["ir.model"]._get_id("mailing.list"),
                "contact_list_ids": [Command.set(cls.list.ids)],
                "body_html": "<p>Hello</p>",
            }
        )
        mailing.action_send_mail()
        cls.records = (
            *(cls.list, contact, contact.subscription_ids, mailing),
            mailing.mailing_trace_ids,
        )
        cls.env.flush_all()

    def visible(self, user, records):
        self.env.invalidate_all()
        return records.with_user(user).search([("id", "in", records.ids)])

    def test_who_sees_them(self):
        self.leader_a.group_ids = [
            Command.link(self.env.ref("mass_mailing.group_mass_mailing_user").id)
        ]
        for records in self.records:
            for user, sees in (
                (self.peer, True),
                (self.leader_a, True),
                (self.marketing, True),
                (self.sender, False),
            ):
                with self.subTest(model=records._name, user=user.login):
                    self.assertTrue(records)
                    self.assertEqual(bool(self.visible(user, records)), sees)

    def test_public_lists_are_read_by_everybody(self):
        self.list.is_public = True
        self.assertEqual(self.visible(self.sender, self.list), self.list)
        with self.assertRaises(AccessError):
            self.list.with_user(self.sender).name = "Mine"

    def test_contacts_of_a_public_list_stay_their_authors(self):
        self.list.is_public = True
        mailing = self.mailing(
            self.sender, "mailing.list", contact_list_ids=[Command.set(self.list.ids)]
        )
        self.assertEqual(mailing.sudo()._get_recipients(), [])

    def test_marketing_reads_customers_and_changes_none(self):
        customer = self.foreign.with_user(self.marketing)
        self.assertEqual(customer.name, self.foreign.name)
        self.assertFalse(customer.has_access("write"))


@tagged("post_install", "-at_install")
class TestMailingPage(HttpCase, MailingCommon):
    """The page of a mailing shows one recipient's data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender.password = cls.sender.login

    def page(self, mailing, partner):
        self.env.flush_all()
        return self.url_open(
            f"/mailing/{mailing.id}/view?document_id={partner.id}&email=me@example.com"
        )

    def test_only_for_recipients_the_sender_sees(self):
        mailing = self.mailing(self.sender)
        self.authenticate(self.sender.login, self.sender.login)
        self.assertIn(self.own.name, self.page(mailing, self.own).text)
        refused = self.page(mailing, self.foreign)
        self.assertNotEqual(refused.status_code, 200)
        self.assertNotIn(SECRET, refused.text)

    def test_only_of_own_mailings(self):
        mailing = self.mailing(self.peer, subject=f"For {SECRET}", body_html=f"<p>{SECRET}</p>")
        self.authenticate(self.sender.login, self.sender.login)
        page = self.page(mailing, self.own)
        self.assertNotEqual(page.status_code, 200)
        self.assertNotIn(SECRET, page.text)
