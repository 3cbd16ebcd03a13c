from odoo.tests import tagged

from odoo.addons.incom_crm.tests.common import SALES_GROUPS, IncomCrmCommon


@tagged("post_install", "-at_install")
class TestEmployees(IncomCrmCommon):
    """What the personnel files say about who works for whom, and whose contacts employees are."""

    def hire(self, name, user=None, manager=None):
        return self.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user and user.id,
                "parent_id": manager and manager.id,
            }
        )

    def superior(self, user):
        proposed = self.env["incom.isolation.proposal"]._proposed_superiors()
        return proposed.get(user, (self.env["res.users"], ""))

    # -- the proposal -----------------------------------------------------------------------------

    def test_manager_is_proposed_with_the_reason(self):
        manager = self.hire("Lan", self.leader_b)
        self.hire("Minh", self.sale_a1, manager)
        superior, why = self.superior(self.sale_a1)
        self.assertEqual(superior, self.leader_b)
        self.assertIn("Minh", why)

    def test_managers_without_login_are_passed_over(self):
        top = self.hire("Lan", self.director)
        between = self.hire("Hoa", manager=top)
        self.hire("Minh", self.sale_a1, between)
        self.assertEqual(self.superior(self.sale_a1)[0], self.director)

    def test_managers_who_left_are_passed_over(self):
        top = self.hire("Lan", self.director)
        left = self.hire("Hoa", self.leader_a, top)
        self.hire("Minh", self.sale_a1, left)
        self.leader_a.active = False
        self.assertEqual(self.superior(self.sale_a1)[0], self.director)

    def test_nobody_above_proposes_nobody(self):
        self.hire("Minh", self.sale_a1, self.hire("Hoa"))
        self.assertFalse(self.superior(self.sale_a1)[0])

    def test_files_go_before_teams(self):
        self.env["crm.team"].create(
            {"name": "North", "user_id": self.leader_a.id, "member_ids": self.sale_b1.ids}
        )
        self.assertEqual(self.superior(self.sale_b1)[0], self.leader_a)
        self.hire("Minh", self.sale_b1, self.hire("Lan", self.leader_b))
        self.assertEqual(self.superior(self.sale_b1)[0], self.leader_b)

    # -- contacts of employees --------------------------------------------------------------------

    def test_employees_without_login_are_colleagues(self):
        """Also for staff of human resources who sell."""
        seller = self._user("hr_and_sale", f"{SALES_GROUPS},hr.group_hr_user")
        contact = self.hire("Hoa").work_contact_id
        for user in (self.sale_a1, self.office, seller):
            with self.subTest(user=user.login):
                self.assertTrue(contact.with_user(user).has_access("read"))

    def test_staff_keep_every_contact_unless_they_sell(self):
        customer = self.make_customer(user=self.sale_b1)
        staff = self._user("hr_staff", "hr.group_hr_user")
        seller = self._user("hr_and_sale", f"{SALES_GROUPS},hr.group_hr_user")
        self.assertTrue(customer.with_user(staff).has_access("read"))
        self.assertFalse(customer.with_user(seller).has_access("read"))
