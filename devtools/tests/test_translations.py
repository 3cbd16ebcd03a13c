"""The Vietnamese translation covers what the installed addons really show."""

import io

import polib
import pytest

from devtools.paths import CHECKOUT, addons
from devtools.translations import entry_problem, problems


@pytest.fixture
def exported():
    """Terms of an installed addon, exported from the test database."""
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tests.common import get_db_name
    from odoo.tools.translate import trans_export

    def export(addon):
        buffer = io.BytesIO()
        with Registry(get_db_name()).cursor() as cursor:
            trans_export(None, [addon], buffer, "po", Environment(cursor, SUPERUSER_ID, {}))
        return polib.pofile(buffer.getvalue().decode())

    return export


@pytest.mark.parametrize("addon", addons())
def test_vietnamese_is_complete(addon, exported):
    path = CHECKOUT / addon / "i18n/vi.po"
    assert path.is_file(), "run './dev i18n' and translate the terms"
    assert problems(polib.pofile(str(path)), exported(addon)) == []


@pytest.mark.parametrize(
    ("source", "translated", "problem"),
    [
        ("Save", "Lưu", None),
        ("Save", "", "not translated"),
        ("%(count)s customers", "%(count)s khách hàng", None),
        ("%(count)s customers", "%(so)s khách hàng", "placeholders or tags differ"),
        ("50% discount", "giảm 50%", None),
        ("100%% of {goal}", "100%% của {goal}", None),
        ("<b>Late</b>", "<b>Trễ", "placeholders or tags differ"),
    ],
)
def test_entries(source, translated, problem):
    assert entry_problem(polib.POEntry(msgid=source, msgstr=translated)) == problem


def test_fuzzy_is_a_problem():
    entry = polib.POEntry(msgid="Save", msgstr="Lưu", flags=["fuzzy"])
    assert entry_problem(entry) == "fuzzy"
