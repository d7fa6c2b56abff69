"""A ground that takes long to build is built once for a module; every test gets it as it was built."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeVar

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

Ground = TypeVar("Ground")


def built_once(build: Callable[[], Ground]) -> Any:
    """A fixture of a module whose tests all stand on this ground. What a test does is taken back by its own transaction."""

    @pytest.fixture(scope="module")
    def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    return standing


def as_built(ground: Ground) -> Ground:
    """A test changes its own copy of the objects, as it changes its own state of the database."""
    return deepcopy(ground)
