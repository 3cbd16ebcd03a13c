"""The checkout is found whatever the current directory, and the tests in it."""

from devtools.commands.test import names_tests
from devtools.paths import CHECKOUT


def test_checkout_holds_the_command():
    assert (CHECKOUT / "dev").is_file()


def test_chosen_tests():
    assert names_tests(["devtools/tests/test_paths.py::test_chosen_tests", "-q"])
    assert names_tests(["-q", "devtools"])
    assert not names_tests(["-k", "devtools"])
    assert not names_tests(["-q", "-k", "dev"])
    assert not names_tests([])
