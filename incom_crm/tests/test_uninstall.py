from odoo.tests import TransactionCase, tagged

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..hooks import uninstall_hook
from ..wizard.isolation_switch_proposal import ASSIGNING


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    """What the addon adds to core goes with it; ``./dev cycle`` proves it on a whole database."""

    def records_of(self, model):
        """The model's records that are of the addon, or of one beside it."""
        names = self.env["ir.model.data"].search(
            [("model", "=", model), ("module", "=like", "incom_crm%")]
        )
        return self.env[model].browse(names.mapped("res_id"))

    def test_core_groups_imply_ours_and_nothing_else_new(self):
        """A link to one of our groups goes with the group; a new one between core's would stay."""
        ours = self.records_of("res.groups")
        core = self.env["res.groups"].search([("id", "not in", ours.ids)])
        links = {group.get_external_id()[group.id]: group.implied_ids & ours for group in core}
        self.assertEqual(
            {name: implied for name, implied in links.items() if implied},
            {
                "sales_team.group_sale_salesman": self.env.ref("incom_crm.group_care"),
                "sales_team.group_sale_manager": self.env.ref("incom_crm.group_director"),
            },
        )

    def test_rules_of_core_stay_as_they_are(self):
        """Isolation adds rules of its own: no core rule names our method or one of our groups."""
        rules = self.env["ir.rule"].with_context(active_test=False).search([])
        others = rules - self.records_of("ir.rule")
        ours = self.records_of("res.groups")
        self.assertFalse(others.filtered(lambda rule: "_incom_" in (rule.domain_force or "")))
        self.assertFalse(others.groups & ours)
        self.assertTrue(all(others.mapped("active")))

    def test_no_parameter_of_ours_stays(self):
        parameters = self.env["ir.config_parameter"]
        ours = [("key", "=like", "incom_crm.%")]
        parameters.set_param(ASSIGNING, "2")
        self.assertTrue(parameters.search(ours))
        uninstall_hook(self.env)
        self.assertFalse(parameters.search(ours))

    def test_customers_do_not_hold_the_levels_back(self):
        partner = self.env["res.partner"].create({"name": "Customer", "customer_rank": 1})
        self.env["incom.customer.profile"]._refresh(partner.ids)
        self.assertTrue(partner.approach_level_id)
        uninstall_hook(self.env)
        levels = self.env["incom.approach.level"].search([])
        levels.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.assertFalse(levels.exists())

    def test_work_of_our_types_becomes_ordinary_work(self):
        """Open work stays, done work too, under a type that stays; nothing holds ours back."""
        promise = self.env.ref("incom_crm.mail_activity_type_promise")
        partner = self.env["res.partner"].create({"name": "Customer"})
        open_one, done_one = (
            partner.activity_schedule(activity_type_id=promise.id, user_id=self.env.uid)
            for _number in range(2)
        )
        done_one.action_feedback(feedback="Sent the samples")
        self.env.flush_all()
        uninstall_hook(self.env)
        self.env.invalidate_all()
        todo = self.env.ref("mail.mail_activity_data_todo")
        self.assertEqual((open_one.activity_type_id, done_one.activity_type_id), (todo, todo))
        promise.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        self.assertFalse(promise.exists())
