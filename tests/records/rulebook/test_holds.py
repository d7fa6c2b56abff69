"""A stop keeps everything from going forward until it is answered and released; sending back stays possible."""

import pytest

from linli.records.rulebook.services import answer_hold, open_passage, place_hold, release_hold, take
from linli.rules.gates.model import Readings
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.subjects import Subject
from tests.records.rulebook.world import Cast, at, place, row_counts

PERMIT = Subject("case", "1")


@pytest.fixture
def stopped(probe: Cast) -> object:
    open_passage(subject=PERMIT, procedure="probe_permit", place=place(), by="system", at=at(2021, 4, 8))
    return place_hold(subject=PERMIT, kind="probe_stop", by=probe.residents, at=at(2021, 4, 9), reason="演示·居民有疑问")


def _allow(cast: Cast) -> object:
    return take(subject=PERMIT, act="allow", by=cast.office, at=at(2021, 4, 12), readings=Readings())


def test_nothing_goes_forward_while_it_is_stopped(probe: Cast, stopped: object) -> None:
    before = row_counts()
    with pytest.raises(Refused) as refused:
        _allow(probe)
    assert "hold" in [reason.key for reason in refused.value.reasons]
    assert row_counts() == before


def test_it_can_still_be_withdrawn(probe: Cast, stopped: object) -> None:
    step = take(subject=PERMIT, act="drop", by=probe.secretary, at=at(2021, 4, 12), readings=Readings())
    assert step.to_state == "dropped"


def test_answered_and_released_it_goes_on(probe: Cast, stopped: object) -> None:
    with pytest.raises(Refused, match="答复后才能解除"):
        release_hold(hold=stopped, by=probe.residents, at=at(2021, 4, 10))  # type: ignore[arg-type]
    answer_hold(hold=stopped, by=probe.office, at=at(2021, 4, 10), answer="演示·已说明")  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        release_hold(hold=stopped, by=probe.office, at=at(2021, 4, 10))  # type: ignore[arg-type]
    release_hold(hold=stopped, by=probe.residents, at=at(2021, 4, 10))  # type: ignore[arg-type]
    assert _allow(probe).moved is False  # type: ignore[attr-defined]


def test_only_the_office_the_pack_names_may_stop_it_and_with_a_reason(probe: Cast) -> None:
    open_passage(subject=PERMIT, procedure="probe_permit", place=place(), by="system", at=at(2021, 4, 8))
    before = row_counts()
    with pytest.raises(NotAllowed, match="社区居民委员会"):
        place_hold(subject=PERMIT, kind="probe_stop", by=probe.secretary, at=at(2021, 4, 9), reason="演示")
    with pytest.raises(Invalid):
        place_hold(subject=PERMIT, kind="probe_stop", by=probe.residents, at=at(2021, 4, 9), reason=" ")
    with pytest.raises(NotFound):
        place_hold(subject=PERMIT, kind="no_such", by=probe.residents, at=at(2021, 4, 9), reason="演示")
    assert row_counts() == before


def test_a_second_stop_of_the_same_kind_is_refused(probe: Cast, stopped: object) -> None:
    before = row_counts()
    with pytest.raises(Refused, match="已经叫停"):
        place_hold(subject=PERMIT, kind="probe_stop", by=probe.residents, at=at(2021, 4, 10), reason="演示")
    assert row_counts() == before
