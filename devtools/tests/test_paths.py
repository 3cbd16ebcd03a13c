"""The checkout is found whatever the current directory."""

from devtools.paths import CHECKOUT


def test_checkout_holds_the_command():
    assert (CHECKOUT / "dev").is_file()
