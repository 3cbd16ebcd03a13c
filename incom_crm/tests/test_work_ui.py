from datetime import timedelta

from odoo.tests import HttpCase, new_test_user, tagged

from ..engine.calendar import company_today

GROUPS = "sales_team.group_sale_salesman,base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestWorkTours(HttpCase):
    """Quick entry, overdue promises and the end of the day, on a desk."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.leader, cls.salesperson = (
            new_test_user(cls.env, login, groups=GROUPS, lang="en_US", email=f"{login}@example.com")
            for login in ("tour_leader", "tour_sales")
        )
        cls.salesperson.crm_manager_id = cls.leader
        cls.customer, _other = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "user_id": cls.salesperson.id,
                    "phone": phone,
                }
                for name, phone in (
                    ("Tour customer", "0903 777 888"),
                    ("Tour other", "0912 000 111"),
                )
            ]
        )
        cls.env.flush_all()
        cls.env["incom.customer.profile"]._refresh()
        cls.today = company_today(cls.env.company)

    def test_quick_entry(self):
        self.start_tour("/odoo/customer-list", "incom_crm_quick_entry", login="tour_sales")
        line = self.env["incom.interaction"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(
            (line.user_id, line.body), (self.salesperson, "They want samples of the new bag")
        )
        promise = self.customer.activity_ids
        self.assertEqual(
            (promise.activity_type_id, promise.summary),
            (self.env.ref("incom_crm.mail_activity_type_promise"), "Send samples"),
        )

    def test_quick_entry_on_a_form(self):
        customer = self.customer.with_user(self.salesperson)
        for summary, ago in (("Bring the catalogue", 3), ("Call the boss", 2)):
            promise = self.env["mail.activity"].browse(customer.incom_promise(summary, self.today))
            promise.date_deadline = self.today - timedelta(days=ago)
        self.start_tour(
            f"/odoo/customer-list/{self.customer.id}",
            "incom_crm_quick_entry_on_form",
            login="tour_sales",
        )
        self.assertIn("The printer is late", "".join(self.customer.message_ids.mapped("body")))
        self.assertEqual(self.customer.activity_ids.summary, "Bring the catalogue")

    def test_end_of_the_day(self):
        self.customer.with_user(self.salesperson).incom_write_down("Asked for a price")
        self.start_tour("/odoo/my-day", "incom_crm_day_report", login="tour_sales")
        report = self.env["incom.day.report"].search([("user_id", "=", self.salesperson.id)])
        self.assertTrue(report.closed)
        self.assertEqual(
            (report.note, report.help_text), ("Prices are the problem", "With the discount")
        )
        self.assertIn(self.leader.partner_id, report.message_ids.notified_partner_ids)


@tagged("post_install", "-at_install")
class TestWorkToursOnPhone(TestWorkTours):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True
