"""What several journeys begin with."""

import pytest

from tests.journeys.village import Village
from tests.records.registers.world import at
from tests.web.desk.cases.office import Clock


@pytest.fixture
def village(db: None, monkeypatch: pytest.MonkeyPatch) -> Village:
    return Village(Clock.stopped(monkeypatch, at("2026-03-02")))
