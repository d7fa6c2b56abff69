"""What commands that touch the records share: starting Django, bringing the database and the static files up to date."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from linli.commands.sizes import learn_sizes
from linli.rules.plain.days import day_in_china


def start() -> None:
    """Make the records importable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    import django

    django.setup()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two servers of one folder that start together after an update would gather, and clear away, the same files."""
    from django.conf import settings

    folder = os.open(settings.BASE, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare() -> None:
    """Tables as the migrations want them, static files collected, the search index read on. Quick when nothing has changed."""
    from django.core.management import call_command
    from django.db import connection

    with _one_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if connection.vendor == "sqlite":
            learn_sizes()
    from linli.records.reports.search.indexing import keep_current

    keep_current(day_in_china(datetime.now(UTC)))
