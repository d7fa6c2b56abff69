"""Two people take the same act at the same moment: one does, the other is told why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection

from linli.records.cases.services import open_case, take_act
from linli.records.funds.models import Envelope
from linli.records.funds.services import set_envelope
from linli.records.people.models import Person
from linli.records.rulebook.models import DecisionRecord, Passage, Step
from linli.rules.plain.refusals import Refused
from tests.records.cases.life import Life
from tests.records.rulebook.world import at, build, place

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def only_where_many_write_at_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")


def test_one_takes_it_the_other_is_refused_with_where_it_stands_now() -> None:
    life = Life(build()).evaluated()
    moment, together = life.later(), Barrier(2)

    def determine(by: Person) -> list[str]:
        close_old_connections()
        together.wait()
        try:
            take_act(case=life.case, act="determine", by=by, at=moment)
            return []
        except Refused as no:
            return [reason.key for reason in no.reasons]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(determine, [life.cast.secretary, life.cast.deputy]))
    assert answers == [[], ["state"]]
    assert Step.objects.filter(act="determine").count() == 1
    assert DecisionRecord.objects.filter(act="determine").count() == 1
    assert Envelope.objects.get().promised_fen == 180_000_00
    assert Passage.objects.get(subject_kind="case").state == "determined"


def test_setting_the_money_while_a_project_takes_it_blocks_nobody_for_good() -> None:
    life = Life(build()).evaluated()
    moment = life.later()

    def determine() -> None:
        take_act(case=life.case, act="determine", by=life.cast.secretary, at=moment)

    def more() -> None:
        set_envelope(
            place=place(),
            year=2021,
            amount_fen=3_000_000_00,
            source="演示",
            dedicated=True,
            approved=True,
            by=life.cast.finance,
            at=moment,
        )

    def apart(work: Callable[[], None]) -> None:
        close_old_connections()
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(apart, [more, determine, more, more]))
    row = Envelope.objects.get()
    assert (row.amount_fen, row.promised_fen) == (3_000_000_00, 180_000_00)


def test_twenty_cases_opened_at_once_have_twenty_numbers_without_a_gap() -> None:
    cast = build(local=False)

    def opened(_: int) -> str:
        close_old_connections()
        try:
            return open_case(procedure="micro_project", place=place(), title="演示", by=cast.secretary, at=at(2021, 3, 1)).code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        codes = sorted(pool.map(opened, range(20)))
    assert codes == [f"NS-2021-{number:04d}" for number in range(1, 21)]
