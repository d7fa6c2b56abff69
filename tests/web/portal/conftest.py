"""English is compiled, and the clock stands still on an evening in April 2021."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.web.shared.translations import write
from tests.web.portal.world import Street, stop_the_clock


@pytest.fixture(autouse=True, scope="session")
def english() -> None:
    write()


@pytest.fixture(autouse=True)
def april(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)


@pytest.fixture
def street(db: None) -> Street:
    return Street()


@pytest.fixture
def asked_times() -> Callable[[Client, str], int]:
    """How often a page asks the database."""

    def count(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count
