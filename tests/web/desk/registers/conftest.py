"""A small Nanchong at its desks, with a clock that stands still until a test moves it."""

import pytest

from tests.records.registers.world import Cast, at, build
from tests.web.desk.cases.conftest import english
from tests.web.desk.cases.office import Clock

__all__ = ["english"]


@pytest.fixture
def cast(db: None) -> Cast:
    return build()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.stopped(monkeypatch, at("2026-03-02"))
