"""`linli docs [--check]`: writes the reference that follows from the code and the packs, or says that it is stale."""

import argparse
from collections.abc import Callable
from pathlib import Path

from linli.commands.records import start

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("docs", help="write the generated reference; --check only compares")
    parser.add_argument("--check", action="store_true", help="fail when a page is stale")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    stale = [name for name, page in pages().items() if _stands(name) != page()]
    if chosen.check:
        for name in stale:
            print(f"docs/reference/{name} is stale: run `make docs`")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(pages()[name](), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


def pages() -> dict[str, Callable[[], str]]:
    """File name -> what it should say."""
    from linli.commands.reference import events, permissions, procedures

    return {
        "permissions.md": permissions.page,
        "events.md": events.page,
        "procedures.md": procedures.page,
    }


def _stands(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""
