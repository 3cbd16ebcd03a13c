from odoo.tests import tagged

from odoo.addons.incom_crm.tests.bridge import SECRET, BridgeCommon


@tagged("post_install", "-at_install")
class TestCardIsolation(BridgeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["loyalty.program"].create(
            {"name": "Points", "program_type": "loyalty"}
        )

    def make_cards(self):
        return self.env["loyalty.card"].create(
            [
                {"program_id": self.program.id, "partner_id": partner.id}
                for partner in (self.customer, self.own, self.env["res.partner"])
            ]
        )

    def test_cards(self):
        hidden, own, free = self.make_cards()
        self.assertSeen(hidden, free, own)

    def test_coupons_go_with_their_order(self):
        hidden, own, _free = self.make_cards()
        for card, partner in ((hidden, self.customer), (own, self.own)):
            order = self.make_order(partner, self.today, user_id=partner.user_id.id)
            card.write({"partner_id": False, "order_id": order.id})
        self.assertSeen(hidden, own=own)

    def test_history(self):
        hidden, own, free = self.env["loyalty.history"].create(
            [
                {"card_id": card.id, "description": f"Order of {SECRET}", "issued": 3}
                for card in self.make_cards()
            ]
        )
        self.assertSeen(hidden, free, own)

    def test_points_of_orders(self):
        hidden, own = self.env["sale.order.coupon.points"].create(
            [
                {
                    "coupon_id": card.id,
                    "order_id": self.make_order(partner, self.today, user_id=partner.user_id.id).id,
                    "points": 3,
                }
                for card, partner in zip(self.make_cards(), (self.customer, self.own), strict=False)
            ]
        )
        self.assertSeen(hidden, own=own)
