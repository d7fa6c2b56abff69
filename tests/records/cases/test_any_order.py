"""Whoever tries whatever in whatever order: nothing is reached that the pack does not lead to."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.records.people.selectors import actor_for
from linli.records.rulebook.models import Passage
from linli.records.rulebook.selectors import rules_at
from linli.records.rulebook.services import open_passage, take
from linli.rules.gates.model import Readings
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject
from linli.rules.policy.models import Procedure
from tests.records.rulebook.world import Cast, at, place

PROJECT = Subject("case", "7")
DAY = date(2021, 3, 1)
# Facts that satisfy every kind of evidence the acts ask for; so that it is the way itself that is tried, not the papers.
FULL = {
    "quorum_met": True,
    "approve_share": "1",
    "recusals_observed": True,
    "minutes_signed": True,
    "residents": 9,
    "passed": True,
    "defects_open": 0,
    "amount": 1,
    "balanced": True,
    "respondents": 9,
    "share_done": "1",
    "method": "self_procurement",
    "shown": ["2020-01-01", None],
    "objections_open": 0,
}


def everything(procedure: Procedure) -> Readings:
    rules = rules_at(place())
    checklists = {
        name: {item.key: item.must_be for item in checklist.items.values()} for name, checklist in rules.checklists(DAY).items()
    }
    forms = {
        name: {"_complete": True, "budget": 1, "highly_professional": False, "cross_community": False}
        for name in rules.forms(DAY)
    }
    return Readings(
        facts={
            "case.amount": 100,
            "case.type": "goods",
            "case.needs_linked": 1,
            "case.changes_open": 0,
            "case.year": 2021,
            "money.left_after": 0,
        },
        forms=forms,  # type: ignore[arg-type]
        checklists=checklists,  # type: ignore[arg-type]
        evidence=dict.fromkeys(procedure.slots, FULL),  # type: ignore[misc]
    )


@pytest.fixture
def procedure(cast: Cast) -> Iterator[Procedure]:
    yield rules_at(place()).procedure("micro_project", DAY)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_sequence_of_acts_by_anybody_leaves_the_way_of_the_pack(cast: Cast, procedure: Procedure, data: st.DataObject) -> None:
    acts, people = (
        sorted(procedure.acts),
        [cast.secretary, cast.deputy, cast.residents, cast.working, cast.office, cast.civil, None],
    )
    readings = everything(procedure)
    with transaction.atomic():
        open_passage(subject=PROJECT, procedure="micro_project", place=place(), by="system", at=at(2021, 3, 1))
        for day in range(data.draw(st.integers(1, 25), label="acts")):
            passage = Passage.objects.get()
            here = [act for act in acts if passage.state in procedure.acts[act].from_states]
            # Mostly what could be done here, now and then anything at all.
            tried = data.draw(st.one_of(st.sampled_from(here or acts), st.sampled_from(acts)), label="act")
            by = data.draw(st.sampled_from(people), label="by")
            moment = at(2021, 3, 2) + timedelta(days=day)
            try:
                step = take(subject=PROJECT, act=tried, by=by, at=moment, readings=readings)
            except Refused as no:
                assert no.reasons
                assert Passage.objects.values().get() == Passage.objects.filter(pk=passage.pk).values().get()
                assert Passage.objects.get().state == passage.state
                continue
            act = procedure.acts[tried]
            assert passage.state in act.from_states
            assert Passage.objects.get().state == step.to_state == (passage.state if act.to == "same" else act.to)
            assert step.office in actor_for(by, place(), moment.date()).offices
            for relation in act.apart_from:
                earlier = relation.removeprefix("did:").strip() if relation.startswith("did:") else None
                done = passage.steps.filter(act=earlier, by=step.by, number__lt=step.number) if earlier else None
                assert done is None or not done.exists()
            if Passage.objects.get().ended_at:
                assert procedure.states[step.to_state].end
        transaction.set_rollback(True)


def test_every_state_the_pack_names_is_reached_by_its_acts(procedure: Procedure) -> None:
    reached, queue = {procedure.starts}, [procedure.starts]
    while queue:
        here = queue.pop()
        for act in procedure.acts.values():
            if here in act.from_states and act.to != "same" and act.to not in reached:
                reached.add(act.to)
                queue.append(act.to)
    assert reached == set(procedure.states)
