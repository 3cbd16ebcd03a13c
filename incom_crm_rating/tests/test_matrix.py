from odoo.tests import tagged

from odoo.addons.incom_crm.tests.isolation import test_models, world

from ..models.incom_isolation import ISOLATED


@tagged("post_install", "-at_install")
class TestIsolatedRatings(test_models.TestIsolatedModels):
    isolated = ISOLATED

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hide(
            cls.env["rating.rating"].create(
                {
                    "res_model_id": cls.env["ir.model"]._get_id("sale.order"),
                    "res_id": cls.order.id,
                    "partner_id": cls.contact.id,
                    "rating": 5,
                    "feedback": f"{world.SECRET} is content",
                }
            )
        )
