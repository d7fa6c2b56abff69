"""`make test`: both halves of the tests side by side, so that no core waits while a browser or a database works.

The half on SQLite is watched as it runs; what the half on PostgreSQL said comes after it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PYTEST = str(Path(sys.executable).parent / "pytest")
SQLITE = [PYTEST, "-n", "2", "-m", "not postgres"]
# One worker: half the work. Only one of the two notes what failed last.
POSTGRES = [PYTEST, "-n", "1", "-p", "no:cacheprovider", "-m", "not browser", "tests/records", "tests/web", "tests/journeys"]


def main() -> int:
    with tempfile.TemporaryFile("w+") as said:
        other = subprocess.Popen([sys.executable, "-m", "tests.with_postgres", *POSTGRES], stdout=said, stderr=said)
        print("· SQLite", flush=True)  # noqa: T201
        try:
            # The one worker goes first: were it the last to end, a core would have stood idle.
            on_sqlite = subprocess.run(SQLITE, check=False, preexec_fn=lambda: os.nice(5)).returncode
            on_postgres = other.wait()
        except KeyboardInterrupt:
            other.wait()
            return 130
        said.seek(0)
        print(f"· PostgreSQL\n{said.read()}", flush=True)  # noqa: T201
    return on_sqlite or on_postgres


if __name__ == "__main__":
    sys.exit(main())
