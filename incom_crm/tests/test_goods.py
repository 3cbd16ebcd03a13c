from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..engine import backtest, refresh
from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestGoodsThisMonth(IncomCrmCommon):
    """Took goods, or not, where no warehouse is kept: by what the lines say was delivered."""

    def deliver(self, customer, moment, quantity=1):
        order = self.make_order(customer, moment)
        order.order_line.qty_delivered = quantity
        return order

    def found(self, customers, value, user=None):
        partners = self.env["res.partner"].with_user(user or self.director)
        return partners.search(
            [("id", "in", customers.ids), ("goods_this_month", "=", value)], order="id"
        )

    @freeze_time("2026-06-15 03:00:00")
    def test_taken_and_not_taken_are_all(self):
        first = self.today.replace(2026, 6, 1)
        names = ("delivered", "ordered", "day before", "to come", "no order")
        customers = {name: self.make_customer(name) for name in names}
        everybody = self.env["res.partner"].concat(*customers.values())
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": customers["delivered"].id}
        )
        # the first of the month in Viet Nam begins on the last of May in UTC
        self.deliver(contact, self.at(first, 0))
        self.make_order(customers["ordered"], first)
        self.deliver(customers["day before"], self.at(first.replace(month=5, day=31), 23))
        self.deliver(customers["to come"], self.at(first.replace(day=16), 0))
        self.env["incom.customer.profile"]._refresh(everybody.ids)
        self.assertEqual(self.found(everybody, "taken"), customers["delivered"])
        self.assertEqual(self.found(everybody, "not_taken"), everybody - customers["delivered"])
        self.assertEqual(
            everybody.mapped("goods_this_month"), ["taken"] + ["not_taken"] * (len(names) - 1)
        )

    @freeze_time("2026-06-15 03:00:00")
    def test_each_company_counts_its_own(self):
        customer = self.make_customer()
        other = self.env["res.company"].create({"name": "Second company"})
        order = self.make_order(customer, self.at(self.today.replace(2026, 6, 2)), company=other)
        order.order_line.qty_delivered = 1
        ours, theirs = self.profile(customer), self.profile(customer, company=other)
        self.assertEqual((ours.goods_this_month, theirs.goods_this_month), ("not_taken", "taken"))

    def test_grouped(self):
        taken, not_taken = self.make_customer("Taken"), self.make_customer("Not taken")
        self.deliver(taken, self.at(self.today, 0))
        self.env["incom.customer.profile"]._refresh((taken | not_taken).ids)
        groups = self.env["incom.customer.profile"]._read_group(
            [("partner_id", "in", (taken | not_taken).ids)], ["goods_this_month"], ["__count"]
        )
        self.assertEqual(groups, [("not_taken", 1), ("taken", 1)])


@tagged("post_install", "-at_install")
class TestReturnedOrders(IncomCrmCommon):
    """What an addon knows of returns takes orders out of the purchases, see ``_returned_orders``."""

    def returning(self, order, value):
        select = SQL("SELECT %s AS order_id, %s::numeric AS returned", order.id, value)
        profiles = type(self.env["incom.customer.profile"])
        return patch.object(profiles, "_returned_orders", lambda self: select)

    def test_order_returned_to_the_limit_is_no_purchase(self):
        customer = self.make_customer()
        orders = self.make_orders(customer, (40, 20))
        for value, count in ((94.99, 2), (95.0, 1), (100.0, 1)):
            with self.subTest(value=value), self.returning(orders[1], value):
                profile = self.profile(customer)
                self.assertEqual(profile.purchase_count, count)
                self.assertEqual(profile.revenue_12m, 100.0 * count)
                [row] = refresh.compute(self.env, customer.ids)
                self.assertEqual(row["purchase_count"], count)

    def test_returned_goods_are_credited_once(self):
        """Half the order is credited, and that half given back: half a purchase, as before."""
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(20))
        self.product.invoice_policy = "order"
        order._create_invoices().action_post()
        refund = order.invoice_ids._reverse_moves([{"invoice_date": self.today}])
        refund.invoice_line_ids.price_unit = 50.0
        refund.action_post()
        with self.returning(order, 50.0):
            profile = self.profile(customer)
        self.assertEqual((profile.purchase_count, profile.revenue_12m), (1, 50.0))

    def test_back_test_leaves_it_out_too(self):
        customer = self.make_customer()
        order = self.make_order(customer, self.days_ago(20))
        with (
            self.returning(order, 100.0),
            backtest._known(
                self.env, self.company, self.env["incom.crm.parameter"]._values(), None
            ),
        ):
            events = self.env.execute_query(
                SQL("SELECT 1 FROM incom_t_event WHERE customer_id = %s", customer.id)
            )
        self.assertEqual(events, [])
