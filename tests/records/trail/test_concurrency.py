"""Many at once add to the same stream: no gap, no fork, nothing lost, on both databases."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction

from linli.records.trail import export, services
from linli.records.trail.models import Event, Leaf, Stream
from linli.rules.plain.subjects import Subject
from linli.rules.proof import verifier
from tests.records.trail.kinds import Noted

AT = datetime(2021, 4, 8, tzinfo=UTC)
WRITERS, EACH = 8, 25


class Abandoned(Exception):
    """The act behind an event is taken back, and the event with it."""


def write(number):
    for n in range(EACH):
        try:
            with transaction.atomic():
                services.record(
                    Noted(words=f"{number}.{n}"), stream=f"44{n % 2}", subject=Subject("need", "1"), by="system", at=AT
                )
                if n % 5 == 4:
                    raise Abandoned
        except Abandoned:
            pass


def in_thread(work, failures):
    def run():
        try:
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    return threading.Thread(target=run)


def all_at_once(*works):
    failures = []
    threads = [in_thread(work, failures) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads on one in-memory SQLite database share its connection")
@pytest.mark.django_db(transaction=True)
def test_writers_and_checkpoints_at_once_on_postgresql(tmp_path):
    def checkpoints():
        for _ in range(10):
            services.take_checkpoint(at=AT)

    all_at_once(*(lambda number=number: write(number) for number in range(WRITERS)), checkpoints, checkpoints)
    services.take_checkpoint(at=AT)
    kept = WRITERS * EACH * 4 // 5
    assert Event.objects.count() == Leaf.objects.count() == kept
    assert sum(Stream.objects.exclude(pk="checkpoints").values_list("seq", flat=True)) == kept
    export.write_trail(tmp_path)
    assert verifier.check(tmp_path).fault is None


WRITER = """
import django, sys; django.setup()
from tests.records.trail.test_concurrency import write
write(int(sys.argv[1]))
"""
EXPORTER = """
import django, sys; django.setup()
from pathlib import Path
from linli.records.trail import export
export.write_trail(Path(sys.argv[1]))
"""


def test_processes_at_once_on_one_sqlite_file(tmp_path):
    path = tmp_path / "linli.sqlite3"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "LINLI_DATABASE_URL": f"sqlite:///{path}"}

    def python(*arguments):
        return subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)

    assert python("manage.py", "migrate", "trail", "-v0", "--skip-checks").wait() == 0
    writers = [python("-c", WRITER, str(number)) for number in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert python("-c", EXPORTER, str(tmp_path / "trail")).wait() == 0
    report = verifier.check(tmp_path / "trail")
    assert (report.fault, report.events, report.streams) == (None, 3 * EACH * 4 // 5, 2)
