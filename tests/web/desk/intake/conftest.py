"""The village of the needs, signed in at the desk on a day of ours. Everybody is made up (演示)."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from linli.records.people.models import Account, Person
from linli.web.shared import clock
from linli.web.shared.translations import write
from tests.records.needs.world import NOW, Village


@pytest.fixture(autouse=True, scope="session")
def english() -> None:
    write()


class Time:
    """The clock of the doors, in the test's hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = NOW
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def turn(self, at: datetime) -> None:
        self.at = at


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


@pytest.fixture
def village(db: None) -> Village:
    return Village()


class Desks:
    """A browser per person, signed in."""

    def __init__(self) -> None:
        self._held: dict[tuple[object, str], Client] = {}

    def of(self, person: Person, language: str = "zh-hans") -> Client:
        key = (person.pk, language)
        if key not in self._held:
            account, _ = Account.objects.get_or_create(person=person, defaults={"username": f"u-{person.pk.hex}"})
            client = Client()
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            client.cookies["django_language"] = language
            self._held[key] = client
        return self._held[key]


@pytest.fixture
def desk(db: None) -> Iterator[Desks]:
    yield Desks()
