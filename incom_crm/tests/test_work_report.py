from datetime import date, datetime, timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import IncomCrmCommon

# Wednesday at noon in Viet Nam
NOW = datetime(2026, 6, 17, 5)
TODAY = NOW.date()
TODO = "mail.mail_activity_data_todo"
CALL = "mail.mail_activity_data_call"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestWorkReport(IncomCrmCommon):
    """One row per piece of work: kind, state and the day it counts on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = TODAY
        cls.env["incom.isolation"]._switch(True)
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Customer",
                "is_company": True,
                "user_id": cls.sale_a1.id,
                "industry_id": cls.env["res.partner.industry"].search([], limit=1).id,
            }
        )
        cls.contact = cls.env["res.partner"].create({"name": "Buyer", "parent_id": cls.customer.id})
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Machine",
                "type": "opportunity",
                "partner_id": cls.contact.id,
                "user_id": cls.sale_a1.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.commit()

    def plan(self, record, days, user=None, by=None, kind=TODO):
        """Work due in so many days, for ``user``, entered by ``by``."""
        user = user or self.sale_a1
        kind = self.env.ref(kind)
        return (
            self.env["mail.activity"]
            .with_user(by or user)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "activity_type_id": kind.id,
                    "summary": "Ask about the machine",
                    "user_id": user.id,
                    "date_deadline": TODAY + timedelta(days=days),
                }
            )
        )

    def meet(self, start, **values):
        return self.env["calendar.event"].create(
            {
                "name": "Demonstration",
                "user_id": self.sale_a1.id,
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.set([self.sale_a1.partner_id.id, self.contact.id])],
                **values,
            }
        )

    def rows(self, record, user=None):
        """The report's rows of a document, as a user sees them."""
        report = self.env["incom.work.report"].with_user(user or self.sale_a1)
        return report.search([("res_model", "=", record._name), ("res_id", "=", record.id)])

    def test_activities_by_deadline(self):
        for days, state in ((-1, "overdue"), (0, "today"), (1, "planned")):
            with self.subTest(days=days):
                activity = self.plan(self.lead, days)
                row = self.rows(self.lead)
                self.assertEqual((row.kind, row.state), ("care", state))
                self.assertEqual(row.date, TODAY + timedelta(days=days))
                self.assertEqual(row.activity_type_id, self.env.ref(TODO))
                self.assertEqual((row.partner_id, row.user_id), (self.customer, self.sale_a1))
                activity.sudo().unlink()
                self.env.invalidate_all()

    def test_row_knows_the_customer(self):
        self.plan(self.contact, 0)
        row = self.rows(self.contact)
        profile = self.customer.customer_profile_id
        self.assertTrue(profile.approach_level_id)
        self.assertEqual(row.approach_level_id, profile.approach_level_id)
        self.assertEqual(row.industry_id, self.customer.industry_id)
        self.assertEqual(row.company_id, self.company)
        self.assertEqual(row.customer_owner_id, self.sale_a1)

    def test_who_gave_it(self):
        """A directive is assigned, whatever it was made by; what the system makes is not."""
        own = self.plan(self.lead, 1)
        given = self.plan(self.customer, 1, by=self.leader_a)
        order = self.make_order(self.customer, TODAY, state="draft")
        made = self.plan(order, 1, by=self.leader_a)
        made.sudo().automated = True
        directive = self.plan(
            self.contact, 1, kind="incom_crm.mail_activity_type_directive", by=self.sale_a1
        )
        for activity, kind in (
            (own, "care"),
            (given, "assigned"),
            (made, "care"),
            (directive, "assigned"),
        ):
            record = self.env[activity.res_model].browse(activity.res_id)
            with self.subTest(model=record._name):
                rows = self.rows(record).filtered(lambda row: row.kind != "quotation")
                self.assertEqual(rows.kind, kind)

    def test_done_activity_counts_on_the_local_day(self):
        """Done at half past five in the morning: in UTC that is the day before."""
        early = datetime(2026, 6, 15, 22, 30)
        for feedback in ("Wants two of them", False):
            with self.subTest(feedback=feedback), freeze_time(early):
                activity = self.plan(self.lead, 3, kind=CALL)
                activity.action_feedback(feedback=feedback)
                self.env.flush_all()
                self.env.cr.execute(
                    "UPDATE mail_activity SET write_date = %s WHERE id = %s", [early, activity.id]
                )
            self.env.invalidate_all()
            row = self.rows(self.lead).filtered(lambda row, id=activity.id: row.id == 3 * id)
            self.assertEqual((row.state, row.date), ("done", date(2026, 6, 16)))

    def test_meetings_by_outcome_and_day(self):
        tomorrow = NOW + timedelta(days=1)
        for values, expected in (
            ({"start": tomorrow}, ("planned", date(2026, 6, 18))),
            ({"start": NOW - timedelta(hours=4)}, ("today", TODAY)),
            # eleven in the evening UTC is the next morning
            ({"start": datetime(2026, 6, 15, 23)}, ("overdue", date(2026, 6, 16))),
            (
                {"start": NOW - timedelta(days=2), "meeting_outcome": "held"},
                ("done", date(2026, 6, 15)),
            ),
            (
                {"start": NOW - timedelta(days=2), "meeting_outcome": "not_held"},
                ("cancelled", date(2026, 6, 15)),
            ),
            ({"start": tomorrow, "meeting_outcome": "cancelled"}, ("cancelled", date(2026, 6, 18))),
        ):
            with self.subTest(expected=expected):
                row = self.rows(self.meet(**values))
                self.assertEqual((row.kind, row.state, row.date), ("meeting", *expected))
                self.assertEqual(row.partner_id, self.customer)

    def test_all_day_meeting_bears_its_date(self):
        event = self.meet(NOW, allday=True, start_date="2026-06-19", stop_date="2026-06-19")
        self.assertEqual(self.rows(event).date, date(2026, 6, 19))

    def test_a_meeting_and_its_activity_are_one_piece(self):
        event = self.meet(
            NOW + timedelta(days=1),
            res_model_id=self.env["ir.model"]._get_id("crm.lead"),
            res_id=self.lead.id,
        )
        self.assertTrue(event.activity_ids)
        self.assertEqual(len(self.rows(event)), 1)
        self.assertFalse(self.rows(self.lead))

    def test_private_and_internal_meetings_are_no_rows(self):
        private = self.meet(NOW, privacy="private")
        internal = self.meet(NOW, partner_ids=[Command.set(self.leader_a.partner_id.ids)])
        by_default = self.meet(NOW)
        self.assertTrue(self.rows(by_default))
        self.sale_a1.with_user(self.sale_a1).calendar_default_privacy = "private"
        self.env.flush_all()
        for event in (private, internal, by_default):
            for user in (self.sale_a1, self.leader_a, self.director):
                with self.subTest(event=event, user=user.login):
                    self.assertFalse(self.rows(event, user))

    def test_quotations_by_state(self):
        for state, validity, expected in (
            ("draft", False, "planned"),
            ("sent", TODAY + timedelta(days=1), "planned"),
            ("sent", TODAY, "today"),
            ("sent", TODAY - timedelta(days=1), "overdue"),
            ("sale", TODAY - timedelta(days=1), "done"),
            ("cancel", TODAY + timedelta(days=1), "cancelled"),
        ):
            with self.subTest(state=state, validity=validity):
                order = self.make_order(
                    self.contact, datetime(2026, 6, 9, 18), state=state, user_id=self.sale_a1.id
                )
                order.validity_date = validity
                row = self.rows(order)
                self.assertEqual((row.kind, row.state), ("quotation", expected))
                # one in the morning, there
                self.assertEqual(row.date, date(2026, 6, 10))

    def test_only_what_is_on_a_customer(self):
        supplier = self.env["res.partner"].create({"name": "Supplier", "is_company": True})
        colleague = self.leader_a.partner_id
        for record in (supplier, colleague, self.product):
            self.plan(record, 0, by=self.env.user)
            with self.subTest(record=record.display_name):
                self.assertFalse(self.rows(record, self.director))

    def test_read_by_who_sees_the_customer(self):
        self.plan(self.lead, 0)
        event = self.meet(NOW)
        for record in (self.lead, event):
            for user, sees in (
                (self.sale_a1, True),
                (self.leader_a, True),
                (self.director, True),
                (self.sale_a2, False),
                (self.leader_b, False),
            ):
                with self.subTest(model=record._name, user=user.login):
                    self.assertEqual(bool(self.rows(record, user)), sees)

    def test_handed_over_customers_take_their_work_along(self):
        """Who had the customer before no longer reads even what he did himself."""
        self.plan(self.lead, -3).action_feedback(feedback="Wants two of them")
        event = self.meet(NOW - timedelta(days=3), meeting_outcome="held")
        self.customer.user_id = self.lead.user_id = self.sale_b1
        self.commit()
        for record in (self.lead, event):
            self.assertFalse(self.rows(record, self.sale_a1))
            self.assertTrue(self.rows(record, self.director))
        self.assertTrue(self.rows(self.lead, self.sale_b1))
        self.assertFalse(self.rows(event, self.sale_b1), "a meeting is its organiser's")

    def test_row_opens_its_document(self):
        self.plan(self.lead, 0)
        event, order = self.meet(NOW), self.make_order(self.customer, TODAY, state="draft")
        for record in (self.lead, event, order):
            action = self.rows(record)[:1].action_open_document()
            self.assertEqual((action["res_model"], action["res_id"]), (record._name, record.id))

    def test_grouped(self):
        self.plan(self.lead, 0)
        self.plan(self.customer, -1)
        self.meet(NOW)
        report = self.env["incom.work.report"].with_user(self.sale_a1)
        rows = report._read_group([], ["kind", "state"], ["__count"])
        self.assertEqual(
            {(kind, state): count for kind, state, count in rows},
            {("care", "today"): 1, ("care", "overdue"): 1, ("meeting", "today"): 1},
        )
        by_month = report._read_group([], ["date:month", "user_id"], ["__count"])
        self.assertEqual(by_month, [(date(2026, 6, 1), self.sale_a1, 3)])

    def test_days_of_an_opportunity_in_its_stage(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": f"Machine {days}", "type": "opportunity", "user_id": self.sale_a2.id}
                for days in (2, 4)
            ]
        )
        for lead, days in zip(leads, (2, 4), strict=True):
            lead.date_last_stage_update = NOW - timedelta(days=days, hours=5)
        won = leads[0].copy({"name": "Won"})
        won.action_set_won()
        won.date_last_stage_update = NOW - timedelta(days=30)
        self.assertEqual((leads | won).mapped("stage_age"), [2, 4, 0])
        mine = [("id", "in", (leads | won).ids)]
        [(average,)] = leads.with_user(self.sale_a2)._read_group(mine, [], ["stage_age:avg"])
        self.assertEqual(average, 3)
