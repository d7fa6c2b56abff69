"""One project by the real rules of Nanshan, from a need to the archive."""

import pytest

from linli.records.cases.selectors import timeline
from linli.records.funds.selectors import left
from linli.records.needs.models import Answer, Telling
from linli.records.rulebook.models import Passage
from linli.records.trail.models import Event
from tests.records.cases.life import YUAN, Life
from tests.records.rulebook.world import place

WAY = [
    "design",
    "select",
    "submit_for_evaluation",
    "evaluate",
    "determine",
    "submit_filing",
    "accept_filing",
    "start",
    "finish",
    "accept",
    "appraise",
    "settle",
    "archive",
]


@pytest.mark.requirement("S0-54", how="kept")
@pytest.mark.requirement("S1-29", how="kept")
def test_a_need_becomes_an_archived_project_gate_by_gate(life: Life) -> None:
    life.archived()
    passage = Passage.objects.get(subject_kind="case")
    assert (passage.state, passage.end) == ("archived", "done")
    entries = timeline(life.fresh())
    assert [entry.act for entry in entries] == WAY
    assert all(entry.clause and entry.decision for entry in entries)
    sealed = Event.objects.filter(kind="case.act_taken", subject_id=str(life.case.pk)).order_by("seq")
    assert [event.decision for event in sealed] == [entry.decision for entry in entries]
    assert left(place(), 2021) == (2_000_000 - 180_000) * YUAN
    assert Answer.objects.get().verdict == "solved"
    assert Telling.objects.filter(kind="outcome").count() == 1
