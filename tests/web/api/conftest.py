import pytest

from tests.records.cases.life import Life
from tests.world import Cast, build


@pytest.fixture
def cast(db: None) -> Cast:
    return build()


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast)
