"""The database itself refuses to change what is sealed."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from linli.records.trail import services
from linli.records.trail.models import Event
from linli.rules.plain.subjects import Subject
from tests.records.trail.kinds import Noted
from tests.seals import lifted

AT = datetime(2021, 4, 8, tzinfo=UTC)


@pytest.fixture
def history(db):
    for n in range(3):
        services.record(Noted(words=str(n)), stream="44", subject=Subject("need", "1"), by="system", at=AT)
    services.take_checkpoint(at=AT)
    connection.check_constraints()  # PostgreSQL would refuse a TRUNCATE merely because some are still to be checked


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor.fetchall()]


FORGERIES = {
    "change an event": "UPDATE trail_event SET kind = 'other' WHERE seq = 2",
    "remove an event": "DELETE FROM trail_event WHERE seq = 3",
    "remove every event": "DELETE FROM trail_event",
    "change a checkpoint": "UPDATE trail_checkpoint SET size = 1",
    "remove a checkpoint": "DELETE FROM trail_checkpoint",
    "move a leaf": 'UPDATE trail_leaf SET event_id = 1 WHERE "index" = 2',
    "remove a leaf": "DELETE FROM trail_leaf",
}
ONLY_SQLITE = {
    "replace an event": "REPLACE INTO trail_event SELECT * FROM trail_event WHERE seq = 2",
    "replace an event under a new id": """REPLACE INTO trail_event SELECT id + 100, stream, seq, kind, subject_kind,
        subject_id, "by", office, at, decision, body, prev_sha256, sha256, prev_sm3, sm3 FROM trail_event WHERE seq = 2""",
    "replace a checkpoint": "REPLACE INTO trail_checkpoint SELECT * FROM trail_checkpoint",
}
ONLY_POSTGRESQL = {
    "empty the events": "TRUNCATE trail_event CASCADE",
    "empty the checkpoints": "TRUNCATE trail_checkpoint",
    "insert over an event": """INSERT INTO trail_event SELECT * FROM trail_event WHERE seq = 2
        ON CONFLICT (id) DO UPDATE SET kind = 'other'""",
}


def forgeries():
    return FORGERIES | (ONLY_POSTGRESQL if connection.vendor == "postgresql" else ONLY_SQLITE)


@pytest.mark.parametrize("name", sorted(forgeries()))
def test_the_database_refuses_to(name, history):
    before = [rows(table) for table in ("trail_event", "trail_checkpoint", "trail_leaf")]
    with pytest.raises(IntegrityError, match="is sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forgeries()[name])
    assert [rows(table) for table in ("trail_event", "trail_checkpoint", "trail_leaf")] == before


def test_a_model_cannot_do_it_either(history):
    event = Event.objects.first()
    for act in (event.save, event.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_tests_can_lift_the_seals_and_they_are_back_afterwards(history):
    with lifted():
        Event.objects.filter(seq=3).update(kind="other")
    with pytest.raises(IntegrityError, match="is sealed"), transaction.atomic():
        Event.objects.filter(seq=3).update(kind="again")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_transactional_test_starts_empty(time):
    assert not Event.objects.exists()
    services.record(Noted(words=time), stream="44", subject=Subject("need", "1"), by="system", at=AT)
