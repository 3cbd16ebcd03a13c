from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models, world

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedRegistrations(test_models.TestIsolatedModels):
    """Everybody who sells also stands at the registration desk, or nothing would be readable."""

    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("event.group_event_registration_desk")
        for user in cls.users.values():
            if user.has_group("sales_team.group_sale_salesman"):
                user.group_ids = [Command.link(group.id)]
        now = fields.Datetime.now()
        fair = cls.env["event.event"].create(
            {"name": "Fair", "date_begin": now, "date_end": now + timedelta(days=1)}
        )
        cls.hide(
            cls.env["event.registration"].create(
                {
                    "event_id": fair.id,
                    "partner_id": cls.contact.id,
                    "name": f"Buyer of {world.SECRET}",
                    "email": world.SECRET_MAIL,
                }
            )
        )
