from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.incom_crm.tests.common import SALES_GROUPS, IncomCrmCommon

SECRET = "Quokka"
GOODS = ("stock.picking", "stock.move", "stock.move.line", "stock.reference")


@tagged("post_install", "-at_install")
class TestGoodsIsolation(IncomCrmCommon):
    """Deliveries are seen with the order they are for, on every step of the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.env["product.product"].create(
            {"name": "Sack", "is_storable": True, "list_price": 10.0}
        )
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.warehouse.delivery_steps = "pick_ship"
        cls.env["stock.quant"]._update_available_quantity(
            cls.goods, cls.warehouse.lot_stock_id, 100.0
        )
        cls.mixed = cls._user(
            "sale_and_stock",
            f"{SALES_GROUPS},stock.group_stock_user,account.group_account_invoice,"
            "purchase.group_purchase_user",
        )
        cls.storekeeper = cls._user("storekeeper", "stock.group_stock_user")
        cls.mixed.crm_manager_id = cls.leader_a

    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(f"{SECRET} Ltd", self.sale_a1)
        self.order = self.order_of(self.customer, self.sale_a1, quantity=30)
        self.deliveries = (
            self.order.picking_ids | self.order.stock_reference_ids.move_ids.picking_id
        )

    def order_of(self, customer, user, quantity=1, confirm=True):
        order = self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "user_id": user.id,
                "order_line": [
                    Command.create({"product_id": self.goods.id, "product_uom_qty": quantity})
                ],
            }
        )
        if confirm:
            order.action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        return order

    def records(self, model, user):
        """What a user sees of the order's goods."""
        moves = self.deliveries.move_ids
        ids = {
            "stock.picking": self.deliveries.ids,
            "stock.move": moves.ids,
            "stock.move.line": moves.move_line_ids.ids,
            "stock.reference": moves.reference_ids.ids,
        }[model]
        self.assertTrue(ids, model)
        self.env.invalidate_all()
        return self.env[model].with_user(user).search([("id", "in", ids)]), ids

    def test_who_sees_the_goods(self):
        cases = (
            *((user, True) for user in (self.sale_a1, self.leader_a, self.director)),
            *((user, False) for user in (self.sale_a2, self.leader_b, self.mixed)),
        )
        for user, sees in cases:
            for model in GOODS:
                with self.subTest(user=user.login, model=model):
                    # lines and references are open to every internal user in core
                    seen, ids = self.records(model, user)
                    self.assertEqual(sorted(seen.ids), sorted(ids) if sees else [])

    def test_storekeepers_see_all(self):
        for model in GOODS:
            with self.subTest(model=model):
                seen, ids = self.records(model, self.storekeeper)
                self.assertEqual(sorted(seen.ids), sorted(ids))

    def test_reading_by_number_names_nothing(self):
        for records in (self.deliveries, self.deliveries.move_ids):
            with self.assertRaises(AccessError) as refusal:
                records.with_user(self.sale_a2).read(["partner_id"])
            self.assertNotIn(SECRET, str(refusal.exception))

    def test_every_step_knows_its_order(self):
        kinds = set(self.deliveries.mapped("picking_type_code"))
        self.assertTrue(kinds - {"outgoing"})
        for goods in (*self.deliveries, *self.deliveries.move_ids):
            self.assertEqual(goods.customer_order_id, self.order)

    def test_what_is_bought_for_an_order_knows_it(self):
        """Goods on their way to the warehouse name the order they were asked for, not its line."""
        move = self.env["stock.move"].create(
            {
                "product_id": self.goods.id,
                "product_uom_qty": 3,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "reference_ids": [Command.set(self.deliveries.move_ids.reference_ids.ids)],
            }
        )
        move._action_confirm()
        self.assertEqual((move | move.picking_id.move_ids).customer_order_id, self.order)
        self.assertEqual(move.picking_id.customer_order_id, self.order)
        for user, sees in ((self.sale_a1, True), (self.sale_a2, False)):
            for goods in (move, move.picking_id):
                self.assertEqual(goods.with_user(user).has_access("read"), sees)
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_move SET customer_order_id = NULL")
        self.env.cr.execute("UPDATE stock_picking SET customer_order_id = NULL")
        move._fill_customer_order_id()
        move.picking_id._fill_customer_order_id()
        self.env.invalidate_all()
        self.assertEqual(move.customer_order_id, self.order)
        self.assertEqual(move.picking_id.customer_order_id, self.order)

    def test_history_is_filled_like_the_compute(self):
        """What the statements of an installation write is what the compute says."""
        for records in (self.deliveries, self.deliveries.move_ids):
            with self.subTest(model=records._name):
                self.env.flush_all()
                self.env.cr.execute(
                    SQL("UPDATE %s SET customer_order_id = NULL", SQL.identifier(records._table))
                )
                records._fill_customer_order_id()
                self.env.invalidate_all()
                self.assertEqual(records.mapped("customer_order_id"), self.order)
                self.assertTrue(all(records.mapped(lambda record: record.customer_order_id)))

    def test_goods_without_order_go_with_the_customer(self):
        out = self.warehouse.out_type_id
        values = {
            "picking_type_id": out.id,
            "location_id": out.default_location_src_id.id,
            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
        }
        pickings = self.env["stock.picking"]
        sample, nobody = pickings.create([{**values, "partner_id": self.customer.id}, values])
        for user, seen in ((self.sale_a1, sample | nobody), (self.sale_a2, nobody)):
            with self.subTest(user=user.login):
                found = pickings.with_user(user).search([("id", "in", (sample | nobody).ids)])
                self.assertEqual(found, seen)

    def test_superior_handles_the_order(self):
        self.order.picking_ids.with_user(self.leader_a).action_cancel()
        self.assertEqual(set(self.order.picking_ids.mapped("state")), {"cancel"})

    def test_salesperson_confirms_and_cancels(self):
        order = self.order_of(self.customer, self.sale_a1, confirm=False).with_user(self.sale_a1)
        order.action_confirm()
        self.assertTrue(order.picking_ids.mapped("move_ids.forecast_availability"))
        order._action_cancel()
        self.assertEqual(set(order.picking_ids.mapped("state")), {"cancel"})

    def test_stock_counts_everybody(self):
        """Who sees none of the deliveries still does not promise what is gone."""
        for user in (self.sale_a1, self.sale_a2):
            with self.subTest(user=user.login):
                goods = self.goods.with_user(user)
                goods.invalidate_recordset()
                self.assertEqual((goods.qty_available, goods.virtual_available), (100.0, 70.0))
                self.assertEqual(goods.free_qty, 70.0)

    # -- the forecast -----------------------------------------------------------------------------

    def forecast(self, user):
        self.env.invalidate_all()
        report = self.env["stock.forecasted_product_product"].with_user(user)
        return report.get_report_values(self.goods.ids)["docs"]

    def test_forecast_names_only_own_documents(self):
        quotation = self.order_of(self.customer, self.sale_a1, quantity=5, confirm=False)
        for user in (self.sale_a2, self.mixed):
            with self.subTest(user=user.login):
                said = self.forecast(user)
                self.assertNotIn(SECRET, str(said))
                self.assertNotIn(self.order.name, str(said))
                self.assertNotIn(quotation.name, str(said))
        said = str(self.forecast(self.sale_a1))
        for name in (SECRET, self.order.name, quotation.name):
            self.assertIn(name, said)

    def test_forecast_reckons_with_everybody(self):
        self.order_of(self.customer, self.sale_a1, quantity=5, confirm=False)
        own, foreign = self.forecast(self.sale_a1), self.forecast(self.sale_a2)
        quantities = [
            [(line["quantity"], line["replenishment_filled"]) for line in said["lines"]]
            for said in (own, foreign)
        ]
        self.assertEqual(*quantities)
        product = self.goods.id
        for figure in ("qty", "virtual_available", "draft_sale_qty"):
            self.assertEqual(own["product"][product][figure], foreign["product"][product][figure])

    def test_forecast_shows_what_suppliers_bring(self):
        supplier = self.env["res.partner"].create({"name": "Mill", "supplier_rank": 1})
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "order_line": [Command.create({"product_id": self.goods.id, "product_qty": 9})],
            }
        )
        purchase.button_confirm()
        self.env.flush_all()
        self.assertIn(purchase.name, str(self.forecast(self.sale_a2)))

    # -- escalations ------------------------------------------------------------------------------

    def test_foreign_reference_is_not_turned(self):
        """A reference ties moves to an order: nobody ties a colleague's moves to his own order."""
        own = self.order_of(self.make_customer(user=self.sale_a2), self.sale_a2)
        reference = self.deliveries.move_ids.reference_ids.with_user(self.sale_a2)
        with self.assertRaises(AccessError):
            reference.write({"sale_ids": [Command.set(own.ids)]})

    def test_no_reference_of_ones_own_takes_in_foreign_moves(self):
        own = self.order_of(self.make_customer(user=self.sale_a2), self.sale_a2)
        references = self.env["stock.reference"].with_user(self.sale_a2)
        with self.assertRaises(AccessError):
            references.create(
                {
                    "name": "Mine",
                    "sale_ids": [Command.set(own.ids)],
                    "move_ids": [Command.set(self.deliveries.move_ids.ids)],
                }
            )

    def test_delivery_slip_is_refused(self):
        slip = self.env["ir.actions.report"].with_user(self.sale_a2)
        with self.assertRaises(AccessError) as refusal:
            slip._render_qweb_html("stock.report_deliveryslip", self.deliveries.ids)
        self.assertNotIn(SECRET, str(refusal.exception))
        printed, _kind = slip.with_user(self.sale_a1)._render_qweb_html(
            "stock.report_deliveryslip", self.deliveries.ids
        )
        self.assertIn(SECRET, printed.decode())
