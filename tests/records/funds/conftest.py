import pytest

from tests.records.rulebook import world


@pytest.fixture
def cast(db: None) -> world.Cast:
    return world.build()
