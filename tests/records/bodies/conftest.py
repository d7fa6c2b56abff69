import pytest

from tests.records.people import world


@pytest.fixture(autouse=True)
def nanshan(db):
    world.nanshan()
