"""What a piece of work costs the database, and the report of it."""

import json
import os
import threading
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Processor time comes in ticks of 10 ms: work shorter than this is repeated.
MEASURABLE_SECONDS = 0.5
SAMPLE_SECONDS = 0.01
MEGABYTE = 1024 * 1024


@dataclass
class Cost:
    """``cpu`` is the processor time of the server's process, None where it runs elsewhere, ``client`` that
    of Python; ``wal`` the bytes of log of what was committed; ``memory`` the server's peak of private bytes."""

    wall: float = 0.0
    cpu: float | None = None
    client: float = 0.0
    wal: int = 0
    memory: int = 0

    @property
    def work(self):
        """What ratios are made of: processor time survives a busy machine, wall time does not."""
        return self.wall if self.cpu is None else self.cpu

    @property
    def total_work(self):
        """The same for work that Python has a share in."""
        return self.wall if self.cpu is None else self.cpu + self.client


class Meter:
    """Measures what is done on one cursor."""

    def __init__(self, cr):
        self._cr = cr
        pid = cr._cnx.get_backend_pid()
        self._slot = f"incom_meter_{pid}"
        process = Path("/proc") / str(pid)
        is_ours = process.exists() and (process / "comm").read_text().startswith("postgres")
        self._process = process if is_ours else None
        cr.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        [self._database] = cr.fetchone()
        # what is committed is in the log at once, where it can be counted
        cr.execute("SET synchronous_commit = on; CREATE EXTENSION IF NOT EXISTS pg_walinspect")

    @contextmanager
    def cost(self):
        """Yields the :class:`Cost` of what is done inside, filled in at the end."""
        cost = Cost()
        done = threading.Event()
        watcher = threading.Thread(target=self._watch_memory, args=(cost, done))
        watcher.start()
        self._keep_log()
        wal, cpu, client, start = (
            self._wal_end(),
            self._cpu(),
            time.process_time(),
            time.monotonic(),
        )
        try:
            yield cost
        finally:
            cost.wall = time.monotonic() - start
            cost.client = time.process_time() - client
            done.set()
            watcher.join()
        cost.cpu = None if cpu is None else self._cpu() - cpu
        cost.wal = self._wal_since(wal)
        self._release_log()

    def mean_cost(self, work):
        """The mean cost of doing the work again and again until it is long enough to measure."""
        times = 0
        with self.cost() as cost:
            start = time.monotonic()
            while time.monotonic() - start < MEASURABLE_SECONDS or times < 1:
                work()
                times += 1
        cost.wall /= times
        cost.client /= times
        cost.cpu = None if cost.cpu is None else cost.cpu / times
        return cost

    def _cpu(self):
        if self._process is None:
            return None
        fields = (self._process / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def _keep_log(self):
        """The server keeps the log from here on, else it recycles what is to be read at the end."""
        self._cr.execute("SELECT pg_create_physical_replication_slot(%s, true, true)", [self._slot])

    def _release_log(self):
        self._cr.execute("SELECT pg_drop_replication_slot(%s)", [self._slot])

    def _wal_end(self):
        self._cr.execute("SELECT pg_current_wal_flush_lsn()")
        return self._cr.fetchone()[0]

    def _wal_since(self, start):
        """Bytes of log written for this database; other databases write into the same log."""
        end = self._wal_end()
        if end == start:
            return 0
        self._cr.execute(
            """SELECT coalesce(sum(record_length), 0) FROM pg_get_wal_records_info(%s, %s)
                WHERE block_ref LIKE %s""",
            (start, end, f"%/{self._database}/%"),
        )
        return int(self._cr.fetchone()[0])

    def _watch_memory(self, cost, done):
        while self._process is not None:
            for line in (self._process / "status").read_text().splitlines():
                if line.startswith("RssAnon:"):
                    cost.memory = max(cost.memory, int(line.split()[1]) * 1024)
            if done.wait(SAMPLE_SECONDS):
                return


@dataclass
class Line:
    """One measure: a figure is compared with a limit where there is one."""

    name: str
    n: int
    wall_s: float | None = None
    cpu_s: float | None = None
    rows: int | None = None
    wal_mb: float | None = None
    ratio: float | None = None
    limit: str = ""
    verdict: str = ""


class Report:
    """Prints the lines as they come; fails when one does."""

    WIDTHS = (34, 8, 10, 10, 9, 8, 10, 12, 7)

    def __init__(self):
        self.lines = []
        print(self._row(Line.__dataclass_fields__))

    def add(self, name, n, cost=None, rows=None, ratio=None, at_most=None, at_least=None):
        """Add a measure.

        :param ratio: the figure that is judged, against ``at_most`` or ``at_least``
        """
        line = Line(name, n, rows=rows, ratio=ratio)
        if cost:
            line.wall_s, line.cpu_s, line.wal_mb = cost.wall, cost.cpu, cost.wal / MEGABYTE
        if at_most is not None:
            line.limit, passed = f"<= {at_most:g}", ratio <= at_most
        elif at_least is not None:
            line.limit, passed = f">= {at_least:g}", ratio >= at_least
        if line.limit:
            line.verdict = "PASS" if passed else "FAIL"
        self.lines.append(line)
        print(self._row(asdict(line).values()), flush=True)

    @property
    def failed(self):
        return [line for line in self.lines if line.verdict == "FAIL"]

    def save(self, path, head):
        """Write head and lines as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"head": head, "lines": [asdict(line) for line in self.lines]}
        path.write_text(json.dumps(content, indent=1, default=str) + "\n", encoding="utf-8")

    def _row(self, values):
        cells = []
        for value, width in zip(values, self.WIDTHS, strict=True):
            text = (
                f"{value:.4g}" if isinstance(value, float) else "" if value is None else str(value)
            )
            cells.append(text.rjust(width) if cells else text.ljust(width))
        return " ".join(cells)
