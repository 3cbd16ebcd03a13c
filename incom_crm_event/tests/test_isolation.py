from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.incom_crm.tests.bridge import SECRET, BridgeCommon


@tagged("post_install", "-at_install")
class TestRegistrationIsolation(BridgeCommon):
    groups = ("event.group_event_registration_desk",)

    def test_registrations(self):
        now = fields.Datetime.now()
        fair = self.env["event.event"].create(
            {"name": "Fair", "date_begin": now, "date_end": now + timedelta(days=1)}
        )
        hidden, own, free = self.env["event.registration"].create(
            [
                {"event_id": fair.id, "partner_id": partner.id, "name": f"Buyer of {SECRET}"}
                for partner in (self.customer, self.own, self.env["res.partner"])
            ]
        )
        self.assertSeen(hidden, free, own)

    def test_the_registration_desk_sees_all(self):
        desk = self._user("desk", self.groups[0])
        now = fields.Datetime.now()
        fair = self.env["event.event"].create(
            {"name": "Fair", "date_begin": now, "date_end": now + timedelta(days=1)}
        )
        registration = self.env["event.registration"].create(
            {"event_id": fair.id, "partner_id": self.customer.id}
        )
        self.assertTrue(registration.with_user(desk).has_access("read"))
