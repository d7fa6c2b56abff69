"""One process at a time does what falls due, on whatever machine it runs; a dead one is not waited for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from linli.records.clockwork.models import Turn
from linli.records.clockwork.selectors import due, stands_still, turns
from linli.records.clockwork.services import LEASE, begin, finish, keep
from linli.rules.plain.texts import Text

NOW = datetime(2026, 11, 22, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def done(by: str = "a:1", at: datetime = NOW, *, whole: bool = True, failed: tuple[Text, ...] = ()) -> None:
    finish(name="minute", by=by, at=at, said=[Text("好", "fine")], failed=failed, whole=whole)


@pytest.mark.django_db
def test_while_one_is_at_it_no_other_begins() -> None:
    assert begin(name="minute", by="a:1", at=NOW) is not None
    assert begin(name="minute", by="b:2", at=NOW + MINUTE) is None
    assert Turn.objects.get(pk="minute").taken_by == "a:1"


@pytest.mark.django_db
def test_what_was_done_is_begun_again_only_when_its_time_has_come() -> None:
    begin(name="minute", by="a:1", at=NOW, every=MINUTE)
    done()
    assert begin(name="minute", by="b:2", at=NOW + timedelta(seconds=59), every=MINUTE) is None
    assert not due("minute", NOW + timedelta(seconds=59)) and due("minute", NOW + MINUTE)
    assert begin(name="minute", by="b:2", at=NOW + MINUTE, every=MINUTE) is not None


@pytest.mark.django_db
def test_one_that_died_at_it_holds_it_no_longer_than_its_lease() -> None:
    begin(name="minute", by="a:1", at=NOW)
    assert begin(name="minute", by="b:2", at=NOW + LEASE - timedelta(seconds=1), every=MINUTE) is None
    assert begin(name="minute", by="b:2", at=NOW + LEASE, every=MINUTE) is not None
    assert keep(name="minute", by="a:1", at=NOW + LEASE) is False
    done(by="a:1", at=NOW + LEASE)
    assert Turn.objects.get(pk="minute").taken_by == "b:2"
    assert Turn.objects.get(pk="minute").done_at is None


@pytest.mark.django_db
def test_one_broken_off_is_taken_anew_at_once() -> None:
    begin(name="minute", by="a:1", at=NOW, every=MINUTE)
    done(whole=False)
    assert begin(name="minute", by="b:2", at=NOW + timedelta(seconds=1), every=MINUTE) is not None
    assert Turn.objects.get(pk="minute").done_at is None


@pytest.mark.django_db
def test_it_is_seen_when_it_stands_still() -> None:
    assert stands_still(turns()["minute"], "minute", NOW)
    begin(name="minute", by="a:1", at=NOW)
    done(failed=(Text("通知与发送", "notifications"),))
    turn = turns()["minute"]
    assert turn is not None and [text.en for text in turn.failures] == ["notifications"]
    assert not stands_still(turn, "minute", NOW + timedelta(minutes=5))
    assert stands_still(turn, "minute", NOW + timedelta(minutes=6))


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_come_at_the_same_moment_one_gets_it() -> None:
    Turn.objects.create(name="minute")
    together = Barrier(8)

    def come(number: int) -> bool:
        together.wait()
        try:
            return begin(name="minute", by=f"m{number}:1", at=NOW, every=MINUTE) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(come, range(8)))
    assert sum(got) == 1
