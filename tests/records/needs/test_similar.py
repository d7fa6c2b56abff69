"""Similar needs: shown while typing, judged by people, clustered and never merged away."""

import pytest
from django.db import transaction

from linli.records.forgetting import forget_person
from linli.records.needs import selectors, services
from linli.records.needs.gate import readings_of
from linli.records.needs.models import Need
from linli.records.needs.selectors import similar
from linli.records.people.forgetting import GONE
from linli.records.people.models import Person
from linli.rules.plain.refusals import Invalid, NotAllowed
from tests.records.needs.world import LATER, NOW, OTHER, WISH, Village, place


@pytest.mark.requirement("S1-26", how="shown")
def test_similar_needs_are_shown_while_typing(village: Village) -> None:
    lamp = village.asks()
    village.asks(what="希望办暑期托管班", where="党群服务中心")
    found = selectors.similar_needs(place(), "楼梯间照明坏了")
    assert [one.need for one in found] == [lamp]
    assert not found[0].elsewhere


def test_a_need_raised_a_moment_ago_is_found_and_one_taken_back_is_not(village: Village) -> None:
    selectors.similar_needs(place(), "路灯")
    need = village.asks()
    assert [one.need for one in selectors.similar_needs(place(), "三栋楼道灯坏")] == [need]
    services.withdraw_need(need=need, reason="本人要求", by=village.host, at=LATER)
    assert selectors.similar_needs(place(), "三栋楼道灯坏") == []


def words_remembered() -> str:
    """Every piece of a text that this process holds for comparing."""
    return " ".join(piece for held in similar._held.values() for piece in held.index._postings)


def test_words_forgotten_by_another_process_are_remembered_by_none(village: Village) -> None:
    asker, other = village.resident(), village.asks(what="三栋楼道灯坏了，太暗")
    need = village.asks(by=asker, what="三栋楼道灯坏了，蝙蝠飞进来")
    typed = "三栋楼道灯坏了，太暗，有蝙蝠"
    assert {one.need for one in selectors.similar_needs(place(), typed)} == {need, other}
    assert "蝙蝠" in words_remembered()

    # As it looks to this process: nothing was called here, the rows are different.
    Need.objects.filter(pk=need.pk).update(what=GONE, where=GONE)
    Person.objects.filter(pk=asker.pk).update(erased_at=LATER, phone="", phone_index="", home=None)
    found = selectors.similar_needs(place(), typed)

    assert [(one.need, "蝙蝠" in one.shared) for one in found] == [(other, False)]
    assert "蝙蝠" not in words_remembered()
    assert selectors.similar_needs(place(), GONE) == []


def test_a_forgetting_that_is_taken_back_forgets_nothing(village: Village) -> None:
    asker = village.resident()
    need = village.asks(by=asker, what="三栋楼道灯坏了，蝙蝠飞进来")
    with transaction.atomic():
        forget_person(person=asker, by=asker, at=LATER, reason="本人要求")
        assert selectors.similar_needs(place(), "楼道灯坏，有蝙蝠") == []
        transaction.set_rollback(True)

    assert [one.need for one in selectors.similar_needs(place(), "楼道灯坏，有蝙蝠")] == [need]


def test_needs_of_the_neighbouring_community_are_shown_as_from_elsewhere(village: Village) -> None:
    services.raise_need(place=place(OTHER), data={**WISH, "contact": "13800000009"}, by=None, at=NOW)
    found = selectors.similar_needs(place(), "三栋楼道灯坏")
    assert [one.elsewhere for one in found] == [True]


def test_a_near_duplicate_is_open_until_somebody_judges(village: Village) -> None:
    first, second = village.asks(), village.asks(what="三栋楼道灯坏了，太暗")
    assert (selectors.duplicates_open(first), selectors.duplicates_open(second)) == (1, 1)
    assert readings_of(first).facts["need.duplicates_open"] == 1
    services.judge_pair(need=second, other=first, same=False, reason="一个是门厅", by=village.host, at=LATER)
    assert (selectors.duplicates_open(first), selectors.duplicates_open(second)) == (0, 0)
    first.refresh_from_db()
    assert first.cluster is None


def test_judged_the_same_they_stand_in_one_cluster_and_both_stay(village: Village) -> None:
    first, second, third = village.asks(), village.asks(), village.asks()
    services.judge_pair(need=first, other=second, same=True, by=village.host, at=LATER)
    services.judge_pair(need=second, other=third, same=True, by=village.host, at=LATER)
    clusters = {selectors.need(need.pk).cluster for need in (first, second, third)}
    assert len(clusters) == 1
    assert clusters.pop().needs.count() == 3
    assert selectors.duplicates_open(selectors.need(first.pk)) == 0
    for need in (first, second, third):
        services.answer_need(need=need, verdict="already_solved", reason="已修好", by=village.host, at=LATER)
        assert need.answers.count() == 1


def test_two_clusters_judged_the_same_become_one(village: Village) -> None:
    needs = [village.asks() for _ in range(4)]
    services.cluster_needs(needs=needs[:2], title="三栋灯", by=village.host, at=NOW)
    services.cluster_needs(needs=needs[2:], title="楼道灯", by=village.host, at=NOW)
    services.judge_pair(need=selectors.need(needs[0].pk), other=selectors.need(needs[3].pk), same=True, by=village.host, at=LATER)
    assert len({selectors.need(need.pk).cluster_id for need in needs}) == 1


def test_a_need_leaves_its_cluster_with_a_reason(village: Village) -> None:
    need, other = village.asks(), village.asks()
    cluster = services.cluster_needs(needs=[need, other], title="三栋灯", by=village.host, at=NOW)
    with pytest.raises(Invalid):
        services.uncluster_need(need=need, reason="", by=village.host, at=LATER)
    services.uncluster_need(need=need, reason="说的是四栋", by=village.host, at=LATER)
    assert list(cluster.needs.all()) == [other]


def test_only_the_community_clusters_and_only_its_own(village: Village) -> None:
    own = village.asks()
    theirs = services.raise_need(place=place(OTHER), data={**WISH, "contact": "13800000010"}, by=None, at=NOW)
    with pytest.raises(NotAllowed):
        services.cluster_needs(needs=[own, theirs], title="灯", by=village.host, at=NOW)
    with pytest.raises(Invalid):
        services.judge_pair(need=own, other=own, same=True, by=village.host, at=NOW)
    own.refresh_from_db()
    assert own.cluster is None
