import pytest

from tests.records.meetings.world import Council


@pytest.fixture
def council(db: None) -> Council:
    return Council()
