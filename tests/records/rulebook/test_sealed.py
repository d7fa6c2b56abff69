"""Whatever the rulebook does is sealed with who did it and by which office; what it turns down leaves nothing."""

from datetime import date

import pytest

from linli.records.people.models import Person
from linli.records.rulebook.models import ExceptionAsked, Hold, Passage, RulesEdition
from linli.records.rulebook.services import (
    adopt_pack,
    answer_hold,
    ask_exception,
    grant_exception,
    open_passage,
    pause_passage,
    place_hold,
    refuse_exception,
    release_hold,
    resume_passage,
    set_local,
    take,
)
from linli.records.rulebook.services import exceptions as asking
from linli.records.trail.selectors import events_of
from linli.rules.gates.model import Readings
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.policy.models import ExceptionRule
from tests.records.rulebook.world import DISTRICT, Cast, at, place, row_counts

PERMIT, PROJECT = Subject("case", "1"), Subject("case", "7")
Line = tuple[str, str, str, dict[str, object]]


def sealed(subject: Subject, *kinds: str) -> list[Line]:
    """Kind, who, by which office, and what was said."""
    found = sorted(events_of(subject), key=lambda event: event.pk)
    return [(event.kind, event.by, event.office, event.data) for event in found if event.kind.startswith(kinds)]


# ── stops ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def permit(probe: Cast) -> Passage:
    return open_passage(subject=PERMIT, procedure="probe_permit", place=place(), by="system", at=at(2021, 4, 8))


def stop(by: Person, subject: Subject = PERMIT) -> Hold:
    return place_hold(subject=subject, kind="probe_stop", by=by, at=at(2021, 4, 9), reason=" 演示·有疑问 ")


def test_a_stop_its_answer_and_its_end_are_sealed_each_by_its_office(probe: Cast, permit: Passage) -> None:
    hold = stop(probe.residents)
    answer_hold(hold=hold, by=probe.office, at=at(2021, 4, 10), answer=" 演示·已说明 ")
    release_hold(hold=hold, by=probe.residents, at=at(2021, 4, 11))
    assert sealed(PERMIT, "hold.") == [
        ("hold.placed", probe.residents.ref, "community.residents_committee", {"kind": "probe_stop", "reason": "演示·有疑问"}),
        ("hold.answered", probe.office.ref, "subdistrict.office", {"kind": "probe_stop", "answer": "演示·已说明"}),
        ("hold.released", probe.residents.ref, "community.residents_committee", {"kind": "probe_stop"}),
    ]


def test_what_was_released_is_neither_answered_nor_released_again_and_an_answer_says_something(
    probe: Cast, permit: Passage
) -> None:
    hold = stop(probe.residents)
    before = row_counts()
    with pytest.raises(Invalid):
        answer_hold(hold=hold, by=probe.office, at=at(2021, 4, 10), answer=" ")
    assert row_counts() == before
    answer_hold(hold=hold, by=probe.office, at=at(2021, 4, 10), answer="演示")
    release_hold(hold=hold, by=probe.residents, at=at(2021, 4, 11))
    before = row_counts()
    for again in (
        lambda: release_hold(hold=hold, by=probe.residents, at=at(2021, 4, 12)),
        lambda: answer_hold(hold=hold, by=probe.office, at=at(2021, 4, 12), answer="演示·改口"),
    ):
        with pytest.raises(Refused, match="已经解除"):
            again()
    hold.refresh_from_db()
    assert (row_counts(), hold.answer, hold.released_at) == (before, "演示", at(2021, 4, 11))


def test_what_has_ended_or_is_of_another_kind_is_not_stopped(probe: Cast, permit: Passage) -> None:
    open_passage(subject=PROJECT, procedure="micro_project", place=place(), by="system", at=at(2021, 4, 8))
    take(subject=PERMIT, act="drop", by=probe.secretary, at=at(2021, 4, 8), readings=Readings())
    before = row_counts()
    for subject in (PERMIT, PROJECT):
        with pytest.raises(Refused, match="不能这样叫停"):
            stop(probe.residents, subject)
    assert row_counts() == before


def test_a_pause_by_another_matter_is_sealed_once_and_so_is_its_end(probe: Cast, permit: Passage) -> None:
    by = {"by": probe.secretary, "office": "community.party_committee"}
    for day in (9, 10):
        pause_passage(subject=PERMIT, reason="演示·等变更", at=at(2021, 4, day), **by)  # type: ignore[arg-type]
    for day in (11, 12):
        resume_passage(subject=PERMIT, at=at(2021, 4, day), **by)  # type: ignore[arg-type]
    office = "community.party_committee"
    assert sealed(PERMIT, "hold.") == [
        ("hold.placed", probe.secretary.ref, office, {"kind": "paused", "reason": "演示·等变更"}),
        ("hold.released", probe.secretary.ref, office, {"kind": "paused"}),
    ]
    assert Hold.objects.get().released_at == at(2021, 4, 11)


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────────────────────────
def ask(by: Person, *, reason: str = " 演示·确有必要 ", ground: str = "") -> ExceptionAsked:
    return ask_exception(
        subject=PROJECT, excuses="project_cap", by=by, at=at(2021, 3, 4), reason=reason, ground=ground, up_to=130_000_000
    )


@pytest.fixture
def project(cast: Cast) -> Passage:
    return open_passage(subject=PROJECT, procedure="micro_project", place=place(), by="system", at=at(2021, 3, 1))


def test_asking_granting_and_turning_down_are_sealed_with_the_reason_and_the_amount(cast: Cast, project: Passage) -> None:
    refuse_exception(asked=ask(cast.secretary), by=cast.civil, at=at(2021, 3, 5), reason=" 演示·可以缩减 ")
    grant_exception(asked=ask(cast.secretary), by=cast.civil, at=at(2021, 3, 6), reason=" 演示·同意 ", up_to=120_000_000)
    said = {"excuses": "project_cap", "reason": "演示·确有必要", "ground": "", "up_to": 130_000_000}
    office = "district.civil_affairs"
    assert sealed(PROJECT, "exception.") == [
        ("exception.asked", cast.secretary.ref, "", said),
        ("exception.refused", cast.civil.ref, office, {"excuses": "project_cap", "reason": "演示·可以缩减"}),
        ("exception.asked", cast.secretary.ref, "", said),
        ("exception.granted", cast.civil.ref, office, {**said, "reason": "演示·同意", "up_to": 120_000_000}),
    ]


def test_only_an_office_on_the_line_asks_and_never_without_a_reason(cast: Cast, project: Passage) -> None:
    before = row_counts()
    for person in (cast.stranger, cast.resident):
        with pytest.raises(NotAllowed):
            ask(person)
    with pytest.raises(Invalid) as blank:
        ask(cast.secretary, reason=" ")
    assert (set(blank.value.fields), row_counts()) == ({"reason"}, before)


def test_an_exception_is_decided_once_and_with_a_reason(cast: Cast, project: Passage) -> None:
    asked = ask(cast.secretary)
    before = row_counts()
    for decide in (grant_exception, refuse_exception):
        with pytest.raises(Invalid):
            decide(asked=asked, by=cast.civil, at=at(2021, 3, 5), reason=" ")
    assert row_counts() == before
    refuse_exception(asked=asked, by=cast.civil, at=at(2021, 3, 5), reason="演示")
    before = row_counts()
    for decide in (grant_exception, refuse_exception):
        with pytest.raises(Refused, match="已经答复过"):
            decide(asked=asked, by=cast.civil, at=at(2021, 3, 6), reason="演示·改口")
    asked.refresh_from_db()
    assert (row_counts(), asked.state, asked.decided_reason) == (before, "refused", "演示")


def test_where_the_rule_names_grounds_one_of_them_is_given(cast: Cast, project: Passage, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = ExceptionRule(("district.civil_affairs",), grounds=("residents_need",), reaches="up_to")
    monkeypatch.setattr(asking, "exception_rules", lambda now: {"project_cap": rule})
    before = row_counts()
    with pytest.raises(Invalid) as wrong:
        ask(cast.secretary, ground="because")
    assert (set(wrong.value.fields), row_counts()) == ({"ground"}, before)
    assert ask(cast.secretary, ground="residents_need").ground == "residents_need"


# ── rules and values ────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_a_government_or_its_civil_affairs_adopts_rules_and_it_is_sealed(cast: Cast) -> None:
    before = row_counts()
    for person in (cast.secretary, cast.finance, cast.stranger, cast.resident):
        with pytest.raises(NotAllowed):
            adopt_pack(place=place(), pack="nanshan", since=date(2021, 5, 1), by=person, at=at(2021, 4, 9))
    assert row_counts() == before
    adopted = adopt_pack(place=place(), pack="nanshan", since=date(2021, 5, 1), by=cast.civil, at=at(2021, 4, 9))
    said = {"place": place().pk, "pack": "nanshan", "version": adopted.version, "digest": adopted.digest, "since": "2021-05-01"}
    assert sealed(Subject("place", place().pk), "rules.") == [("rules.adopted", cast.civil.ref, "", said)]


def test_a_value_set_here_is_sealed_with_its_office_and_every_process_reads_the_rules_anew(cast: Cast) -> None:
    where, before = {"place": place(DISTRICT), "parameter": "acceptance_residents", "by": cast.civil}, RulesEdition.objects.get()
    set_local(
        value=" 3 ",
        since=date(2021, 6, 1),
        until=date(2021, 12, 31),
        document=" 演示·文件 ",
        at=at(2021, 5, 1),
        **where,  # type: ignore[arg-type]
    )
    assert RulesEdition.objects.get().token != before.token
    said = {
        "place": DISTRICT,
        "parameter": "acceptance_residents",
        "key": "",
        "value": "3",
        "unit": "count",
        "since": "2021-06-01",
        "until": "2021-12-31",
        "document": "演示·文件",
    }
    [*_, last] = sealed(Subject("place", DISTRICT), "rules.value_set")
    assert last == ("rules.value_set", cast.civil.ref, "district.civil_affairs", said)


def test_an_entry_the_rules_do_not_know_is_not_set(cast: Cast) -> None:
    before = row_counts()
    for parameter, key, value in (("acceptance_residents", "works", "3"), ("notice_days", "no_such", "5 days")):
        with pytest.raises(Invalid) as wrong:
            set_local(
                place=place(DISTRICT),
                parameter=parameter,
                key=key,
                value=value,
                since=date(2021, 6, 1),
                document="演示",
                by=cast.civil,
                at=at(2021, 5, 1),
            )
        assert set(wrong.value.fields) == {"key"}
    assert row_counts() == before
