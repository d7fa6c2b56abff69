import pytest

from tests.records.cases.life import Life
from tests.records.rulebook import world


@pytest.fixture
def cast(db: None) -> world.Cast:
    return world.build()


@pytest.fixture
def life(cast: world.Cast) -> Life:
    return Life(cast)
