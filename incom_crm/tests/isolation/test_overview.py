import re
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.isolation.isolation import ISOLATED

README = Path(__file__).parents[3] / "README.md"


@tagged("post_install", "-at_install")
class TestOverview(TransactionCase):
    """The table of who sees what, in the app and in the README."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.manager = new_test_user(
            cls.env, "overview_manager", groups="sales_team.group_sale_manager"
        )

    def overview(self, user, **context):
        return self.env["incom.isolation.overview"].with_user(user).with_context(**context)

    def test_page_shows_every_model_and_setting(self):
        action = self.overview(self.manager).action_open()
        page = self.overview(self.manager).browse(action["res_id"]).table
        names = self.env["ir.model"]
        shown = [row.model for row in self.overview(self.manager)._rows()]
        self.assertIn("crm.lead", shown)
        for model in shown:
            self.assertIn(f'title="{model}"', page)
            self.assertIn(names._get(model).name, page)
        self.assertIn(self.env.ref("incom_crm.parameter_unowned_for_superiors").name, page)

    def test_page_is_for_managers(self):
        seller = new_test_user(self.env, "seller", groups="sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.overview(seller).action_open()

    def test_cells_say_what_the_rules_do(self):
        """Nobody is told to see all whom the rules restrict, and the other way round."""
        overview = self.overview(self.manager)
        roles = [name for name, _groups in overview._roles()]
        told = {row.model: dict(zip(roles, row.cells, strict=True)) for row in overview._rows()}
        isolation = self.env["incom.isolation"]
        accountant = new_test_user(self.env, "keeper", groups="account.group_account_invoice")
        for model, how in ISOLATED.items():
            if model not in told:
                continue
            with self.subTest(model=model):
                seen = isolation._is_exempt(accountant, how, "read")
                self.assertEqual(told[model]["Accountant"] != "nothing", seen)

    def test_readme_is_up_to_date(self):
        """``./dev glance`` brings it up to date."""
        if not README.is_file():
            return
        text = README.read_text()
        for name, lang in (("en", "en_US"), ("vi", "vi_VN")):
            block = re.search(
                f"<!-- glance {name} -->(.*?)<!-- /glance {name} -->", text, re.DOTALL
            )
            self.assertEqual(
                block[1].strip(), self.overview(self.manager, lang=lang)._markdown().strip()
            )
