"""Nobody sees or does what their office does not allow: every address × method × person, asserted cell by cell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from linli.web.shared.doors import every_route
from tests.house.ground import Ground
from tests.house.matrix import EXAMPLES, OTHERS, Cell, Matrix

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
