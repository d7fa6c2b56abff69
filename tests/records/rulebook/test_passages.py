"""A project's way by the real rules, moved by the rulebook alone with readings made by hand."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from linli.records.rulebook import selectors
from linli.records.rulebook.models import DecisionRecord, Passage
from linli.records.rulebook.services import ask_exception, grant_exception, open_passage, open_passages, refuse_exception, take
from linli.rules.gates.model import Readings
from linli.rules.plain.refusals import NotAllowed, NotFound, Refused
from linli.rules.plain.subjects import Subject
from tests.records.rulebook.world import Cast, at, place, row_counts

PROJECT = Subject("case", "7")
PLAN = {"_complete": True, "budget": 480_000_00, "highly_professional": False, "cross_community": False}
READY = Readings(
    facts={
        "case.amount": 380_000_00,
        "case.type": "works",
        "case.needs_linked": 1,
        "case.changes_open": 0,
        "case.year": 2021,
        "money.left_after": 0,
    },
    forms={"project_plan": PLAN},
    evidence={"design_consultation": {"residents": 12}, "selection": {}},
)


def open_project(day: tuple[int, int, int] = (2021, 3, 1)) -> Passage:
    return open_passage(subject=PROJECT, procedure="micro_project", place=place(), by="system", at=at(*day))


def amount(fen: int) -> Readings:
    return replace(READY, facts={**READY.facts, "case.amount": fen})


def test_a_passage_begins_in_the_first_state_under_the_rules_of_its_day(cast: Cast) -> None:
    passage = open_project()
    assert (passage.state, passage.stage, passage.pack) == ("draft", "source", "nanshan")
    assert passage.frozen["source"]["on"] == "2021-03-01"
    assert passage.rules_version == "shenzhen@0.1.0+nanshan@0.1.0"


def test_before_the_rules_knew_it_nothing_begins(cast: Cast) -> None:
    before = row_counts()
    with pytest.raises(Refused):
        open_project((2016, 1, 1))
    with pytest.raises(Refused, match="没有这一种办理程序"):
        open_passage(subject=PROJECT, procedure="no_such", place=place(), by="system", at=at(2021, 3, 1))
    with pytest.raises(Refused, match="不在这一层级"):
        open_passage(subject=PROJECT, procedure="micro_project", place=place("440305"), by="system", at=at(2021, 3, 1))
    assert row_counts() == before


def test_an_act_moves_the_subject_and_seals_what_was_read(cast: Cast) -> None:
    open_project()
    step = take(subject=PROJECT, act="design", by=cast.secretary, at=at(2021, 3, 2), readings=READY, note="演示")
    passage = Passage.objects.get()
    assert (passage.state, step.number, step.office) == ("designed", 1, "community.party_committee")
    record = DecisionRecord.objects.get()
    body = bytes(record.body)
    assert sha256(body).hexdigest() == record.digest == step.decision.digest
    told = json.loads(body)
    assert told["readings"]["facts"]["act.on"] == "2021-03-02"
    assert told["decision"]["verdict"] == "open" and told["rules"]["pack"] == "nanshan"
    assert body == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_of_a_form_only_what_gates_read_is_sealed(cast: Cast) -> None:
    open_project()
    named = replace(READY, forms={"project_plan": {**PLAN, "beneficiaries": "演示·王阿姨"}})
    take(subject=PROJECT, act="design", by=cast.secretary, at=at(2021, 3, 2), readings=named)
    body = bytes(DecisionRecord.objects.get().body).decode()
    assert "王阿姨" not in body
    assert json.loads(body)["readings"]["forms"]["project_plan"]["fields"]["cross_community"] is False


@pytest.mark.requirement("S0-72", how="refuses")
def test_a_refusal_tells_everything_at_once_and_changes_nothing(cast: Cast) -> None:
    open_project()
    bare = Readings(facts={"case.needs_linked": 0})
    before, state = row_counts(), Passage.objects.values().get()
    with pytest.raises(Refused) as refused:
        take(subject=PROJECT, act="design", by=cast.stranger, at=at(2021, 3, 2), readings=bare)
    assert [reason.key for reason in refused.value.reasons] == [
        "by",
        "case.needs_linked",
        "project_plan",
        "design_consultation",
    ]
    assert row_counts() == before and Passage.objects.values().get() == state


def test_an_office_above_may_not_act_for_the_one_below(cast: Cast) -> None:
    open_project()
    for person in (cast.working, cast.office, cast.civil, cast.resident, None):
        with pytest.raises(Refused):
            take(subject=PROJECT, act="design", by=person, at=at(2021, 3, 2), readings=READY)
    assert Passage.objects.get().state == "draft"


def test_an_act_of_another_state_is_refused_with_where_it_stands(cast: Cast) -> None:
    open_project()
    with pytest.raises(Refused) as refused:
        take(subject=PROJECT, act="archive", by=cast.secretary, at=at(2021, 3, 2), readings=READY)
    assert [reason.key for reason in refused.value.reasons] == ["state"]
    with pytest.raises(Refused):
        take(subject=PROJECT, act="no_such_act", by=cast.secretary, at=at(2021, 3, 2), readings=READY)


def test_no_passage_no_act(cast: Cast) -> None:
    with pytest.raises(NotFound):
        take(subject=PROJECT, act="design", by=cast.secretary, at=at(2021, 3, 2), readings=READY)


def _to_selected(cast: Cast, readings: Readings = READY) -> None:
    take(subject=PROJECT, act="design", by=cast.secretary, at=at(2021, 3, 2), readings=readings)
    take(subject=PROJECT, act="select", by=cast.secretary, at=at(2021, 3, 3), readings=readings)


def _answers() -> dict[str, dict[str, str]]:
    rules, on = selectors.rules_at(place()), date(2021, 3, 1)
    return {
        name: {item.key: item.must_be for item in rules.checklist(name, on).items.values()}
        for name in ("scope", "exclusions", "negative")
    }


def checked(readings: Readings) -> Readings:
    return replace(readings, checklists=_answers())  # type: ignore[arg-type]


@pytest.mark.requirement("S0-40", how="refuses")
def test_the_leader_is_fixed_with_the_stage_and_does_not_change_with_the_amount(cast: Cast) -> None:
    open_project()
    _to_selected(cast, amount(450_000_00))
    at_evaluation = checked(amount(450_000_00))
    take(subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, at=at(2021, 3, 4), readings=at_evaluation)
    frozen = Passage.objects.get().frozen["decision"]
    assert frozen["on"] == "2021-03-04"
    assert frozen["roles"]["lead"] == ["subdistrict.working_committee"]
    smaller = checked(amount(100_000_00))
    decision = selectors.preview(subject=PROJECT, act="refuse", by=cast.working, on=date(2021, 3, 5), readings=smaller)
    assert decision.open and decision.offices == ("subdistrict.working_committee",)


def test_over_the_ceiling_an_exception_must_be_asked_by_one_and_granted_by_another(cast: Cast) -> None:
    open_project()
    over = checked(amount(1_200_000_00))
    _to_selected(cast, over)
    with pytest.raises(Refused) as refused:
        take(subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, at=at(2021, 3, 4), readings=over)
    assert [reason.key for reason in refused.value.reasons] == ["project_cap"]
    assert refused.value.reasons[0].arithmetic.zh == "120 万元 > 100 万元"  # type: ignore[attr-defined]
    asked = ask_exception(
        subject=PROJECT, excuses="project_cap", by=cast.civil, at=at(2021, 3, 4), reason="演示·确有必要", up_to=1_300_000_00
    )
    before = row_counts()
    with pytest.raises(NotAllowed, match="申请人不能批准"):
        grant_exception(asked=asked, by=cast.civil, at=at(2021, 3, 5), reason="演示")
    with pytest.raises(NotAllowed, match="区民政局"):
        grant_exception(asked=asked, by=cast.working, at=at(2021, 3, 5), reason="演示")
    assert row_counts() == before
    asked.delete()
    asked = ask_exception(
        subject=PROJECT, excuses="project_cap", by=cast.secretary, at=at(2021, 3, 4), reason="演示·确有必要", up_to=1_300_000_00
    )
    with pytest.raises(Refused, match="不能批得比申请的多"):
        grant_exception(asked=asked, by=cast.civil, at=at(2021, 3, 5), reason="演示", up_to=1_400_000_00)
    grant_exception(asked=asked, by=cast.civil, at=at(2021, 3, 5), reason="演示·同意", up_to=1_200_000_00)
    step = take(subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, at=at(2021, 3, 8), readings=over)
    body = selectors.decision_body(step.decision)
    assert [found["key"] for found in body["decision"]["findings"] if found["outcome"] == "excused"] == ["project_cap"]


def test_a_refused_exception_excuses_nothing_and_may_be_asked_again(cast: Cast) -> None:
    open_project()
    over = checked(amount(1_200_000_00))
    _to_selected(cast, over)
    asked = ask_exception(subject=PROJECT, excuses="project_cap", by=cast.secretary, at=at(2021, 3, 4), reason="演示")
    with pytest.raises(Refused, match="正等答复"):
        ask_exception(subject=PROJECT, excuses="project_cap", by=cast.secretary, at=at(2021, 3, 4), reason="演示")
    refuse_exception(asked=asked, by=cast.civil, at=at(2021, 3, 5), reason="演示·可以缩减")
    with pytest.raises(Refused):
        take(subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, at=at(2021, 3, 8), readings=over)
    ask_exception(subject=PROJECT, excuses="project_cap", by=cast.secretary, at=at(2021, 3, 9), reason="演示·补充说明")


def test_where_the_rule_knows_no_exception_none_can_be_asked(cast: Cast) -> None:
    open_project()
    before = row_counts()
    with pytest.raises(Refused, match="没有“原则上”"):
        ask_exception(subject=PROJECT, excuses="money.left_after", by=cast.secretary, at=at(2021, 3, 4), reason="演示")
    assert row_counts() == before


@pytest.mark.parametrize(
    ("opened", "kind", "fen", "open_"),
    [
        ((2019, 3, 1), "service", 200_000_00, True),
        ((2019, 3, 1), "service", 200_000_01, False),
        ((2019, 3, 1), "works", 500_000_01, False),
        ((2021, 3, 1), "service", 500_000_00, True),
        ((2021, 3, 1), "works", 1_000_000_00, True),
        ((2021, 3, 1), "works", 1_000_000_01, False),
    ],
)
@pytest.mark.requirement("S1-39", how="refuses")
@pytest.mark.requirement("S1-1", how="refuses")
def test_the_ceiling_is_that_of_the_day_the_stage_began(
    cast: Cast, opened: tuple[int, int, int], kind: str, fen: int, open_: bool
) -> None:
    open_project(opened)
    Passage.objects.update(state="draft" if opened[0] == 2019 else "selected")
    readings = replace(
        checked(amount(fen)), evidence={"library_match": {}}, facts={**READY.facts, "case.amount": fen, "case.type": kind}
    )
    # The act falls in 2021 either way; what counts is when the stage began.
    decision = selectors.preview(
        subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, on=date(2021, 6, 1), readings=readings
    )
    assert ("project_cap" in [finding.key for finding in decision.against]) is not open_


def test_many_passages_open_in_a_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    here = place()
    openings = [(Subject("need", str(number)), here) for number in range(500)]
    selectors.rules_at(here)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        open_passages(openings=openings, procedure="need", by="system", at=at(2021, 3, 1))
    assert Passage.objects.filter(subject_kind="need", state="raised").count() == 500


def test_asking_under_other_rules_touches_nothing(cast: Cast) -> None:
    open_project()
    before = row_counts()
    city = selectors.rules_of_pack("shenzhen", place())
    under_city = selectors.decide_under(
        city, subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, on=date(2021, 3, 4), readings=checked(READY)
    )
    here = selectors.preview(
        subject=PROJECT, act="submit_for_evaluation", by=cast.secretary, on=date(2021, 3, 4), readings=checked(READY)
    )
    assert under_city.open and not here.open
    assert [finding.key for finding in here.against] == ["state"]
    assert row_counts() == before


def test_the_way_ahead_is_the_shortest_that_skips_nothing(cast: Cast) -> None:
    open_project()
    now = selectors.standing(PROJECT)
    ahead = [act.id for act, _ in selectors.states_ahead(now.procedure, "draft")]
    assert ahead[:3] == ["design", "select", "submit_for_evaluation"] and ahead[-1] == "archive"
