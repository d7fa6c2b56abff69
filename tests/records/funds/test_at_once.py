"""Many who promise from one envelope at once: the sum never exceeds it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection

from linli.records.funds.models import Commitment, Envelope
from linli.records.funds.services import commit_money, release_money, set_envelope
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from tests.records.rulebook.world import at, build, place

NOW = at(2021, 1, 10)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("some_give_back", [False, True])
def test_twelve_who_promise_at_once_never_promise_more_than_there_is(some_give_back: bool) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    cast = build(local=False)
    set_envelope(place=place(), year=2021, amount_fen=1000, source="演示", dedicated=True, approved=True, by=cast.finance, at=NOW)

    def promise(number: int) -> int:
        close_old_connections()
        subject = Subject("case", str(number))
        try:
            commit_money(subject=subject, amount_fen=130, place=place(), year=2021, by="system", at=NOW)
            if some_give_back and number % 4 == 0:
                release_money(subject=subject, by="system", at=NOW)
            return 1
        except Refused:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(promise, range(48)))
    row = Envelope.objects.get()
    held = sum(Commitment.objects.exclude(state="released").values_list("amount_fen", flat=True))
    assert row.promised_fen == held <= row.amount_fen
    if not some_give_back:
        assert held == 7 * 130  # as many as fit, and not one more


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_first_money_of_a_year_set_twice_at_once_is_one_envelope() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    cast = build(local=False)

    def set_(number: int) -> int:
        close_old_connections()
        try:
            options = {"source": "演示", "dedicated": True, "approved": True, "by": cast.finance, "at": NOW}
            return set_envelope(place=place(), year=2021, amount_fen=1000 + number, **options).pk  # type: ignore[arg-type]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(set_, range(4)))) == 1
    assert Envelope.objects.get().amount_fen in range(1000, 1004)
