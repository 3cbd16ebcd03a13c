from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestPutOff(IncomCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create(
            {"name": "Silent", "is_company": True, "user_id": cls.sale_a1.id}
        )

    def put_off(self, until, reason="On holiday", user=None, customer=None):
        customer = customer or self.customer
        return customer.with_user(user or self.sale_a1).incom_put_off(until, reason)

    def test_decision(self):
        until = self.today + timedelta(days=7)
        pin = self.env["incom.customer.pin"].browse(
            self.put_off(until.isoformat(), "  On holiday ")
        )
        self.assertEqual((pin.kind, pin.until, pin.reason), ("snooze", until, "On holiday"))
        self.assertEqual((pin.user_id, pin.partner_id), (self.sale_a1, self.customer))
        self.assertEqual(self.profile(self.customer).care_alert, "ok")

    def test_contact_means_its_customer(self):
        contact = self.env["res.partner"].create({"name": "Lan", "parent_id": self.customer.id})
        pin_id = self.put_off(self.today + timedelta(days=7), customer=contact)
        self.assertEqual(self.env["incom.customer.pin"].browse(pin_id).partner_id, self.customer)

    def test_refused(self):
        for until in (False, None, "", "tomorrow", "2024-13-40", 7, [], True):
            with self.assertRaises(UserError, msg=until):
                self.put_off(until)
        tomorrow = self.today + timedelta(days=1)
        for reason in (False, None, "", "  ", 7, "a\0b"):
            with self.assertRaises(UserError, msg=reason):
                self.put_off(tomorrow, reason)
        for days in (-1, 0, 31):
            with self.assertRaises(ValidationError, msg=days):
                self.put_off(self.today + timedelta(days=days))
        with self.assertRaises(UserError):
            self.env["res.partner"].with_user(self.sale_a1).incom_put_off(tomorrow, "Nobody")

    def test_colleague(self):
        for user in (self.sale_a2, self.office):
            with self.assertRaises(AccessError, msg=user.login):
                self.put_off(self.today + timedelta(days=1), user=user)

    def test_second_time_is_for_the_superior(self):
        self.put_off(self.today + timedelta(days=7))
        with self.assertRaises(AccessError):
            self.put_off(self.today + timedelta(days=9))
        self.assertTrue(self.put_off(self.today + timedelta(days=9), user=self.leader_a))
