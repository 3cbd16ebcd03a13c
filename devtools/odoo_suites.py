"""Odoo's command line, with every test run after all modules are loaded.

Odoo runs most of its tests while it loads their module, before the addons that build
on it, so the addon's overrides would not be in place yet. Here those tests wait.
"""

import sys

from odoo.cli.command import main
from odoo.tests import loader

make_suite = loader.make_suite


def make_late_suite(module_names, position="at_install"):
    """Nothing while loading; everything after it."""
    if position == "at_install":
        return make_suite([], position)
    suite = make_suite(module_names, "at_install")
    suite.addTests(make_suite(module_names, "post_install"))
    return suite


if __name__ == "__main__":
    loader.make_suite = make_late_suite
    sys.argv[0] = "odoo"
    main()
