from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.fields import Domain
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.web.tests import test_js

from .browser import BrowserCase

# Not in the analysis, whose rows are customers all, and not customers to be handed over.
CONTACTS_ONLY = {"incom_customers", "incom_orphaned"}


@tagged("post_install", "-at_install")
class TestScreens(TransactionCase):
    """One truth on all screens, and style sheets that compile."""

    def filters(self, model, view):
        """``{name: domain}`` of the filters in a search view."""
        arch = etree.fromstring(self.env[model].get_view(self.env.ref(view).id, "search")["arch"])
        return {
            node.get("name"): node.get("domain").replace("uid", str(self.env.uid))
            for node in arch.iter("filter")
            if node.get("domain") and node.get("domain") != "[]"
        }

    def test_same_filters_in_contacts_and_analysis(self):
        analysis = self.filters("incom.customer.profile", "incom_crm.customer_profile_view_search")
        contacts = {
            name.removeprefix("incom_"): domain
            for name, domain in self.filters("res.partner", "base.view_res_partner_filter").items()
            if name.startswith("incom_") and name not in CONTACTS_ONLY
        }
        self.assertEqual(contacts.keys(), analysis.keys())
        for name, domain in analysis.items():
            with self.subTest(filter=name):
                of_profile = Domain("customer_profile_id", "any", literal_eval(domain))
                self.assertEqual(Domain(literal_eval(contacts[name])), of_profile)
                # and it runs
                self.env["res.partner"].search_count(of_profile)

    def test_style_sheets_compile(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle("web.assets_backend", js=False)
        bundle.css()
        self.assertFalse(bundle.css_errors)


@tagged("post_install", "-at_install")
class TestComponents(HttpCase):
    """The unit tests of the addon's components, in a browser."""

    def test_components(self):
        suite = test_js.HOOTCommon._generate_hash(self, "@incom_crm")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=120,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )


@tagged("post_install", "-at_install")
class TestTours(BrowserCase):
    """A salesperson's ways through the screens, on a desk."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.salesperson, cls.colleague = (
            new_test_user(
                cls.env,
                login,
                groups="sales_team.group_sale_salesman,base.group_partner_manager",
                lang="en_US",
            )
            for login in ("salesperson", "colleague")
        )
        cls.product = cls.env["product.product"].create({"name": "Box", "list_price": 100.0})
        cls.late = cls._customer("Tour late", cls.salesperson, last_order=28)
        cls.regular = cls._customer("Tour regular", cls.salesperson, last_order=5)
        cls._customer("Tour of another", cls.colleague, last_order=5)
        cls.env.flush_all()
        cls.env["incom.customer.profile"]._refresh()

    @classmethod
    def _customer(cls, name, user, last_order):
        """A customer who orders every 20 days, the last time ``last_order`` days ago."""
        customer = cls.env["res.partner"].create(
            {"name": name, "is_company": True, "user_id": user.id, "phone": "0903 111 222"}
        )
        for number in range(6):
            order = cls.env["sale.order"].create(
                {
                    "partner_id": customer.id,
                    "user_id": user.id,
                    "order_line": [Command.create({"product_id": cls.product.id})],
                }
            )
            order.action_confirm()
            order.date_order = fields.Datetime.now() - timedelta(days=last_order + 20 * number)
        return customer

    def tour(self, name, path):
        self.start_tour(path, name, login=self.salesperson.login)

    def test_customer_list(self):
        self.tour("incom_crm_customer_list", "/odoo/customer-list")

    def test_customer_360(self):
        self.tour("incom_crm_customer_360", f"/odoo/customer-list/{self.late.id}")
        line = self.env["incom.interaction"].search([("partner_id", "=", self.late.id)])
        self.assertEqual(
            (line.user_id, line.channel, line.grade), (self.salesperson, "phone", "two_way")
        )
        pin = self.late.customer_pin_ids
        self.assertEqual((pin.kind, pin.user_id), ("level", self.salesperson))

    def test_customer_analysis(self):
        self.tour("incom_crm_customer_analysis", "/odoo/customer-analysis")


@tagged("post_install", "-at_install")
class TestToursOnPhone(TestTours):
    """The same ways on a phone."""

    browser_size = "390x844"
    touch_enabled = True
