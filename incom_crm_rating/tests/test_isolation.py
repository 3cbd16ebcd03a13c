from odoo.tests import tagged

from odoo.addons.incom_crm.tests.bridge import SECRET, BridgeCommon


@tagged("post_install", "-at_install")
class TestRatingIsolation(BridgeCommon):
    def test_ratings(self):
        rated = {"res_model_id": self.env["ir.model"]._get_id("res.partner"), "rating": 5}
        hidden, own, free = self.env["rating.rating"].create(
            [
                {**rated, "partner_id": partner.id, "res_id": self.company.partner_id.id, **values}
                for partner, values in (
                    (self.customer, {"feedback": f"{SECRET} is content"}),
                    (self.own, {}),
                    (self.env["res.partner"], {}),
                )
            ]
        )
        self.assertSeen(hidden, free, own)

    def test_who_was_rated_reads_it(self):
        rating = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.company.partner_id.id,
                "partner_id": self.customer.id,
                "rated_partner_id": self.sale_a2.partner_id.id,
            }
        )
        self.assertTrue(rating.with_user(self.sale_a2).has_access("read"))
