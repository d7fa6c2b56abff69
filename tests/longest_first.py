"""How two workers share the tests: a file goes to one of them whole, a folder with one ground too, the longest first."""

from collections.abc import Sequence

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Read on one ground, which is built once.
_TOGETHER = ("tests/demonstration/district/",)
# What would keep one worker busy long after the other has finished. The order of the rest does not matter.
_LONGEST = (
    "tests/demonstration/district/",
    "tests/house/test_permissions.py",
    "tests/house/test_rubbish.py",
    "tests/web/shared/test_in_browser.py",
    "tests/web/portal/test_in_browser.py",
    "tests/web/desk/intake/test_in_browser.py",
    "tests/web/desk/cases/test_in_browser.py",
    "tests/demonstration/",
    "tests/journeys/",
)


def longest_first(items: list[pytest.Item]) -> None:
    """In place; what is not named keeps its order behind what is."""
    items.sort(key=lambda item: next((at for at, part in enumerate(_LONGEST) if item.nodeid.startswith(part)), len(_LONGEST)))


class FileByFile(LoadScopeScheduling):
    """Fixtures of a module are set up once, not once for each worker."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid, _TOGETHER)


def _scope(nodeid: str, together: Sequence[str]) -> str:
    return next((folder for folder in together if nodeid.startswith(folder)), nodeid.split("::", 1)[0])
