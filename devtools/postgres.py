"""PostgreSQL: the server named by PG* variables, else a private cluster.

The private cluster listens on a socket in a folder of its own and nowhere else. Its
settings trade durability for speed: what is in it can always be made again.
"""

import json
import os
import pwd
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .apt import DPKG_STATUS, own_suite_apt, require_apt, unpack
from .console import DevError, step
from .locking import locked
from .paths import state_dir
from .processes import run_quietly

OLDEST_MAJOR = 13
OWN_SERVER_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGPASSWORD")
ROLE = "odoo"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "work_mem": "64MB",
    "jit": "off",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "timezone": "'UTC'",
    "listen_addresses": "''",
    "port": "5432",
}
ROOMY_MEMORY_KB = 6 * 1024 * 1024


@dataclass(frozen=True)
class Server:
    """How to reach a running PostgreSQL."""

    environment: dict
    """PG* variables; those of the caller's own server are already in place."""
    programs: Path | None = None
    """Folder of psql and friends; None: they are looked for on PATH."""
    libraries: dict = field(default_factory=dict)


def ensure_server():
    """The server to use, started if it is the private one."""
    if uses_existing_server():
        return existing_server()
    with locked("postgres"):
        return Cluster().ensure_running()


def uses_existing_server():
    """Whether PG* variables name a server."""
    return any(os.environ.get(name) for name in OWN_SERVER_VARIABLES)


def existing_server():
    """The server of the PG* variables, as they stand."""
    user = os.environ.get("PGUSER") or pwd.getpwuid(os.geteuid()).pw_name
    if user == "postgres":
        raise DevError(
            "The PG* variables name the role 'postgres', which Odoo refuses; set "
            "PGUSER to another role that may create databases."
        )
    return Server({"PGUSER": user})


class Cluster:
    """The private cluster and the user it runs as."""

    def __init__(self):
        self.user = unprivileged_user()
        self.home = reachable_home(self.user)
        self.data = self.home / "data"
        self.record = state_dir() / "postgres.json"

    def ensure_running(self):
        """Make and start the cluster unless it runs already."""
        if not (self.data / "PG_VERSION").is_file():
            self._create()
        known = self._recall()
        if not (known and self._is_running(known) and Path(known["socket"]).is_dir()):
            known = self._start(known)
        environment = {"PGHOST": known["socket"], "PGPORT": "5432", "PGUSER": ROLE}
        programs = Path(known["programs"])
        return Server(environment, programs, library_path(programs))

    def stop(self):
        """Stop the cluster; return whether it ran."""
        known = self._recall()
        if not known or not self._is_running(known):
            return False
        self._pg_ctl(known["programs"], "stop", "-m", "fast")
        shutil.rmtree(known["socket"], ignore_errors=True)
        return True

    def outside_folders(self):
        """What lies outside the state folder."""
        outside = self.home.parent
        return [outside] if outside != state_dir() and outside.is_dir() else []

    def _recall(self):
        if not self.record.is_file():
            return None
        return json.loads(self.record.read_text())

    def _create(self):
        programs = find_programs(self.home)
        with step("Creating the PostgreSQL cluster"):
            self.home.mkdir(parents=True, exist_ok=True)
            self._give(self.home)
            shutil.rmtree(self.data, ignore_errors=True)
            command = [programs / "initdb", "-D", self.data, "-U", ROLE, "-A", "trust"]
            command += ["-E", "UTF8", "--locale=C.UTF-8", "-N"]
            self._run(command, "initdb")
            with (self.data / "postgresql.conf").open("a") as config:
                for name, value in {**SETTINGS, **memory_settings()}.items():
                    config.write(f"{name} = {value}\n")

    def _start(self, known):
        programs = find_programs(self.home, self._major())
        if known:
            shutil.rmtree(known["socket"], ignore_errors=True)
        # A socket's path may have 107 bytes only, so it cannot lie in the checkout.
        socket = tempfile.mkdtemp(prefix="incom-pg-")
        self._give(socket)
        log = self.home / "postgresql.log"
        self._pg_ctl(programs, "start", "-l", log, "-o", f"-k '{socket}'")
        known = {"socket": socket, "programs": str(programs)}
        self.record.write_text(json.dumps(known))
        return known

    def _major(self):
        return int((self.data / "PG_VERSION").read_text())

    def _is_running(self, known):
        try:
            self._pg_ctl(known["programs"], "status")
        except (DevError, OSError):
            return False
        return True

    def _pg_ctl(self, programs, *arguments):
        # Its output goes to a file: a started server would hold a pipe open for ever.
        command = [Path(programs) / "pg_ctl", "-D", self.data, "-w", "-s", *arguments]
        with tempfile.TemporaryFile("w+") as said:
            try:
                self._run(command, "pg_ctl", sink=said)
            except DevError as error:
                said.seek(0)
                raise DevError(f"{error}{said.read()}") from None

    def _run(self, command, what, sink=None):
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        environment.update(library_path(Path(command[0]).parent))
        identity = {}
        if self.user:
            identity = {"user": self.user.pw_uid, "group": self.user.pw_gid}
            identity["extra_groups"] = []
        if sink:
            identity |= {"stdout": sink, "stderr": sink}
        run_quietly(command, what, cwd="/", env=environment, **identity)

    def _give(self, folder):
        os.chmod(folder, 0o700)
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)


def unprivileged_user():
    """The account for the server when started by root, which PostgreSQL refuses."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DevError(
        "PostgreSQL refuses to run as root, and neither a user 'postgres' nor "
        "'nobody' was found; run ./dev as an ordinary user."
    )


def reachable_home(user):
    """Folder for the cluster that its user can reach, whatever lies above .dev."""
    folder = state_dir()
    if user is None or all(parent.stat().st_mode & 1 for parent in (folder, *folder.parents)):
        return folder / "postgres"
    key = re.sub(r"[^A-Za-z0-9]+", "-", str(folder)).strip("-")
    return Path("/var/tmp") / f"incom-{key}" / "postgres"


def memory_settings():
    """Buffers that a small machine can afford."""
    total = re.search(r"MemTotal: *(\d+)", Path("/proc/meminfo").read_text())
    roomy = total and int(total[1]) > ROOMY_MEMORY_KB
    return {"shared_buffers": "1GB" if roomy else "256MB"}


def library_path(programs):
    """An unpacked server finds the libraries that were unpacked with it."""
    prefix = programs.parents[4] if len(programs.parents) > 4 else Path("/nowhere")
    folders = [path for path in prefix.glob("usr/lib/*-linux-gnu") if path.is_dir()]
    if prefix == Path("/") or not (prefix / ".unpacked").exists() or not folders:
        return {}
    return {"LD_LIBRARY_PATH": os.pathsep.join(map(str, folders))}


def find_programs(home, major=None):
    """Folder with a usable server, installed or unpacked.

    An existing cluster needs the major version that made it.
    """
    for folder in installed_programs():
        found = major_of(folder)
        if found and found >= OLDEST_MAJOR and major in (None, found):
            return folder
    prefix = home.parent / "postgres-programs"
    if not (prefix / ".unpacked").exists():
        fetch_programs(prefix)
    for folder in prefix.glob("usr/lib/postgresql/*/bin"):
        if major in (None, major_of(folder)):
            return folder
    raise DevError(
        f"The cluster in {home} is of PostgreSQL {major}, of which no server was found "
        "in /usr/lib/postgresql or on PATH; run './dev clean' to start anew."
    )


def installed_programs():
    """Folders with both programs: the client library alone may bring pg_config."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda path: -int(path.parent.name))
    return [path for path in folders if all((path / x).is_file() for x in ("initdb", "postgres"))]


def major_of(folder):
    """Major version of the server in ``folder``, None if it does not start."""
    try:
        environment = {**os.environ, **library_path(folder)}
        said = run_quietly([folder / "postgres", "-V"], "postgres -V", env=environment)
    except (DevError, OSError):
        return None
    match = re.search(r"(\d+)(\.\d+|devel|beta|rc)", said)
    return int(match[1]) if match else None


def fetch_programs(prefix):
    """Unpack Debian's own server with the libraries it needs, without perl."""
    require_apt()
    with step("Fetching PostgreSQL from Debian (20-70 MB, once)"):
        apt = own_suite_apt(state_dir() / "apt/own")
        apt.set_status(status_without(DPKG_STATUS.read_text(errors="replace")))
        apt.update()
        wanted = [name for name in apt.missing_for(["postgresql"]) if is_server_part(name)]
        files = apt.download(wanted)
        shutil.rmtree(prefix, ignore_errors=True)
        unpack(files, prefix)
        prefix.chmod(0o755)
        (prefix / ".unpacked").touch()


def status_without(status, pattern=r"Package: (postgresql|libpq)"):
    """The package status as if no PostgreSQL were there, so that apt offers all of it."""
    stanzas = status.split("\n\n")
    return "\n\n".join(text for text in stanzas if not re.match(pattern, text))


def is_server_part(package):
    """The server, its client programs, and libraries (not perl's)."""
    name = package.partition("=")[0]
    return bool(
        re.fullmatch(r"postgresql-(client-)?\d+", name)
        or (name.startswith("lib") and not name.endswith("-perl"))
    )
