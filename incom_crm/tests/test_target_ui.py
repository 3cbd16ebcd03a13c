from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTargetTour(HttpCase):
    """From setting targets for a team to what was counted towards one."""

    def test_target(self):
        self.env["res.lang"]._activate_lang("en_US")
        groups = "sales_team.group_sale_salesman"
        leader, seller = (
            new_test_user(self.env, login, groups=groups, lang="en_US")
            for login in ("leader", "seller")
        )
        seller.crm_manager_id = leader
        customer = self.env["res.partner"].create(
            {"name": "Tour target", "is_company": True, "user_id": seller.id}
        )
        self.env["incom.interaction"].create(
            {
                "partner_id": customer.id,
                "user_id": seller.id,
                "company_id": self.env.company.id,
                "date": fields.Datetime.now(),
                "channel": "phone",
                "direction": "out",
                "grade": "two_way",
                "body": "Spoke with the buyer",
            }
        )
        self.start_tour("/odoo/targets", "incom_crm_target", login=leader.login)
        target = self.env["incom.target"].search([("user_id", "=", seller.id)])
        self.assertEqual((target.metric, target.value, target.create_uid), ("calls", 4, leader))
