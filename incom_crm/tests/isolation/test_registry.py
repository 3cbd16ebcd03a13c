from odoo.tests import tagged

from . import registry_case


@tagged("post_install", "-at_install")
class TestRegistry(registry_case.RegistryCase):
    """With this addon alone."""
