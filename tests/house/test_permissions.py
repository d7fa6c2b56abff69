"""Nobody sees or does what their office does not allow: every address × method × person, asserted cell by cell."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from linli.records.people.access import Permission
from linli.web.shared.doors import every_route
from tests.house.ground import Ground
from tests.house.matrix import EXAMPLES, OTHERS, Cell, Matrix, expected, row_of
from tests.house.tables import tables

# Asks for the database; the district itself is built once, around all the tests of this module.
pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Matrix]:
    """One district for the whole module; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield Matrix(Ground())
        transaction.set_rollback(True)


def ours() -> list[str]:
    return [route.name for route in every_route() if not route.view.__module__.startswith(OTHERS)]


def test_every_address_has_a_door_and_an_example() -> None:
    doorless = [route.path for route in every_route() if route.door is None and not route.view.__module__.startswith(OTHERS)]
    assert doorless == [], "these addresses say nothing about who may enter: put a @door on the view"
    missing = [name for name in ours() if name not in EXAMPLES]
    assert missing == [], "the permission matrix does not know how to fill these: add them to EXAMPLES in tests/house/matrix.py"
    gone = [name for name in EXAMPLES if name not in ours()]
    assert gone == [], "these examples have no address any more: take them out of EXAMPLES"


@pytest.mark.timeout(1200)  # every door for everybody
def test_the_whole_matrix(matrix: Matrix, capsys: pytest.CaptureFixture[str]) -> None:
    cells = list(matrix.cells())
    wrong = [cell for cell in cells if cell.wanted != cell.got]
    surplus = [cell for cell in wrong if cell.surplus]
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{len(cells):,} cells: {len(matrix.routes)} addresses × {len(matrix.ground.everybody)} people; {_counted(cells)}"
        )
    assert not surplus, "somebody comes in who may not:\n" + _listed(surplus)
    assert not wrong, "not what the permission table says:\n" + _listed(wrong)


def _listed(cells: list[Cell]) -> str:
    """Cells that go wrong alike on one line."""
    alike: dict[str, list[str]] = {}
    for cell in cells:
        alike.setdefault(f"{cell.method} {cell.route}: must be {cell.wanted}, is {cell.got}", []).append(cell.who)
    return "\n".join(f"{what} for {len(people)}: {', '.join(people[:4])}" for what, people in alike.items())


def _counted(cells: list[Cell]) -> str:
    kinds = sorted({cell.got for cell in cells})
    return ", ".join(f"{kind} {sum(cell.got == kind for cell in cells):,}" for kind in kinds)


# Rows that only say in the table what a pack decides office by office.
NAMED_BY_PACKS = {
    "cases.open_case",
    "cases.fill_case_form",
    "cases.answer_case_checklist",
    "cases.file_case_evidence",
    "cases.take_case_act",
    "rulebook.set_local_value",
    "rulebook.decide_exception",
    "rulebook.place_hold",
}
# Rows of things that have no page yet, or that are shown as part of a page with a wider row.
NO_DOOR_YET = {
    "bodies.read_bodies",
    "evidence.read_history",
    "evidence.read_public_file",
    "evidence.read_staff_file",
    "evidence.store_file",
    "needs.read_coverage",
    "notices.read_answer",
    "rulebook.read_rules",
}


def test_every_row_is_used_by_a_door_or_a_service() -> None:
    """By its name in a door, or by the constant it stands under in somebody's code."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "linli").rglob("*.py")}
    used_by_doors = {id(row_of(route)) for route in every_route() if route.door is not None}
    idle = []
    for name, row in tables().items():
        app = name.partition(".")[0]
        constant = _constant(app, row)
        others = [text for path, text in sources.items() if path != ROOT / f"linli/records/{app}/permissions.py"]
        if id(row) not in used_by_doors and not any(re.search(rf"\b{constant}\b", text) for text in others):
            idle.append(name)
    assert sorted(idle) == sorted(NAMED_BY_PACKS | NO_DOOR_YET), "use a row or take it out of its table; then mend this list"


def _constant(app: str, row: Permission) -> str:
    return next(name for name, value in vars(import_module(f"linli.records.{app}.permissions")).items() if value is row)


# --- does the matrix notice? -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Mutant:
    """One change of one row: what was added or lost."""

    name: str
    row: Permission
    change: dict[str, object]

    def __str__(self) -> str:
        return f"{self.name}: {self.change}"


def _mutants(matrix: Matrix) -> list[Mutant]:
    """Every single change of a row that lets in or keeps out somebody at one of its doors."""
    held = sorted({f"{level}.{office}" for who in matrix.ground.everybody for level, office, _ in who.holds})
    found = []
    for name, row in tables().items():
        if not _doors_of(matrix, row):
            continue
        if row.anonymous:
            found.append(Mutant(name, row, {"anonymous": False}))
            continue
        found.append(Mutant(name, row, {"anonymous": True}))
        found += [Mutant(name, row, {word: not getattr(row, word)}) for word in ("read_above", "staff", "resident")]
        found += [Mutant(name, row, {"offices": (*row.offices, office)}) for office in held if office not in row.offices]
        found += [Mutant(name, row, {"offices": tuple(o for o in row.offices if o != office)}) for office in row.offices]
        found += [Mutant(name, row, {"here": tuple(o for o in row.here if o != office)}) for office in row.here]
        found += [Mutant(name, row, {"apart_from": tuple(a for a in row.apart_from if a != each)}) for each in row.apart_from]
        found += [Mutant(name, row, {"relations": tuple(r for r in row.relations if r != each)}) for each in row.relations]
    return found


def _doors_of(matrix: Matrix, row: Permission) -> set[str]:
    return {route.name for route in matrix.routes if row_of(route) is row}


def _matters(matrix: Matrix, mutant: Mutant) -> bool:
    """Whether the change makes any difference to anybody in the cast; one that does not is no mutant at all."""
    changed = replace(mutant.row, **mutant.change)  # type: ignore[arg-type]
    for route in matrix.routes:
        if row_of(route) is mutant.row:
            method, example = route.door.methods[0], matrix.examples[route.name]  # type: ignore[union-attr]
            for who in matrix.ground.everybody:
                before = expected(route, mutant.row, method, who, example)
                if before != expected(route, changed, method, who, example):
                    return True
    return False


@contextmanager
def _changed(mutant: Mutant) -> Iterator[None]:
    """The row is frozen for everybody but this test."""
    before = {field: getattr(mutant.row, field) for field in mutant.change}
    for field, value in mutant.change.items():
        object.__setattr__(mutant.row, field, value)
    try:
        yield
    finally:
        for field, value in before.items():
            object.__setattr__(mutant.row, field, value)


def test_a_changed_row_is_noticed(matrix: Matrix, capsys: pytest.CaptureFixture[str]) -> None:
    """Thirty rows changed by chance, the same thirty every time: the matrix must turn red for at least 98 in 100."""
    every = _mutants(matrix)
    tried = list(islice((each for each in Random(20).sample(every, len(every)) if _matters(matrix, each)), 30))
    survived = []
    for mutant in tried:
        with _changed(mutant):
            if not any(cell.wanted != cell.got for cell in matrix.cells(_doors_of(matrix, mutant.row))):
                survived.append(str(mutant))
    with capsys.disabled():
        print(f"\n{len(tried)} changed rows, {len(tried) - len(survived)} noticed")  # noqa: T201
    assert len(tried) == 30
    assert len(survived) <= 0.02 * len(tried), survived


# --- behind the doors ----------------------------------------------------------------------------------------------------
REPRESENTATIVES = (
    "anonymous",
    "resident who asked",
    "secretary who opened the case",
    "district.finance of 440305",
    "subdistrict.office of 440305001",
    "community.party_committee of 440305001002",
)


def test_no_page_breaks_for_anybody(matrix: Matrix) -> None:
    """The pages themselves, whole, for a few people: GET is shown or turned down, an empty POST is turned down or led on."""
    broken = []
    for key in REPRESENTATIVES:
        who = matrix.ground.who(key)
        for route in matrix.routes:
            for method in route.door.methods:  # type: ignore[union-attr]
                status = matrix.visit(route, method, who)
                wanted = expected(route, matrix.rows[route.name], method, who, matrix.examples[route.name])
                if status not in _ANSWERS[wanted]:
                    broken.append(f"{method} {route.name} for {key}: {status}, the door says {wanted}")
    assert not broken, "\n".join(broken)


# What a page may answer once its door has said so. Behind an open door the rules may still say no.
_ANSWERS = {
    "through": {200, 302, 403, 404, 409, 422},
    "sign_in": {302},
    "403": {403},
    "404": {404},
    "405": {405},
}
