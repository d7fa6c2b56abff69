import pytest

from linli.records.needs.selectors import similar
from tests.records.needs.world import Village


@pytest.fixture
def village(db: None) -> Village:
    similar._held.clear()
    return Village()
