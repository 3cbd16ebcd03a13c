from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestShareTour(HttpCase):
    """Sharing from a customer's form, on a desk; the reason on a phone as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        groups = "sales_team.group_sale_salesman,base.group_partner_manager"
        cls.salesperson, cls.colleague = (
            new_test_user(cls.env, login, groups=groups, lang="en_US")
            for login in ("salesperson", "colleague")
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Tour shared", "is_company": True, "user_id": cls.salesperson.id}
        )

    def tour(self, name):
        self.start_tour(
            f"/odoo/customer-list/{self.customer.id}", name, login=self.salesperson.login
        )

    def test_share(self):
        self.tour("incom_crm_customer_share")
        share = self.env["incom.customer.share"].with_context(active_test=False).search([])
        self.assertEqual((share.partner_id, share.user_id), (self.customer, self.colleague))
        self.assertEqual((share.active, share.ended_by_id), (False, self.salesperson))

    def test_preferences_offer_a_stand_in(self):
        view = self.env.ref("base.view_users_form_simple_modif")
        arch = self.env["res.users"].with_user(self.salesperson).get_view(view.id)["arch"]
        self.assertIn("My Stand-in", arch)
        office = new_test_user(self.env, "office_only", groups="base.group_user")
        arch = self.env["res.users"].with_user(office).get_view(view.id)["arch"]
        self.assertNotIn("My Stand-in", arch)


@tagged("post_install", "-at_install")
class TestShareTourOnPhone(TestShareTour):
    browser_size = "390x844"
    touch_enabled = True

    def test_share(self):
        self.tour("incom_crm_why_visible")
