"""The small district, for every module that reads it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.demonstration.build import build
from linli.demonstration.world import SMALL, World
from tests.browser import has_chromium

ANCHOR = date(2026, 11, 21)


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> Iterator[World]:
    """Built once for this folder, which one worker reads as a whole (tests/longest_first.py), and taken back at the end."""
    if has_chromium():
        # While a browser runs, this thread has a connection of its own: one that started halfway would not see the district.
        request.getfixturevalue("browser")
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(anchor=ANCHOR, seed=7, size=SMALL, password="linli-yanshi-test")
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(built: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """What one module leaves behind, sessions for instance, is gone before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)
