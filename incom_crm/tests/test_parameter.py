from odoo.tests import tagged

from .common import IncomCrmCommon


@tagged("post_install", "-at_install")
class TestParameter(IncomCrmCommon):
    """Parameters as people read and change them."""

    def test_in_words(self):
        for name, value, words in (
            ("share_with_peers", 1, "Yes"),
            ("share_with_peers", 0, "No"),
            ("share_max_days", 30, "30 days"),
            ("gap_window_months", 48, "48 months"),
            ("handover_at_once", 1500, "1,500"),
            ("provisional_ratio", 2.5, "2.5 times"),
        ):
            with self.subTest(name=name, value=value):
                parameter = self.env.ref(f"incom_crm.parameter_{name}")
                parameter.value = value
                self.assertEqual(parameter.shown_value, words)

    def test_a_switch_is_switched(self):
        manager = self._user("sales_admin", "sales_team.group_sale_manager")
        parameter = self.env.ref("incom_crm.parameter_share_with_peers").with_user(manager)
        self.assertTrue(parameter.switch)
        parameter.switch = False
        self.assertEqual(self.env["incom.crm.parameter"]._get("share_with_peers"), 0)
        days = self.env.ref("incom_crm.parameter_share_max_days").with_user(manager)
        days.switch = True
        self.assertEqual(days.value, 30, "days are no switch")
