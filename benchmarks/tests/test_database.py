from unittest import TestCase
from unittest.mock import patch

from benchmarks.database import Refused, check_name


class TestCheckName(TestCase):
    """Measurements go into databases made for them alone."""

    def setUp(self):
        self.enterContext(patch.dict("os.environ", {"INCOM_DB_PREFIX": "mine"}))

    def test_accepted(self):
        for name in ("perf_x", "perf_10000", "mine_perf_retail"):
            check_name(name)

    def test_refused(self):
        for name in (
            "production",
            "mine_demo",
            "perf_",
            "my_perf_x",
            "xperf_x",
            "other_perf_x",
            "",
        ):
            with self.subTest(name), self.assertRaises(Refused):
                check_name(name)
