from odoo.tests import tagged

from ...models.isolation.isolation import ACCOUNTANT as ACCOUNTING
from ...models.isolation.isolation import ISOLATED
from .matrix import MatrixCase, Surface
from .world import COLLEAGUES, OUTSIDERS, SEEING


@tagged("post_install", "-at_install")
class TestIsolatedModels(MatrixCase):
    """Every isolated model, by every generic way to its records.

    An addon that isolates further models derives from this with a table and a world of its own.
    """

    isolated = ISOLATED

    def isolated_models(self):
        return [
            name for name in self.env["incom.isolation"]._isolated_models() if name in self.isolated
        ]

    def attack_everywhere(self, attack, seeing=True):
        """One generic attack on the hidden records of each isolated model."""
        self.assertIsolated(
            *(self._surface(model, attack, seeing) for model in self.isolated_models())
        )

    def _surface(self, model, attack, seeing):
        """Accountants see what deals with money; who sees a model at all is Odoo's list of access."""
        how = self.env["incom.isolation"]._isolated_models()[model]
        accounting = not set(ACCOUNTING).isdisjoint(how.roles)
        refused = COLLEAGUES + OUTSIDERS + (() if accounting else ("accountant",))
        allowed = SEEING + (("accountant",) if accounting else ()) if seeing else ()
        return Surface(
            model,
            lambda world, env: attack(world.hidden_of(env, model)),
            refused,
            tuple(who for who in allowed if self._has_access(model, who)),
        )

    def _has_access(self, model, who):
        return self.env[model].with_user(self.users[who]).browse().has_access("read")

    def hidden_of(self, env, model):
        return self.hidden[model].with_env(env)

    def test_every_isolated_model_is_attacked(self):
        """An addon that isolates a model puts one of its records into the world."""
        names = self.isolated_models()
        self.assertTrue(names)
        self.assertEqual([name for name in names if not self.hidden.get(name)], [])

    def test_search(self):
        self.attack_everywhere(lambda hidden: hidden.search([("id", "in", hidden.ids)]))

    def test_count(self):
        self.attack_everywhere(lambda hidden: hidden.search_count([("id", "in", hidden.ids)]))

    def test_read(self):
        self.attack_everywhere(lambda hidden: hidden.read(["id", "display_name"]))

    def test_read_one_by_one(self):
        self.attack_everywhere(lambda hidden: hidden._filtered_access("read"))

    def test_group(self):
        def group(hidden):
            rows = hidden.formatted_read_group([("id", "in", hidden.ids)], [], ["id:count"])
            return rows[0]["id:count"]

        self.attack_everywhere(group)

    def test_name_search(self):
        self.attack_everywhere(
            lambda hidden: hidden.name_search(domain=[("id", "in", hidden.ids)], limit=None)
        )

    def test_export(self):
        self.attack_everywhere(lambda hidden: hidden.export_data(["display_name"])["datas"])

    def test_write(self):
        self.attack_everywhere(lambda hidden: hidden._filtered_access("write"), seeing=False)

    def test_unlink(self):
        self.attack_everywhere(lambda hidden: hidden._filtered_access("unlink"), seeing=False)
