"""Forgetting what was sealed of a person: the salts go, of what is named alone, and the chain stays whole."""

import pytest

from linli.records.trail import services
from linli.records.trail.models import Event, Opening
from linli.rules.plain.subjects import Subject
from tests.records.trail.conftest import AT
from tests.records.trail.kinds import Asked, Told

OURS, THEIRS = Subject("need", "1"), Subject("need", "2")


@pytest.fixture
def kept(db: None) -> None:
    for event, subject in (
        (Asked(words="演示·一", number=1), OURS),
        (Asked(words="演示·二", number=2), OURS),
        (Told(words="演示·三"), OURS),
        (Told(words="演示·四"), THEIRS),
    ):
        services.record(event, stream="440305007001", subject=subject, by="system", at=AT)


def left() -> list[tuple[str, str]]:
    """Kind and subject of what can still be opened."""
    rows = Opening.objects.order_by("event__seq").values_list("event__kind", "event__subject_id")
    return [(kind, subject) for kind, subject in rows]


ASKED, TOLD, ANOTHER = ("test.asked", "1"), ("test.told", "1"), ("test.told", "2")


@pytest.mark.parametrize(
    ("named", "stays"),
    [
        ({}, [ANOTHER]),
        ({"kinds": ("test.told",)}, [ASKED, ASKED, ANOTHER]),
        ({"about": {"number": 2}}, [ASKED, TOLD, ANOTHER]),
        ({"kinds": ("test.told",), "about": {"number": 2}}, [ASKED, ASKED, TOLD, ANOTHER]),
    ],
    ids=["all about a subject", "of a kind", "with a number", "of a kind and with a number"],
)
def test_what_is_named_can_no_longer_be_opened_and_everything_else_can(
    kept: None, named: dict[str, object], stays: list[tuple[str, str]]
) -> None:
    before = list(Event.objects.order_by("seq").values_list("sha256", "sm3"))
    assert services.erase_openings(subject=OURS, **named) == 4 - len(stays)  # type: ignore[arg-type]
    assert left() == stays
    assert list(Event.objects.order_by("seq").values_list("sha256", "sm3")) == before
