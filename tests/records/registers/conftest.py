import pytest

from tests.records.registers.world import Cast, build


@pytest.fixture
def cast(db: None) -> Cast:
    return build()
