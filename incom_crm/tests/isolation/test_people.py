from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from ...engine.calendar import company_today
from .world import IsolationWorld


@tagged("post_install", "-at_install")
class TestPeople(IsolationWorld):
    """What follows from who is above whom, for how long, and what somebody's role is."""

    def sees(self, user, record=None, mode="read"):
        self.env.flush_all()
        self.env.invalidate_all()
        return (record or self.customer).with_user(user).has_access(mode)

    def test_superior_sees_an_archived_subordinate(self):
        self.sale_a1.active = False
        self.assertTrue(self.sees(self.leader_a))
        self.assertTrue(self.sees(self.leader_a, self.order))
        self.assertFalse(self.sees(self.leader_b))

    def end_openings(self):
        """A superior sees what is lent to those below him: here nothing is."""
        self.hidden["incom.customer.share"].action_end()
        self.hidden["incom.visibility.grant"].action_end()

    def test_who_moves_takes_his_customers_along(self):
        self.end_openings()
        self.sale_a1.crm_manager_id = self.leader_b
        self.assertFalse(self.sees(self.leader_a))
        self.assertFalse(self.sees(self.leader_a, self.lead))
        self.assertTrue(self.sees(self.leader_b))

    def test_move_counts_without_clearing_a_cache(self):
        """As after another worker's commit: the row is there, nothing was emptied here."""
        self.end_openings()
        self.assertTrue(self.sees(self.leader_a))
        with patch.object(type(self.env.registry), "clear_cache", lambda *_args: None):
            self.sale_a1.crm_manager_id = self.leader_b
        self.assertFalse(self.sees(self.leader_a))

    def test_stand_in_for_a_time(self):
        today = company_today(self.company)
        grant = self.env["incom.visibility.grant"].create(
            {
                "user_id": self.sale_b1.id,
                "target_id": self.leader_a.id,
                "mode": "read",
                "date_from": today - timedelta(days=3),
                "date_to": today - timedelta(days=1),
                "reason": "Holiday",
            }
        )
        self.assertFalse(self.sees(self.sale_b1))
        grant.date_to = today
        # the leader's whole tree, to read
        self.assertTrue(self.sees(self.sale_b1))
        self.assertTrue(self.sees(self.sale_b1, self.order))
        self.assertFalse(self.sees(self.sale_b1, mode="write"))
        grant.mode = "write"
        self.assertTrue(self.sees(self.sale_b1, mode="write"))
        grant.transitive = False
        self.assertFalse(self.sees(self.sale_b1))

    def test_loop_in_the_data_ends(self):
        """The screen refuses it; an import of old may hold one."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_users SET crm_manager_id = %s WHERE id = %s",
            [self.sale_a1.id, self.leader_a.id],
        )
        self.env["incom.visibility.event"]._changed()
        self.assertTrue(self.sees(self.leader_a))
        self.assertFalse(self.sees(self.leader_b))

    def test_other_company_stays_closed(self):
        """Who is above in the tree still works in his companies only."""
        other = self.env["res.company"].create({"name": "Other"})
        lead = self.env["crm.lead"].create(
            {"name": "Elsewhere", "user_id": self.sale_a1.id, "company_id": False, "team_id": False}
        )
        self.assertTrue(self.sees(self.leader_a, lead))
        self.sale_a1.company_ids |= other
        lead.company_id = other
        self.assertFalse(self.sees(self.leader_a, lead))

    def test_office_worker_sees_colleagues_alone(self):
        contacts = self.env["res.partner"].with_user(self.office).search([])
        self.assertTrue(contacts)
        self.assertFalse(contacts.sudo().filtered("owner_id"))

    def test_user_administrator_still_edits_users(self):
        administrator = self._user(
            "users_only", "base.group_erp_manager,base.group_partner_manager"
        )
        self.sale_a1.with_user(administrator).write({"email": "new@example.com"})
        self.assertEqual(self.sale_a1.partner_id.email, "new@example.com")

    def test_accountant_sees_money(self):
        for record in (self.customer, self.order, self.invoice, *self.hidden["account.payment"]):
            with self.subTest(model=record._name):
                self.assertTrue(self.sees(self.accountant, record))
        for record in (self.lead, self.event, self.interaction):
            with self.subTest(model=record._name):
                self.assertFalse(self.sees(self.accountant, record))

    def test_all_documents_mean_the_tree(self):
        wide = self.users["all_documents"]
        self.assertFalse(self.sees(wide, self.order))
        self.sale_a1.crm_manager_id = wide
        self.assertTrue(self.sees(wide, self.order))

    def test_back_office_reads_and_no_more(self):
        self.users["mixed"].group_ids |= self.env.ref("incom_crm.group_back_office")
        for record in (self.customer, self.order, self.invoice):
            with self.subTest(model=record._name):
                self.assertTrue(self.sees(self.users["mixed"], record))
        for record in (self.lead, self.event, self.interaction):
            with self.subTest(model=record._name):
                self.assertFalse(self.sees(self.users["mixed"], record))

    def test_switched_off_core_is_as_it_was(self):
        self.env["incom.isolation"]._switch(False)
        self.assertTrue(self.sees(self.sale_a2))
        self.assertFalse(self.sees(self.sale_a2, self.order))
        self.env["incom.isolation"]._switch(True)
        self.assertFalse(self.sees(self.sale_a2))

    def test_portal_reads_no_field_of_ours(self):
        """On the customer's own contact, as the customer, every field the addon adds is refused."""
        partner = self.customer_login.partner_id
        names = [
            name
            for name, field in partner._fields.items()
            if field._modules and set(field._modules) == {"incom_crm"}
        ]
        self.assertTrue(names)
        for name in names:
            with self.subTest(field=name), self.assertRaises(AccessError):
                partner.with_user(self.customer_login).read([name])

    def test_hand_over_leaves_nothing_behind(self):
        """Who gives a customer up keeps no contact, message or file; who gets it reads the past."""
        peer = self.users["peer"]
        self.customer.with_user(self.leader_a).user_id = peer
        self.env.flush_all()
        self.env.invalidate_all()
        on_customer = [("model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
        files = [("res_model", "=", "res.partner"), ("res_id", "=", self.customer.id)]
        contacts = [("commercial_partner_id", "=", self.customer.id)]
        for user, seen in ((self.sale_a1, False), (peer, True)):
            with self.subTest(user=user.login):
                env = self.env(user=user, context={})
                self.assertEqual(bool(env["res.partner"].search(contacts)), seen)
                self.assertEqual(bool(env["mail.message"].search(on_customer)), seen)
                self.assertEqual(bool(env["ir.attachment"].search(files)), seen)
        for record in (self.customer, self.order, self.invoice, self.interaction):
            with self.subTest(model=record._name):
                self.assertTrue(self.sees(peer, record))

    def test_drawing_a_colleague_in_opens_nothing(self):
        """Mentioned, made a follower, given work: refused, or the colleague gets no content."""
        peer = self.users["peer"]
        lead = self.lead.with_env(self.env(user=self.sale_a1, context={}))

        def mention():
            return lead.message_post(
                body=lead.name, partner_ids=peer.partner_id.ids, message_type="comment"
            )

        def follow():
            lead.message_subscribe(peer.partner_id.ids)
            return lead

        def work():
            return lead.activity_schedule(summary=lead.name, user_id=peer.id)

        for draw in (mention, follow, work):
            with self.subTest(way=draw.__name__):
                try:
                    opened = draw()
                except (AccessError, RedirectWarning, UserError):
                    continue
                self.assertFalse(self.sees(peer, opened))
                self.assertFalse(self.sees(peer, self.lead))
