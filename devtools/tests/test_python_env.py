"""Odoo's requirements become installable ones."""

from devtools.python_env import installable, parse_metadata, parse_requirements

METADATA = """\
Metadata-Version: 2.1
Requires-Dist: psycopg2>=2.2
Requires-Dist: PyPDF2
Requires-Dist: lxml
Requires-Dist: python-ldap; extra == "ldap"
Provides-Extra: ldap
"""
CHECKOUT = """\
# comment
Babel==2.9.1 ; python_version < '3.11'  # jammy
Babel==2.10.3 ; python_version >= '3.11'
cbor2>=5.4,<6
zeep
"""


def test_metadata_without_extras():
    assert parse_metadata(METADATA) == ["psycopg2>=2.2", "PyPDF2", "lxml"]


def test_names_that_do_not_install_are_replaced():
    assert installable("psycopg2>=2.2") == "psycopg2-binary>=2.2"
    assert installable("PyPDF2") == "pypdf"
    assert installable("psycopg2-binary>=2.2") == "psycopg2-binary>=2.2"
    assert installable("lxml") == "lxml"


def test_pins_of_a_checkout_are_dropped_and_markers_kept():
    assert parse_requirements(CHECKOUT) == [
        "Babel ; python_version < '3.11'",
        "Babel ; python_version >= '3.11'",
        "cbor2",
        "zeep",
    ]
