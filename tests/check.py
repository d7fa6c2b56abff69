"""`make check`: everything that can be said without running the system, side by side, under a minute."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = str(BIN / "python")

CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "-q", "."],
    "lint": [str(BIN / "ruff"), "check", "-q", "."],
    "types": [str(BIN / "mypy"), "--no-error-summary", "linli"],
    "layers": [str(BIN / "lint-imports"), "--no-logo"],
    "packs": [PYTHON, "-m", "linli.commands.main", "pack", "check"],
    "translations": [PYTHON, "-m", "linli.commands.main", "translations", "--check"],
    "docs": [PYTHON, "-m", "linli.commands.main", "docs", "--check"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}


def run(name: str) -> tuple[str, int, str, float]:
    begun = time.monotonic()
    done = subprocess.run(CHECKS[name], capture_output=True, text=True, check=False)
    return name, done.returncode, done.stdout + done.stderr, time.monotonic() - begun


def main() -> int:
    failed = 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        for name, code, output, seconds in pool.map(run, ["types", *(name for name in CHECKS if name != "types")]):
            print(f"{'ok    ' if code == 0 else 'FAILED'} {name:<14}{seconds:5.1f} s")  # noqa: T201
            if code != 0:
                failed += 1
                print(output)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
