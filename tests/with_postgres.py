"""Run a command against a throw-away PostgreSQL: `python -m tests.with_postgres pytest …`.

Where there is no PostgreSQL it says so and succeeds; in CI its absence is a failure.
"""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# Tests need speed, not durability.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=128MB"


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


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """A cluster in a temporary folder; yields its address. PostgreSQL refuses to run as root, so root steps down."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    drop = None
    if os.geteuid() == 0:
        user = "postgres"
        shutil.chown(folder, user, user)
        drop = _become(user)
    data, port = folder / "data", _free_port()

    def call(*command: str) -> None:
        subprocess.run(command, check=True, preexec_fn=drop, cwd="/", stdout=subprocess.DEVNULL)

    call(str(bin_folder / "initdb"), "-D", str(data), "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} {_FAST}"
    call(str(bin_folder / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgres://linli@127.0.0.1:{port}/postgres"
    finally:
        call(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    bin_folder = programs()
    if bin_folder is None:
        print("PostgreSQL is not installed here: its half of the tests is left out.")  # noqa: T201
        return 1 if os.environ.get("CI") == "true" else 0
    with server(bin_folder) as address:
        return subprocess.run(command, env={**os.environ, "LINLI_DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
