"""The small district, for every module that reads it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction

from linli.demonstration.build import build
from linli.demonstration.world import SMALL, World

ANCHOR = date(2026, 11, 21)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for all tests of a module, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(anchor=ANCHOR, seed=7, size=SMALL, password="linli-yanshi-test")
        transaction.set_rollback(True)
