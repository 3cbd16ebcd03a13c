from odoo.tests import tagged

from .browser import BrowserCase
from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestCockpitTours(IncomCrmCommon, BrowserCase):
    """The cockpit of each role on a desk: through its numbers and back, and what is done at once."""

    browser_size = "1366x768"

    def setUp(self):
        super().setUp()
        self.late = self._customer("Tour late", self.sale_a1, last_order=28)
        self.regular = self._customer("Tour regular", self.sale_a1, last_order=5)
        self._customer("Tour of another", self.sale_b1, last_order=5)
        self.env.flush_all()
        self.env["incom.customer.profile"]._refresh()

    def _customer(self, name, user, last_order):
        """A customer who orders every 20 days, the last time ``last_order`` days ago."""
        customer = self.make_customer(name, user, phone="0903 111 222")
        self.make_orders(customer, range(last_order, last_order + 120, 20))
        return customer

    def tour(self, role, user):
        self.start_tour("/odoo/customer-care", f"incom_crm_cockpit_{role}", login=user.login)

    def test_salesperson(self):
        self.tour("salesperson", self.sale_a1)
        snooze = self.late.customer_pin_ids
        self.assertEqual((snooze.kind, snooze.reason), ("snooze", "Back next week"))
        report = self.env["incom.day.report"].search([("user_id", "=", self.sale_a1.id)])
        self.assertEqual((report.note, report.closed), ("A calm day", True))

    def test_leader(self):
        self.tour("leader", self.leader_a)

    def test_director(self):
        self.tour("director", self.director)


@tagged("post_install", "-at_install")
class TestCockpitToursOnPhone(TestCockpitTours):
    """The same on a phone."""

    browser_size = "390x844"
    touch_enabled = True
