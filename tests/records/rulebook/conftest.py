import pytest

from tests.records.rulebook import world
from tests.records.rulebook.probe_world import probe, probe_folder

__all__ = ["cast", "probe", "probe_folder"]


@pytest.fixture
def cast(db: None) -> world.Cast:
    return world.build()
