"""A place and somebody who works there, for records that need no more of the world. Everybody is made up (演示)."""

import pytest

from linli.records.people.models import Person
from linli.records.places.models import Place
from tests.records.evidence.makers import a_person, a_place


@pytest.fixture
def place(db: None) -> Place:
    return a_place()


@pytest.fixture
def clerk(db: None) -> Person:
    return a_person()
