"""Nanshan at work, with a clock that stands still until a test moves it."""

import pytest

from linli.web.shared.translations import write
from tests.journeys.steps import District, on
from tests.web.desk.cases.office import Clock, Desk


@pytest.fixture(autouse=True, scope="session")
def english() -> None:
    write()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.stopped(monkeypatch, on("2021-03-08"))


@pytest.fixture
def district(db: None) -> District:
    return District()


@pytest.fixture
def secretary(district: District, time: Clock) -> Desk:
    return Desk(district.secretary)
