import json
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

# What is isolated: a path to one of these may tell of a customer.
CUSTOMERS = ("res.partner", "crm.lead", "sale.order", "account.move")
# Colleagues and companies have contacts as well, but those are nobody's customers.
NO_HOP = ("res.users", "res.company")
# Who is given these sees everything.
ADMINISTRATORS = ("base.group_system", "base.group_erp_manager")
# Fields that lead to a record of whatever model.
ANY_RECORD = ("many2one_reference", "reference")
REVIEWED = "tests/isolation/reviewed.json"


@tagged("post_install", "-at_install")
class TestRegistry(TransactionCase):
    """No model that leads to a customer is overlooked, of whatever is installed."""

    def test_every_path_to_a_customer_is_isolated_or_reviewed(self):
        isolated = self.env["incom.isolation"]._isolated_models()
        reviewed = self._reviewed()
        overlooked = {
            name: paths
            for name in self._readable_models()
            if name not in isolated and name not in reviewed and (paths := self._why(name))
        }
        self.assertEqual(overlooked, {})

    def test_every_report_is_isolated_or_reviewed(self):
        isolated = self.env["incom.isolation"]._isolated_models()
        reviewed = self._reviewed()
        reports = [name for name in self._readable_models() if not self.env[name]._auto]
        self.assertEqual(
            [name for name in reports if name not in isolated and name not in reviewed], []
        )

    def test_a_reviewed_model_is_not_isolated(self):
        isolated = self.env["incom.isolation"]._isolated_models()
        self.assertEqual([name for name in self._reviewed() if name in isolated], [])

    def _reviewed(self):
        """``{model: reason}`` of all installed addons that keep such a list."""
        found = {}
        for name in self.env.registry._init_modules:
            path = Path(get_module_path(name) or "", REVIEWED)
            if path.is_file():
                found |= json.loads(path.read_text())
        self.assertTrue(all(found.values()), "a reviewed model has its reason")
        return found

    def _readable_models(self):
        """Models that somebody beside administrators may read.

        Rows of a wizard are read by nobody but who made them; what they may point to is guarded.
        """
        administrators = [self.env.ref(group).id for group in ADMINISTRATORS]
        access = self.env["ir.model.access"].search(
            [("perm_read", "=", True), ("group_id", "not in", administrators)]
        )
        for name in sorted(set(access.model_id.mapped("model"))):
            if name in self.env and not self.env[name]._abstract and not self.env[name]._transient:
                yield name

    def _why(self, name):
        """Paths of one or two hops to what is isolated, and links to a record of any model."""
        found = []
        for field in self._links(name):
            if field.type in ANY_RECORD or field.comodel_name in CUSTOMERS:
                found.append(field.name)
            elif field.comodel_name not in NO_HOP:
                found += [
                    f"{field.name}.{further.name}"
                    for further in self._links(field.comodel_name)
                    if further.comodel_name in CUSTOMERS
                ]
        return found

    def _links(self, name):
        for field in self.env[name]._fields.values():
            if not field.store or field.name in ("create_uid", "write_uid"):
                continue
            if field.type in ("many2one", "many2many", *ANY_RECORD):
                yield field
