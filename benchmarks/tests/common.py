from odoo.tests import TransactionCase


class DatabaseCase(TransactionCase):
    """A test on a database; outside of an addon, Odoo gives no tags by itself."""

    test_tags = frozenset({"benchmark"})
    test_module = "incom_crm"
