"""`make requirements`: which sentences of the regulations a test shows, and how each is carried.

Reads the sentences from docs/reference/requirements.md and the marks from the collected tests; nothing is run.
"""

import contextlib
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

SENTENCES = Path(__file__).parents[1] / "docs" / "reference" / "requirements.md"
HOWS = ("refuses", "due", "answered", "kept", "shown")
_LINE = re.compile(r"^- (S\d-\d+) ((?:\[[NRFDOX]\])+)")


def every_sentence() -> dict[str, str]:
    """Requirement id -> its kinds, such as "NR"."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return {match[1]: re.sub(r"[\[\]]", "", match[2]) for line in lines if (match := _LINE.match(line))}


def sentences() -> dict[str, str]:
    """Those a test must show: goals that software can only measure ([X]) are left out."""
    return {each: kinds for each, kinds in every_sentence().items() if kinds != "X"}


class Marks:
    """Collects the marks of every test."""

    def __init__(self) -> None:
        self.shown: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("requirement"):
                for requirement in mark.args:
                    self.shown[requirement].add(mark.kwargs["how"])


def _order(requirement: str) -> tuple[str, int]:
    regulation, _, number = requirement.partition("-")
    return regulation, int(number)


def main() -> int:
    marks = Marks()
    with contextlib.redirect_stdout(io.StringIO()):
        collected = pytest.main(["--collect-only", "-qqq", "-p", "no:cacheprovider"], plugins=[marks])
    if collected != 0:
        return 1
    wanted = sentences()
    for regulation in sorted({requirement.split("-")[0] for requirement in wanted}):
        ids = sorted((each for each in wanted if each.startswith(f"{regulation}-")), key=_order)
        shown = [each for each in ids if each in marks.shown]
        by_how = ", ".join(f"{how} {sum(how in marks.shown[each] for each in shown)}" for how in HOWS)
        print(f"{regulation}: shown {len(shown)} of {len(ids)} ({by_how})")  # noqa: T201
        missing = [f"{each}[{wanted[each]}]" for each in ids if each not in marks.shown]
        if missing:
            print(f"    not yet: {' '.join(missing)}")  # noqa: T201
    unknown = sorted(set(marks.shown) - set(every_sentence()))
    if unknown:
        print(f"marks that name no sentence: {' '.join(unknown)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
