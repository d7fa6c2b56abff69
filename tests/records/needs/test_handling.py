"""Every need is looked into and answered with a reason, and whoever asked is told."""

import pytest

from linli.records.duties.models import Reply
from linli.records.evidence.selectors import pieces
from linli.records.needs import selectors, services
from linli.records.needs.gate import preview, state_of
from linli.records.needs.models import Link, Telling
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from tests.records.needs.world import CASE, LATER, NOW, Village, place, row_counts

OTHER_CASE = Subject("case", "8")


def told(need) -> list[str]:
    return [one.kind for one in need.tellings.all()]


@pytest.mark.requirement("S0-42", how="kept")
def test_a_need_that_is_real_goes_on(village: Village) -> None:
    need = village.verified()
    assert state_of(need) == "verified"
    assert pieces(need.subject)["on_site_check"].facts == {"real": True}


def test_a_need_that_is_not_real_stays_and_waits_for_its_answer(village: Village) -> None:
    need = village.asks()
    services.verify_need(need=need, findings="现场灯是好的", real=False, by=village.host, at=NOW)
    assert state_of(need) == "raised"
    assert not preview(need, "verify", by=village.host, at=NOW).open


def test_only_the_offices_of_the_community_handle_it(village: Village) -> None:
    need = village.asks()
    before = row_counts()
    for nobody in (village.cast.stranger, village.cast.office, need.person):
        with pytest.raises(NotAllowed):
            services.verify_need(need=need, findings="看过", real=True, by=nobody, at=NOW)
        with pytest.raises(NotAllowed):
            services.answer_need(need=need, verdict="already_solved", reason="已修好", by=nobody, at=NOW)
    assert row_counts() == before


def test_an_answer_has_a_verdict_and_a_reason(village: Village) -> None:
    need = village.asks()
    before = row_counts()
    for verdict, reason in (("already_solved", " "), ("because", "就是这样"), ("", "理由")):
        with pytest.raises(Invalid):
            services.answer_need(need=need, verdict=verdict, reason=reason, by=village.host, at=NOW)
    assert row_counts() == before


@pytest.mark.requirement("S0-72", how="answered")
def test_a_need_is_declined_with_its_reason_and_its_proposer_told(village: Village) -> None:
    need = village.asks()
    services.answer_need(need=need, verdict="out_of_scope", reason="属于物业职责", by=village.host, at=LATER)
    assert state_of(need) == "declined"
    assert "属于物业职责" in need.tellings.last().zh
    assert told(need) == ["raised", "answered"]
    reply = Reply.objects.get(subject_id=str(need.pk))
    assert (reply.verdict, reply.reason) == ("out_of_scope", "属于物业职责")


def test_an_answered_need_is_not_answered_again(village: Village) -> None:
    need = village.asks()
    services.answer_need(need=need, verdict="already_solved", reason="已修好", by=village.host, at=LATER)
    before = row_counts()
    with pytest.raises(Refused, match="已经办结"):
        services.answer_need(need=need, verdict="already_solved", reason="又答", by=village.host, at=LATER)
    assert row_counts() == before


def test_a_project_takes_up_a_need_and_tells_how_far_it_is(village: Village) -> None:
    need = village.verified()
    services.adopt_need(need=need, subject=CASE, by=village.host, at=LATER)
    assert state_of(need) == "in_project"
    assert list(selectors.needs_of_subject(CASE)) == [need]
    services.tell_linked(subject=CASE, text=Text("项目正在公示", "The project is on notice"), at=LATER)
    assert told(need) == ["raised", "adopted", "progress"]


def test_a_need_nobody_looked_into_cannot_be_adopted(village: Village) -> None:
    need = village.asks()
    before = row_counts()
    with pytest.raises(Refused):
        services.adopt_need(need=need, subject=CASE, by=village.host, at=LATER)
    assert row_counts() == before


def test_a_project_that_comes_to_nothing_lets_its_needs_go(village: Village) -> None:
    need = village.verified()
    services.adopt_need(need=need, subject=CASE, by=village.host, at=LATER)
    services.link_need(need=need, subject=OTHER_CASE, by=village.host, at=LATER)
    services.release_need(need=need, subject=CASE, reason="评议未通过", by=village.host, at=LATER)
    assert state_of(need) == "in_project"
    services.release_need(need=need, subject=OTHER_CASE, reason="资金不足", by=village.host, at=LATER)
    assert state_of(need) == "verified"
    assert Link.objects.filter(ended_at__isnull=True).count() == 0
    with pytest.raises(NotFound):
        services.release_need(need=need, subject=CASE, reason="再退", by=village.host, at=LATER)


def test_linking_twice_is_one_link(village: Village) -> None:
    need = village.verified()
    assert services.adopt_need(need=need, subject=CASE, by=village.host, at=NOW) == services.adopt_need(
        need=need, subject=CASE, by=village.host, at=LATER
    )


def test_a_need_is_taken_back_with_a_reason_until_a_project_holds_it(village: Village) -> None:
    need = village.asks()
    with pytest.raises(Invalid):
        services.withdraw_need(need=need, reason="", by=village.host, at=LATER)
    services.withdraw_need(need=need, reason="本人要求", by=village.host, at=LATER)
    assert state_of(need) == "withdrawn"
    assert selectors.need(need.pk).withdrawn_reason == "本人要求"
    assert need not in selectors.needs_at(place())
    held = village.verified(what="修电梯")
    services.adopt_need(need=held, subject=CASE, by=village.host, at=LATER)
    with pytest.raises(Refused, match="不能撤回"):
        services.withdraw_need(need=held, reason="本人要求", by=village.host, at=LATER)
    with pytest.raises(Refused, match="已经撤回"):
        services.link_need(need=need, subject=CASE, by=village.host, at=LATER)


def test_needs_are_found_by_state_and_by_asker(village: Village) -> None:
    raised, verified = village.asks(), village.verified(what="电梯常坏", where="五栋")
    assert list(selectors.needs_in_state(place(), "raised", 2021)) == [raised]
    assert list(selectors.needs_in_state(place(), "verified", 2021)) == [verified]
    assert list(selectors.needs_of(raised.person)) == [raised]
    assert Telling.objects.count() == 2
