"""The Vietnamese translation covers what the addons installed in the test database really show."""

import io

import polib
import pytest

from devtools.paths import CHECKOUT, addons
from devtools.translations import problems

# What other apps write on the models an addon extends, and the fields they add to them: theirs to translate.
OF_OTHERS = "model:ir.model,website_form_label:"
FIELD = "model:ir.model.fields,"


@pytest.fixture
def env():
    """The test database, as its administrator."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tests.common import get_db_name

    with Registry(get_db_name()).cursor() as cursor:
        yield Environment(cursor, SUPERUSER_ID, {})


def exported(env, addon):
    """Terms of an installed addon."""
    from odoo.tools.translate import trans_export

    buffer = io.BytesIO()
    trans_export(None, [addon], buffer, "po", env)
    terms = polib.pofile(buffer.getvalue().decode())
    terms[:] = [
        term
        for term in terms
        if not all(is_of_others(env, addon, place) for place, _line in term.occurrences)
    ]
    return terms


def is_of_others(env, addon, place):
    """Whether a term stands where an app put it that the addon does not need."""
    if place.startswith(OF_OTHERS):
        return True
    if not place.startswith(FIELD):
        return False
    known = env.ref(place.rpartition(":")[2])
    field = env[known.model]._fields[known.name]
    # fields every model has are of no module
    return bool(field._modules) and apps_with(env, addon).isdisjoint(field._modules)


def apps_with(env, addon):
    """What is installed wherever the addon is: what it needs, and what installs itself with that."""
    modules = env["ir.module.module"]
    needed = modules.search([("name", "=", addon)])
    needed += needed.upstream_dependencies(exclude_states=("uninstallable",))
    names = {"base", *needed.mapped("name")}
    waiting = modules.search([("auto_install", "=", True), ("state", "=", "installed")])
    while coming := waiting.filtered(
        lambda module: names.issuperset(module.dependencies_id.mapped("name"))
    ):
        names.update(coming.mapped("name"))
        waiting -= coming
    return names


def test_vietnamese_is_complete(env):
    installed = [name for name in addons() if name in env.registry._init_modules]
    assert installed
    found = {addon: terms_problems(env, addon) for addon in installed}
    assert found == dict.fromkeys(installed, [])


def terms_problems(env, addon):
    """What is wrong with an addon's Vietnamese, given what it shows."""
    path = CHECKOUT / addon / "i18n/vi.po"
    if not path.is_file():
        return [f"none yet: run './dev i18n {addon}' and translate the terms"]
    return problems(polib.pofile(str(path)), exported(env, addon))
