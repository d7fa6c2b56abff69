"""English is compiled, and the clock stands still on an evening in April 2021."""

import pytest

from linli.web.shared.translations import write
from tests.browser import browser, visitor
from tests.web.portal.world import Street, stop_the_clock

__all__ = ["browser", "visitor"]


@pytest.fixture(autouse=True, scope="session")
def english() -> None:
    write()


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)


@pytest.fixture
def street(db: None) -> Street:
    return Street()
