"""English must be compiled before a page can speak it."""

import pytest

from linli.web.shared.translations import write


@pytest.fixture(autouse=True, scope="session")
def english() -> None:
    write()
