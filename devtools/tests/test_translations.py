"""What counts as a problem of a translated entry."""

import polib
import pytest

from devtools.translations import entry_problem


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
