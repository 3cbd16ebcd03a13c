from datetime import timedelta

from odoo import Command
from odoo.tests import Form, tagged

from odoo.addons.incom_crm.tests.common import IncomCrmCommon


class GoodsCase(IncomCrmCommon):
    """A customer, and goods in the warehouse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.env["product.product"].create(
            {"name": "Sack", "is_storable": True, "list_price": 10.0, "taxes_id": [Command.clear()]}
        )
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(cls.goods, warehouse.lot_stock_id, 999.0)
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        cls.customer = cls.env["res.partner"].create(
            {"name": "Customer", "is_company": True, "user_id": cls.sale_a1.id}
        )

    def order(self, quantity=10.0, **values):
        """A confirmed order of today for goods."""
        line = {"product_id": self.goods.id, "product_uom_qty": quantity, **values}
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        )
        order.action_confirm()
        return order

    def deliver(self, order):
        picking = order.picking_ids.filtered(lambda one: one.state != "done")
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def give_back(self, picking, quantity, to_refund=True):
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        wizard.product_return_moves.to_refund = to_refund
        returned = wizard._create_return()
        returned.move_ids.picked = True
        returned._action_done()
        return returned


@tagged("post_install", "-at_install")
class TestGoods(GoodsCase):
    """Deliveries and returns, as the warehouse knows them."""

    def assertGoods(self, value, count=1):
        profile = self.profile(self.customer)
        profile.invalidate_recordset()
        self.assertEqual((profile.goods_this_month, profile.purchase_count), (value, count))
        found = self.env["res.partner"].search(
            [("id", "=", self.customer.id), ("goods_this_month", "=", value)]
        )
        self.assertEqual(found, self.customer)

    def test_ordered_delivered_returned(self):
        order = self.order()
        self.assertGoods("not_taken")
        picking = self.deliver(order)
        self.assertGoods("taken")
        self.give_back(picking, 9.0)
        self.assertGoods("taken")
        self.give_back(picking, 1.0)
        self.assertGoods("not_taken", count=0)

    def test_limit_of_a_return(self):
        """Orders returned ≥ 95 % are no purchases; ten dozen are returned in pieces."""
        order = self.order(quantity=10.0, product_uom_id=self.dozen.id)
        picking = self.deliver(order)
        self.give_back(picking, 113.0)
        self.assertGoods("taken")
        self.give_back(picking, 1.0)
        self.assertGoods("taken", count=0)
        self.assertEqual(self.profile(self.customer).revenue_12m, 0)

    def test_return_that_is_replaced(self):
        """Goods exchanged are not taken off the order: the purchase stands."""
        picking = self.deliver(self.order())
        self.give_back(picking, 10.0, to_refund=False)
        self.assertGoods("not_taken")

    def test_return_that_is_not_done(self):
        picking = self.deliver(self.order())
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 10.0
        wizard._create_return()
        self.assertGoods("taken")

    def test_last_month_is_not_this_month(self):
        picking = self.deliver(self.order())
        last_month = self.today.replace(day=1) - timedelta(days=1)
        picking.move_ids.date = self.at(last_month, 23)
        self.assertGoods("not_taken")
        picking.move_ids.date = self.at(self.today.replace(day=1), 0)
        self.assertGoods("taken")

    def test_delivery_without_an_order(self):
        location = self.env.ref("stock.stock_location_customers")
        picking_type = self.env["stock.picking.type"].search(
            [("code", "=", "outgoing"), ("company_id", "=", self.company.id)], limit=1
        )
        picking = self.env["stock.picking"].create(
            {
                "partner_id": self.customer.id,
                "picking_type_id": picking_type.id,
                "location_id": picking_type.default_location_src_id.id,
                "location_dest_id": location.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.goods.id,
                            "product_uom_qty": 3.0,
                            "location_id": picking_type.default_location_src_id.id,
                            "location_dest_id": location.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.write({"quantity": 3.0, "picked": True})
        picking._action_done()
        self.assertGoods("taken", count=0)

    def test_goods_touch_their_customer(self):
        order = self.order()
        self.clear_queue()
        picking = self.deliver(order)
        self.assertIn(self.customer.id, self.queued())
        self.clear_queue()
        self.give_back(picking, 10.0)
        self.assertIn(self.customer.id, self.queued())
        self.clear_queue()
        picking.move_line_ids.quantity = 8.0
        self.assertIn(self.customer.id, self.queued())

    def test_rebuild_equals_single(self):
        picking = self.deliver(self.order())
        self.give_back(picking, 10.0)
        self.assertEqual(self.profile(self.customer).purchase_count, 0)
        self.assertEqual(self.env["incom.customer.profile"]._refresh(), 0)


@tagged("post_install", "-at_install")
class TestWorkOnDeliveries(GoodsCase):
    """Deliveries are customers' documents: work on them and what was done on them."""

    def test_open_work_raises_the_alert(self):
        picking = self.order().picking_ids
        activity = picking.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.days_ago(10),
            user_id=self.sale_a1.id,
        )
        profile = self.profile(self.customer)
        self.assertEqual(profile.activity_due_from, activity.date_deadline)
        self.assertEqual(profile.care_alert, "missed")

    def test_delivery_that_gets_its_customer(self):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.env["stock.picking.type"]
                .search([("code", "=", "outgoing"), ("company_id", "=", self.company.id)], limit=1)
                .id
            }
        )
        picking.with_user(self.sale_a1).sudo().message_post(
            body="They come and fetch it on Monday",
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        diary = self.env["incom.interaction"]
        self.assertFalse(diary.search([("partner_id", "=", self.customer.id)]))
        with Form(picking) as form:
            form.partner_id = self.customer
        self.env.cr.flush()
        self.assertEqual(diary.search([("partner_id", "=", self.customer.id)]).grade, "content")
