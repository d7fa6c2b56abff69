import pytest

from tests.records.needs.world import Village


@pytest.fixture
def village(db: None) -> Village:
    return Village()
