"""Run a command against a throw-away PostgreSQL: `python -m tests.with_postgres pytest …`.

Where there is no PostgreSQL it says so and succeeds; in CI its absence is a failure. The migrations are run once: the cluster
they leave is kept, and every later run works on a copy of it. Other migrations, or another PostgreSQL, are another cluster.
"""

import glob
import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MIGRATED = "linli_migrated"
_DAY = 24 * 60 * 60
# Tests need speed, not durability, and none asks a question so long that compiling its plan would pay; the last is what
# docs/howto/run-a-site.md advises.
_FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=128MB"
    " -c jit=off -c random_page_cost=1.1"
)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, newest version first."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]), reverse=True)
    if found:
        return Path(found[0]).parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _become(user: str) -> Callable[[], None]:
    entry = pwd.getpwnam(user)

    def drop() -> None:
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)

    return drop


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """A PostgreSQL of our own in a temporary folder. It refuses to run as root, so root steps down."""

    def __init__(self, programs: Path) -> None:
        self.programs, self.port = programs, _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
        self.data = self.folder / "data"
        self._drop = None
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self._drop = _become("postgres")

    def address(self, database: str) -> str:
        return f"postgres://linli@127.0.0.1:{self.port}/{database}"

    def nearby(self, database: str) -> dict[str, str]:
        """The same database without the detour of a network: what a program on this machine finds in its environment."""
        return {"LINLI_DATABASE_URL": f"postgres://linli@:{self.port}/{database}", "PGHOST": str(self.folder)}

    def begin(self) -> None:
        self._call("initdb", "-D", str(self.data), "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")

    def start(self) -> None:
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder} {_FAST}"
        self._call("pg_ctl", "-D", str(self.data), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self, how: str) -> None:
        self._call("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def migrate(self) -> None:
        """Into a database from which each worker makes its own (`TEMPLATE` in tests/settings.py)."""
        self._call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "linli", "-T", "template0", MIGRATED)
        environment = {**os.environ, "LINLI_DATABASE_URL": self.address(MIGRATED), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], check=True, env=environment, cwd=ROOT)

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        subprocess.run(command, check=True, preexec_fn=self._drop, cwd="/", stdout=subprocess.DEVNULL)


def _kept(programs: Path) -> Path:
    """Where the cluster with these migrations is kept."""
    digest = hashlib.sha256(str(programs).encode())
    for file in sorted([*(ROOT / "linli").rglob("migrations/*.py"), ROOT / "requirements" / "test.txt"]):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return Path(tempfile.gettempdir()) / f"linli-migrated-{os.getuid()}" / f"postgres-{digest.hexdigest()[:16]}"


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """The address of a running cluster with a migrated database in it."""
    with running(bin_folder) as cluster:
        yield cluster.address("postgres")


@contextmanager
def running(bin_folder: Path) -> Iterator[Cluster]:
    cluster, kept = Cluster(bin_folder), _kept(bin_folder)
    try:
        if kept.exists():
            _copy(kept, cluster.data)
        else:
            cluster.begin()
            cluster.start()
            cluster.migrate()
            cluster.stop("fast")
            _keep(cluster.data, kept)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")
    finally:
        shutil.rmtree(cluster.folder, ignore_errors=True)


def _keep(data: Path, kept: Path) -> None:
    """Whole or not at all; what the migrations of other days left is thrown away."""
    kept.parent.mkdir(exist_ok=True)
    for old in kept.parent.glob("postgres-*"):
        if time.time() - old.stat().st_mtime > _DAY:
            shutil.rmtree(old, ignore_errors=True)
    beginning = kept.parent / f"postgres-{os.getpid()}.new"
    _copy(data, beginning)
    with suppress(OSError):  # somebody else was quicker
        beginning.rename(kept)


def _copy(one: Path, other: Path) -> None:
    """With its owner: the cluster belongs to whoever runs it."""
    subprocess.run(["cp", "-a", str(one), str(other)], check=True)


def main(command: list[str]) -> int:
    bin_folder = programs()
    if bin_folder is None:
        print("PostgreSQL is not installed here: its half of the tests is left out.")  # noqa: T201
        return 1 if os.environ.get("CI") == "true" else 0
    with running(bin_folder) as cluster:
        environment = {**os.environ, **cluster.nearby("postgres"), "LINLI_TEST_TEMPLATE": MIGRATED}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
