from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import Form

from .common import IncomCrmCommon


class HandoverCase(IncomCrmCommon):
    """Customers of A1 with all that goes along, and the wizard as a superior uses it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["incom.isolation"]._switch(True)
        cls.soon = fields.Datetime.now() + timedelta(days=2)

    def make_lead(self, partner, user=None, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Opportunity",
                "type": "opportunity",
                "partner_id": partner.id if partner else False,
                "user_id": (user or self.sale_a1).id,
                **values,
            }
        )

    def make_meeting(self, partner, user=None, **values):
        user = user or self.sale_a1
        return self.env["calendar.event"].create(
            {
                "name": "Visit",
                "user_id": user.id,
                "start": self.soon,
                "stop": self.soon + timedelta(hours=1),
                "partner_ids": [Command.set([user.partner_id.id, partner.id])],
                **values,
            }
        )

    def make_activity(self, record, user=None):
        return record.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.today,
            user_id=(user or self.sale_a1).id,
        )

    def make_world(self, name="Customer", user=None):
        """A customer with one of everything, followed by its salesperson."""
        user = user or self.sale_a1
        partner = self.make_customer(name, user)
        contact = self.env["res.partner"].create(
            {"name": f"{name}'s buyer", "parent_id": partner.id, "user_id": user.id}
        )
        lead = self.make_lead(contact, user)
        quotation = self.make_order(partner, self.today, state="draft", user_id=user.id)
        for record in (partner, lead, quotation):
            record.message_subscribe(user.partner_id.ids)
        return {
            "customer": partner,
            "contact": contact,
            "lead": lead,
            "quotation": quotation,
            "meeting": self.make_meeting(contact, user),
            "activity": self.make_activity(lead, user),
            "order": self.make_order(partner, self.days_ago(9), user_id=user.id),
        }

    def make_wizard(self, by=None, givers=None, to=None, **values):
        wizards = self.env["incom.handover.wizard"].with_user(by or self.leader_a)
        return wizards.create(
            {
                "giver_ids": [Command.set((self.sale_a1 if givers is None else givers).ids)],
                "receiver_ids": [Command.set((to or self.sale_a2).ids)],
                "reason": "Leaves at the end of the month",
                **values,
            }
        )

    def hand_over(self, **values):
        """The handover, as a superuser sees it."""
        action = self.make_wizard(**values).action_apply()
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["incom.handover"].browse(action["res_id"])

    def people_of(self, world):
        """Who is responsible for, attends and follows what."""
        self.env.invalidate_all()
        owners = {
            kind: world[kind].user_id
            for kind in ("customer", "contact", "lead", "quotation", "meeting", "activity", "order")
        }
        followers = {
            kind: world[kind].message_partner_ids.sorted("id")
            for kind in ("customer", "contact", "lead", "quotation")
        }
        return {
            **owners,
            "followers": followers,
            "guests": world["meeting"].partner_ids.sorted("id"),
        }

    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("incom_crm.ir_cron_handover").method_direct_trigger()
        self.env.invalidate_all()


class TestHandover(HandoverCase):
    def test_all_goes_along(self):
        world = self.make_world()
        handover = self.hand_over()
        self.assertEqual(handover.state, "done")
        people = self.people_of(world)
        for kind in ("customer", "contact", "lead", "quotation", "meeting", "activity"):
            self.assertEqual(people[kind], self.sale_a2, kind)
        self.assertEqual(people["order"], self.sale_a1, "a confirmed order stays whose it is")
        former, new = self.sale_a1.partner_id, self.sale_a2.partner_id
        self.assertNotIn(former, people["guests"])
        self.assertIn(new, people["guests"])
        for kind in ("customer", "lead", "quotation"):
            self.assertNotIn(former, people["followers"][kind], kind)
            self.assertIn(new, people["followers"][kind], kind)

    def test_preview_is_what_moves(self):
        for name in ("One", "Two", "Three"):
            self.make_world(name)
        self.make_lead(None)
        self.make_customer("Another's", self.sale_b1)
        wizard = self.make_wizard()
        shown = {
            "customer": wizard.customer_count,
            "lead": wizard.lead_count,
            "quotation": wizard.quotation_count,
            "activity": wizard.activity_count,
            "meeting": wizard.meeting_count,
        }
        self.assertEqual(
            shown, {"customer": 3, "lead": 4, "quotation": 3, "activity": 3, "meeting": 3}
        )
        self.assertEqual(len(wizard.customer_ids), 3)
        self.assertEqual((wizard.order_count, wizard.unmoved_count), (3, 0))
        handover = self.env["incom.handover"].browse(wizard.action_apply()["res_id"])
        moved = {
            kind: count
            for kind, count in self.env["incom.handover.line"]._read_group(
                [("handover_id", "=", handover.id), ("state", "=", "done")],
                ["kind"],
                ["__count"],
            )
        }
        self.assertEqual({kind: moved[kind] for kind in shown}, shown)

    def test_form(self):
        """The preview follows what is typed."""
        self.make_world()
        self.make_customer("Another's", self.sale_b1)
        with Form(self.env["incom.handover.wizard"].with_user(self.leader_a)) as form:
            self.assertEqual(form.customer_count, 0)
            form.giver_ids.add(self.sale_a1)
            form.receiver_ids.add(self.sale_a2)
            self.assertEqual((form.customer_count, form.lead_count), (1, 1))
            self.assertEqual(form.share_text, f"{self.sale_a2.name}: 1")
            form.leads = False
            self.assertEqual((form.customer_count, form.lead_count), (1, 0))
            form.reason = "Territory"
        action = form.record.action_apply()
        handover = self.env["incom.handover"].with_user(self.leader_a).browse(action["res_id"])
        self.assertEqual(handover.summary, "Customers: 1 · Quotations: 1 · Meetings: 1")
        self.assertIn("→", handover.display_name)

    def test_what_is_unchecked_stays(self):
        world = self.make_world()
        before = self.people_of(world)
        self.hand_over(leads=False, quotations=False, meetings=False)
        people = self.people_of(world)
        self.assertEqual(people["customer"], self.sale_a2)
        for kind in ("lead", "quotation", "meeting", "activity", "guests"):
            self.assertEqual(people[kind], before[kind], kind)

    def test_former_organiser_remains_a_guest(self):
        world = self.make_world()
        self.hand_over(leaves_meetings=False)
        people = self.people_of(world)
        self.assertEqual(people["meeting"], self.sale_a2)
        self.assertLessEqual((self.sale_a1 | self.sale_a2).partner_id, people["guests"])

    def test_only_the_former_owners_documents(self):
        world = self.make_world()
        colleagues = self.make_lead(world["customer"], self.sale_b1)
        won = self.make_lead(world["customer"])
        won.action_set_won()
        past = self.make_meeting(
            world["customer"],
            start=self.at(self.days_ago(2)),
            stop=self.at(self.days_ago(2), 11),
        )
        self.hand_over()
        self.assertEqual(colleagues.user_id, self.sale_b1)
        self.assertEqual(won.user_id, self.sale_a1)
        self.assertEqual(past.user_id, self.sale_a1)

    def test_territory(self):
        """By industry, whoever has them; a superior's territory reaches those below him only."""
        industry = self.env["res.partner.industry"].create({"name": "Packing"})
        mine, colleagues, others, unowned = (
            self.make_customer(name, user, industry_id=industry.id)
            for name, user in (
                ("Mine", self.sale_a1),
                ("Colleague's", self.leader_a),
                ("Other team's", self.sale_b1),
                ("Nobody's", self.sale_a1),
            )
        )
        unowned.user_id = False
        self.commit()
        elsewhere = self.make_customer("Elsewhere")
        lead = self.make_lead(None)
        handover = self.hand_over(
            givers=self.env["res.users"], industry_ids=[Command.set(industry.ids)]
        )
        self.assertEqual((mine | colleagues | unowned).user_id, self.sale_a2)
        self.assertEqual(others.user_id, self.sale_b1)
        self.assertEqual((elsewhere | lead.partner_id).user_id, self.sale_a1)
        self.assertEqual(lead.user_id, self.sale_a1, "a territory takes no lead without customer")
        self.assertEqual(handover.giver_ids, self.sale_a1 | self.leader_a)
        self.assertIn("Packing", handover.criteria)

    def test_region_state_level_and_tag(self):
        region = self.env["incom.region"].create({"name": "Far North"})
        state = self.env["res.country.state"].create(
            {
                "name": "Hà Giang 2",
                "code": "HG2",
                "country_id": self.env.ref("base.vn").id,
                "region_id": region.id,
            }
        )
        tag = self.env["res.partner.category"].create({"name": "Key"})
        customer = self.make_customer(
            "North", state_id=state.id, category_id=[Command.link(tag.id)]
        )
        self.make_customer("South")
        level = self.profile(customer).approach_level_id
        for choice in (
            {"region_ids": [Command.set(region.ids)]},
            {"state_ids": [Command.set(state.ids)]},
            {"category_ids": [Command.set(tag.ids)], "level_ids": [Command.set(level.ids)]},
        ):
            with self.subTest(choice=choice):
                wizard = self.make_wizard(givers=self.env["res.users"], **choice)
                self.assertEqual(wizard.customer_ids, customer)

    def test_picked_from_the_list(self):
        customers = self.make_customer("One") | self.make_customer("Two")
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": customers[0].id})
        wizard = (
            self.env["incom.handover.wizard"]
            .with_user(self.leader_a)
            .with_context(active_model="res.partner", active_ids=contact.ids)
            .create({"receiver_ids": [Command.set(self.sale_a2.ids)], "reason": "Lives next door"})
        )
        self.assertEqual(wizard.customer_ids, customers[0])
        wizard.action_apply()
        self.assertEqual(customers[0].user_id, self.sale_a2)
        self.assertEqual(customers[1].user_id, self.sale_a1)

    def test_dealt_out_evenly(self):
        """Among a team, alike in number and in worth: the big ones are dealt out first."""
        customers = [self.make_customer(f"Customer {number}") for number in range(7)]
        for number, customer in enumerate(customers):
            self.make_orders(customer, [20], amount=100.0 * (number + 1))
            self.profile(customer)
        team = self.env["crm.team"].create(
            {"name": "Team A", "member_ids": [Command.set((self.sale_a2 | self.sale_b1).ids)]}
        )
        wizard = self.make_wizard(to=self.sale_a2, team_id=team.id)
        self.assertEqual(wizard.receiver_ids, self.sale_a2, "only those below are proposed")
        receivers = self.sale_a2 | self.leader_a
        handover = self.hand_over(to=receivers)
        self.env["res.partner"].concat(*customers).invalidate_recordset()
        dealt = [customer.user_id for customer in reversed(customers)]
        self.assertEqual(dealt, [receivers[number % 2] for number in range(7)])
        self.assertEqual(handover.total_count, 7)

    def test_customer_tells_whose_he_was(self):
        customer = self.make_customer()
        isolation = self.env["incom.isolation"]

        def told(user, record=customer):
            return isolation.with_user(user).why_visible(record._name, record.id)["handover"]

        self.assertFalse(told(self.sale_a1))
        self.hand_over()
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": customer.id})
        for record in (customer, contact):
            self.assertRegex(told(self.sale_a2, record), r"^Handed over from sale_a1.* on \S+")
        customer.user_id = self.sale_b1
        self.assertFalse(told(self.sale_b1), "another way since")

    def test_nothing_to_hand_over(self):
        self.make_customer(user=self.sale_a2)
        for values, words in (
            ({}, "Nothing changes hands"),
            ({"givers": self.env["res.users"]}, "Say whose customers"),
            ({"reason": "  "}, "Give a reason"),
            ({"receiver_ids": [Command.clear()]}, "Say who gets"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.make_wizard(**values).action_apply()

    def test_receiver_is_at_work(self):
        self.make_customer()
        with self.assertRaisesRegex(UserError, "at work"):
            self.make_wizard(by=self.director, to=self.portal).action_apply()

    def test_no_company_of_the_receiver(self):
        """Who does not work in a company gets neither its customers nor its documents."""
        company = self.env["res.company"].create({"name": "Second"})
        self.sale_a1.company_ids |= company
        theirs = self.make_customer("Theirs", company_id=company.id)
        common = self.make_customer("Common")
        lead = self.make_lead(common, company_id=company.id, team_id=False)
        wizard = self.make_wizard(by=self.director)
        wizards = wizard.with_context(allowed_company_ids=(self.company | company).ids)
        self.director.company_ids |= company
        self.assertEqual((wizards.customer_count, wizards.unmoved_count), (1, 1))
        wizards.action_apply()
        self.assertEqual(theirs.user_id, self.sale_a1)
        self.assertEqual(common.user_id, self.sale_a2)
        self.assertEqual(lead.user_id, self.sale_a1)

    def test_silent(self):
        """No message, no tracking, no mail: the log tells it."""
        self.make_world()
        messages = self.env["mail.message"].search_count([])
        mails = self.env["mail.mail"].search_count([])
        wizard = self.make_wizard()
        speaking = dict.fromkeys(("tracking_disable", "mail_notrack", "mail_create_nolog"), False)
        wizard = wizard.with_context(**speaking)
        wizard.action_apply()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_profiles_follow(self):
        customer = self.make_world()["customer"]
        self.commit()
        self.clear_queue()
        self.hand_over()
        profile = self.env["incom.customer.profile"].search([("partner_id", "=", customer.id)])
        self.assertEqual(profile.user_id, self.sale_a2)
        self.assertIn(customer.id, self.queued())
