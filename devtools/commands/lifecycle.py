"""Set up, stop and clean."""

from ..console import say
from ..context import prepare
from ..postgres import Cluster


def setup(_arguments):
    """Set up everything."""
    prepare("chromium", "wkhtmltopdf")


def stop(_arguments):
    """Stop what was started."""
    if Cluster().stop():
        say("PostgreSQL stopped")
