import io
import json
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from unittest import TestCase

from benchmarks.perf.meter import Cost, Meter, Report

from .common import DatabaseCase


class TestReport(TestCase):
    """What is printed, judged and saved."""

    def setUp(self):
        with redirect_stdout(io.StringIO()) as self.output:
            self.report = Report()
            self.report.add("free", 10, Cost(wall=1.5, cpu=0.5, wal=1024**2), rows=3)
            self.report.add("good", 10, ratio=5.9, at_most=6)
            self.report.add("bad", 10, ratio=6.1, at_most=6)
            self.report.add("fast", 10, ratio=250.0, at_least=200)
            self.report.add("slow", 10, ratio=150.0, at_least=200)

    def test_verdicts(self):
        verdicts = [(line.name, line.verdict) for line in self.report.lines]
        expected = [
            ("free", ""),
            ("good", "PASS"),
            ("bad", "FAIL"),
            ("fast", "PASS"),
            ("slow", "FAIL"),
        ]
        self.assertEqual(verdicts, expected)
        self.assertEqual([line.name for line in self.report.failed], ["bad", "slow"])

    def test_printed(self):
        head, free, good, bad, *_rest = self.output.getvalue().splitlines()
        self.assertEqual(
            head.split(), "name n wall_s cpu_s rows wal_mb ratio limit verdict".split()
        )
        self.assertEqual(free.split(), "free 10 1.5 0.5 3 1".split())
        self.assertEqual(good.split(), "good 10 5.9 <= 6 PASS".split())
        self.assertEqual(bad.split(), "bad 10 6.1 <= 6 FAIL".split())

    def test_saved(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "new" / "report.json"
            self.report.save(path, {"seed": 0.5})
            content = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(content["head"], {"seed": 0.5})
        self.assertEqual(content["lines"][2]["verdict"], "FAIL")


class TestMeter(DatabaseCase):
    """Work is found in the process of the server that did it."""

    def test_cost(self):
        meter = Meter(self.env.cr)
        with meter.cost() as idle:
            self.env.cr.execute("SELECT pg_sleep(0.2)")
        with meter.cost() as busy:
            self.env.cr.execute("SELECT sum(sqrt(i)) FROM generate_series(1, 2000000) AS i")
        self.assertGreaterEqual(idle.wall, 0.2)
        if idle.cpu is None:
            self.assertEqual(busy.work, busy.wall, "a server elsewhere is measured by the clock")
        else:
            self.assertGreater(busy.work, idle.work)
            self.assertGreater(busy.memory, 0)

    def test_mean_cost_is_of_one_run(self):
        runs = []
        cost = Meter(self.env.cr).mean_cost(
            lambda: (runs.append(1), self.env.cr.execute("SELECT pg_sleep(0.05)"))
        )
        self.assertGreater(len(runs), 1)
        self.assertLess(cost.wall, 0.2)
