from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tools.discuss import Store

from .common import IncomCrmCommon

# a picture of one pixel
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestChatterGuards(IncomCrmCommon):
    """Messages, activities, followers and files of a document are for those who read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.make_customer(cls, "Secret", cls.sale_a1)
        cls.lead = cls.env["crm.lead"].create(
            {"name": "Secret lead", "partner_id": cls.secret.id, "user_id": cls.sale_a1.id}
        )
        cls.mine = cls.make_customer(cls, "Mine", cls.sale_b1)
        cls.my_lead = cls.env["crm.lead"].create(
            {"name": "My lead", "partner_id": cls.mine.id, "user_id": cls.sale_b1.id}
        )
        cls.env.invalidate_all()

    def say(self, record, author, to=()):
        """A message written by ``author`` on a record, in the database."""
        message = self.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "body": "Secret words",
                "message_type": "comment",
                "author_id": author.partner_id.id,
                "partner_ids": [Command.set([user.partner_id.id for user in to])],
                "subtype_id": self.env.ref("mail.mt_note").id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return message

    def reads(self, user, message):
        """Whether ``user`` reads a message, by search and by number alike."""
        found = bool(self.env["mail.message"].with_user(user).search([("id", "=", message.id)]))
        self.assertEqual(message.with_user(user).has_access("read"), found)
        return found

    def test_author_and_recipient_lose_the_message_with_the_document(self):
        for record in (self.lead, self.secret):
            written = self.say(record, self.sale_b1)
            received = self.say(record, self.sale_a1, to=[self.sale_b1])
            for message in (written, received):
                self.assertFalse(self.reads(self.sale_b1, message))
                self.assertTrue(self.reads(self.sale_a1, message))
                self.assertTrue(self.reads(self.leader_a, message))
                self.assertTrue(self.reads(self.director, message))
        self.assertTrue(self.reads(self.sale_b1, self.say(self.my_lead, self.sale_a1)))
        with self.assertRaises(AccessError):
            written.with_user(self.sale_b1).read(["body"])

    def test_failed_mail_of_a_lost_document(self):
        """The list of failures in the systray is read as superuser."""
        for record, shown in ((self.lead, False), (self.my_lead, True)):
            message = self.say(record, self.sale_b1).with_user(self.sale_b1).sudo()
            store = Store()
            message._message_notifications_to_store(store)
            self.assertEqual("Secret words" in str(store.get_result()), shown)

    def test_chat_goes_on(self):
        channel = (
            self.env["discuss.channel"]
            .with_user(self.sale_b1)
            ._get_or_create_chat([self.sale_a1.partner_id.id])
        )
        message = channel.message_post(body="Hello", message_type="comment")
        self.assertTrue(self.reads(self.sale_a1, message))

    def test_office_reads_of_customers_what_was_addressed_to_it(self):
        """Accountants read orders' and invoices' chatter, and of a customer's what is theirs."""
        order = self.make_order(self.secret, self.today)
        user = self.accountant
        self.assertTrue(self.reads(user, self.say(order, self.sale_a1)))
        self.assertFalse(self.reads(user, self.say(self.secret, self.sale_a1)))
        self.assertTrue(self.reads(user, self.say(self.secret, user)))
        self.assertTrue(self.reads(user, self.say(self.secret, self.sale_a1, to=[user])))
        self.assertTrue(self.reads(user, self.say(self.company.partner_id, self.sale_a1)))
        self.assertFalse(self.reads(user, self.say(self.lead, self.sale_a1, to=[user])))

    def test_activity_of_a_document_one_does_not_read(self):
        activity = self.lead.activity_schedule(
            "mail.mail_activity_data_todo", summary="Secret", user_id=self.sale_a1.id
        )
        activity.user_id = self.sale_b1
        # the lead had been opened to B for this work, and is closed again
        self.env["incom.customer.share"].search([("user_id", "=", self.sale_b1.id)]).action_end()
        self.env.flush_all()
        self.env.invalidate_all()
        of_b = self.env["mail.activity"].with_user(self.sale_b1)
        self.assertFalse(of_b.search([("id", "=", activity.id)]))
        with self.assertRaises(AccessError):
            activity.with_user(self.sale_b1).read(["summary", "res_name"])
        own = self.my_lead.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.sale_b1.id
        )
        self.assertTrue(of_b.search([("id", "=", own.id)]))
        free = self.env["mail.activity"].create({"summary": "Mine", "user_id": self.sale_b1.id})
        self.assertTrue(of_b.search([("id", "=", free.id)]))

    def test_followers(self):
        self.lead.message_subscribe(self.secret.ids)
        self.my_lead.message_subscribe((self.mine | self.secret).ids)
        self.env.flush_all()
        self.env.invalidate_all()
        followers = self.env["mail.followers"].with_user(self.sale_b1)
        on_leads = [("res_model", "=", "crm.lead")]
        found = followers.search([*on_leads, ("res_id", "in", (self.lead | self.my_lead).ids)])
        self.assertEqual(set(found.mapped("res_id")), {self.my_lead.id})
        self.assertNotIn(self.secret, found.sudo().partner_id)
        hidden = self.lead.message_follower_ids.with_user(self.sale_b1)
        with self.assertRaises(AccessError):
            hidden.read(["partner_id"])
        told = self.lead.with_user(self.sale_b1).message_get_followers()
        self.assertNotIn("mail.followers", told)

    def test_own_document_with_a_hidden_follower(self):
        """It opens, shows nobody hidden, and saving it drops nobody."""
        self.my_lead.message_subscribe((self.mine | self.secret).ids)
        self.my_lead.message_post(
            body="To all", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.env.flush_all()
        self.env.invalidate_all()
        of_b = self.my_lead.with_user(self.sale_b1)
        self.assertNotIn(self.secret.id, of_b.message_partner_ids.ids)
        self.assertIn(self.mine.id, of_b.message_partner_ids.ids)
        self.assertIn(self.mine.name, of_b.message_partner_ids.mapped("name"))
        self.env.invalidate_all()
        self.assertIn(self.secret, of_b.sudo().message_partner_ids)
        # what the system has in its cache is not shown either
        self.assertNotIn(self.secret.id, of_b.message_partner_ids.ids)
        colleague = self.leader_b.partner_id
        of_b.message_partner_ids = [Command.set([self.mine.id, colleague.id])]
        self.env.invalidate_all()
        self.assertLessEqual(self.mine | self.secret | colleague, self.my_lead.message_partner_ids)
        of_b.message_partner_ids = [Command.unlink(self.mine.id)]
        self.env.invalidate_all()
        self.assertIn(self.secret, self.my_lead.message_partner_ids)
        self.assertNotIn(self.mine, self.my_lead.message_partner_ids)

    def test_nobody_hidden_is_subscribed_or_written_to(self):
        of_b = self.my_lead.with_user(self.sale_b1)
        of_b.message_subscribe((self.secret | self.mine).ids)
        self.assertNotIn(self.secret, self.my_lead.message_partner_ids)
        self.assertIn(self.mine, self.my_lead.message_partner_ids)
        message = of_b.message_post(body="Hello", partner_ids=(self.secret | self.mine).ids)
        self.assertEqual(message.sudo().partner_ids, self.mine)

    def test_own_documents_customer_is_written_to(self):
        """A document handed over keeps its customer as recipient, who looks after him or not."""
        self.lead.user_id = self.sale_b1
        self.env.invalidate_all()
        of_b = self.lead.with_user(self.sale_b1)
        message = of_b.message_post(body="Hello", partner_ids=self.secret.ids)
        self.assertEqual(message.sudo().partner_ids, self.secret)

    def test_follower_who_does_not_read_gets_no_message(self):
        self.lead.message_subscribe((self.sale_b1 | self.sale_a2 | self.leader_a).partner_id.ids)
        message = self.lead.message_post(
            body="Secret", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(message.notification_ids.res_partner_id, self.leader_a.partner_id)

    def test_files(self):
        for record, seen in ((self.lead, False), (self.secret, False), (self.my_lead, True)):
            file = self.env["ir.attachment"].create(
                {"name": "f", "raw": b"x", "res_model": record._name, "res_id": record.id}
            )
            self.env.invalidate_all()
            of_b = self.env["ir.attachment"].with_user(self.sale_b1)
            self.assertEqual(bool(of_b.search([("id", "=", file.id)])), seen)
            self.assertEqual(of_b.browse(file.id).has_access("read"), seen)

    def test_files_of_a_customer_read_for_a_role(self):
        """An accountant has his own files there, and those sent to him: as with messages."""
        values = {"raw": b"x", "res_model": "res.partner", "res_id": self.secret.id}
        files = self.env["ir.attachment"]
        self.accountant.group_ids += self.env.ref("base.group_partner_manager")
        private = files.create({"name": "Contract", **values})
        own = files.with_user(self.accountant).create({"name": "Tax form", **values})
        sent = files.create({"name": "For the books", **values})
        self.secret.message_post(
            body="Please book", attachment_ids=sent.ids, partner_ids=self.accountant.partner_id.ids
        )
        order = self.make_order(self.secret, self.today)
        of_order = files.create(
            {"name": "Signed", "raw": b"x", "res_model": "sale.order", "res_id": order.id}
        )
        self.secret.image_1920 = PIXEL
        self.env.flush_all()
        self.env.invalidate_all()
        mine = files.with_user(self.accountant)
        everything = private | own | sent | of_order
        self.assertEqual(
            mine.search([("id", "in", everything.ids)]), (own | sent | of_order).with_env(mine.env)
        )
        for file in everything:
            with self.subTest(file=file.name):
                self.assertEqual(mine.browse(file.id).has_access("read"), file != private)
        self.assertTrue(self.secret.with_user(self.accountant).image_128)
        for user in (self.sale_a1, self.leader_a):
            self.assertTrue(private.with_user(user).has_access("read"))
        self.secret.write({"user_id": False, "supplier_rank": 1})
        self.env.invalidate_all()
        self.assertTrue(mine.browse(private.id).has_access("read"), "a supplier's")
