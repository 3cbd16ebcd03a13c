from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models, world

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedCards(test_models.TestIsolatedModels):
    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        program = cls.env["loyalty.program"].create({"name": "Points", "program_type": "loyalty"})
        card = cls.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": cls.contact.id}
        )
        history = cls.env["loyalty.history"].create(
            {"card_id": card.id, "description": f"Order of {world.SECRET}", "issued": 3}
        )
        points = cls.env["sale.order.coupon.points"].create(
            {"coupon_id": card.id, "order_id": cls.order.id, "points": 3}
        )
        cls.hide(card, history, points)
