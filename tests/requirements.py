"""`make requirements`: which sentences of the regulations a test shows, and how each is carried.

Reads the sentences from docs/reference/requirements.md and the marks from the collected tests; nothing is run.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

SENTENCES = Path(__file__).parents[1] / "docs" / "reference" / "requirements.md"
HOWS = ("refuses", "due", "answered", "kept", "shown")
_LINE = re.compile(r"^- (S\d-\d+) ((?:\[[NRFDOX]\])+)")


def sentences() -> dict[str, str]:
    """Requirement id -> its kinds, such as "NR". Those that software can only measure ([X]) are left out."""
    found: dict[str, str] = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        match = _LINE.match(line)
        if match:
            kinds = match[2].replace("[", "").replace("]", "")
            if kinds != "X":
                found[match[1]] = kinds
    return found


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
    if pytest.main(["--collect-only", "-qqq", "-p", "no:cacheprovider"], plugins=[marks]) != 0:
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
    unknown = sorted(set(marks.shown) - set(wanted))
    if unknown:
        print(f"marks that name no sentence: {' '.join(unknown)}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
