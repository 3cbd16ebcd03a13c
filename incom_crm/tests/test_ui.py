from ast import literal_eval

from lxml import etree

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged

# Not in the analysis, whose rows are customers all.
CONTACTS_ONLY = {"incom_customers"}


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
