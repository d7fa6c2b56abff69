"""What several journeys begin with."""

import pytest

from linli.web.shared import clock
from tests.journeys.village import Village
from tests.records.registers.world import at
from tests.web.desk.cases.office import Clock


@pytest.fixture
def village(db: None, monkeypatch: pytest.MonkeyPatch) -> Village:
    time = Clock(at("2026-03-02"))
    monkeypatch.setattr(clock, "now", time)
    return Village(time)
