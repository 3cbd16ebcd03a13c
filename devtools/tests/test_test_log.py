"""Outcomes of Odoo's tests, read from its log."""

from devtools.test_log import differences, outcomes, tag_of

LOG = """\
2025-01-01 00:00:00,000 7 INFO db odoo.addons.crm.tests.test_a: Starting TestA.test_one ...
2025-01-01 00:00:00,000 7 INFO db odoo.addons.crm.tests.test_a: Starting TestA.test_two ...
2025-01-01 00:00:00,000 7 INFO db odoo.addons.crm.tests.test_a: ======================
2025-01-01 00:00:00,000 7 ERROR db odoo.addons.crm.tests.test_a: FAIL: Subtest TestA.test_two (<x>)
Traceback (most recent call last):
2025-01-01 00:00:00,000 7 ERROR db odoo.addons.crm.tests.test_a: FAIL: Subtest TestA.test_two (<y>)
2025-01-01 00:00:00,000 7 INFO db odoo.addons.crm.tests.test_a: Starting TestA.test_three ...
2025-01-01 00:00:00,000 7 INFO db odoo.addons.crm.tests.test_a: skipped TestA.test_three : no
2025-01-01 00:00:00,000 7 INFO db odoo.addons.crm.models.crm_lead: Starting something else
"""


def test_outcomes():
    assert outcomes(LOG) == {
        "crm.tests.test_a:TestA.test_one": "passed",
        "crm.tests.test_a:TestA.test_two": "failed 2x",
        "crm.tests.test_a:TestA.test_three": "skipped",
    }


def test_differences():
    without = {"a": "passed", "b": "failed 1x", "c": "passed"}
    with_addon = {"a": "failed 1x", "b": "failed 1x"}
    assert differences(without, with_addon) == {
        "a": "passed without the addon, failed 1x with",
        "c": "passed without the addon, not run with",
    }


def test_a_single_test_is_selected_again():
    assert tag_of("crm.tests.test_crm_ui:TestUi.test_03") == "/crm:TestUi.test_03"
