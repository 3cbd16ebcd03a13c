"""What is told about traces of an addon."""

from devtools.commands.cycle import differences


def test_what_came_and_what_went_is_told():
    before = {"rules": {"a", "b"}, "groups": {"x"}}
    after = {"rules": {"b", "c"}, "groups": {"x"}}
    assert differences(before, after) == ["rules, gone: a", "rules, left: c"]


def test_the_same_rows_are_no_difference():
    rows = {"rules": {"a"}}
    assert differences(rows, {"rules": {"a"}}) == []
