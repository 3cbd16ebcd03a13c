from odoo import Command
from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models, world

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedMailings(test_models.TestIsolatedModels):
    """Everybody who sells also writes mailings, or nothing of them would be readable at all."""

    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("mass_mailing.group_mass_mailing_user")
        for user in cls.users.values():
            if user.has_group("sales_team.group_sale_salesman"):
                user.group_ids = [Command.link(group.id)]
        victim = cls.env(user=cls.sale_a1)
        friends = victim["mailing.list"].create({"name": f"Friends of {world.SECRET}"})
        contact = victim["mailing.contact"].create(
            {
                "name": f"Buyer of {world.SECRET}",
                "email": world.SECRET_MAIL,
                "list_ids": [Command.set(friends.ids)],
            }
        )
        mailing = victim["mailing.mailing"].create(
            {
                "subject": f"For {world.SECRET}",
                "mailing_model_id": cls.env["ir.model"]._get_id("mailing.list"),
                "contact_list_ids": [Command.set(friends.ids)],
                "body_html": "<p>Hello</p>",
            }
        )
        mailing.action_send_mail()
        records = (friends, contact, contact.subscription_ids, mailing, mailing.mailing_trace_ids)
        cls.hide(*(record.sudo() for record in records))
