"""Who hears of what, once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.records.cases.services import link_need, open_case
from linli.records.needs import services as needs
from linli.records.needs.models import Need
from linli.records.notifications import services
from linli.records.notifications.models import Notification, StreamRead
from linli.records.notifications.selectors import topics_of, unread_topics
from linli.records.people.models import Person
from linli.records.people.services import erase_person
from linli.records.trail.models import Event
from linli.rules.plain.subjects import Subject
from tests.records.needs.world import NOW, Village, place

LATER = NOW + timedelta(hours=1)
DECLINED = "out_of_scope"


def told(person: Person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("id").values_list("kind", flat=True))


def answered(village: Village, by: Person | None = None) -> Need:
    need = village.asks(by=by or village.resident())
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示·不在范围内", by=village.host, at=NOW)
    return need


def test_the_proposer_hears_of_the_answer_and_the_office_of_the_need(village: Village) -> None:
    asker = village.resident()
    answered(village, by=asker)

    services.gather(at=LATER)

    assert told(asker) == ["need.answered"]
    assert told(village.host) == ["need.raised"]


def test_nobody_hears_of_their_own_act(village: Village) -> None:
    answered(village)

    services.gather(at=LATER)

    assert "need.answered" not in told(village.host)


def test_a_second_run_tells_nobody_twice(village: Village) -> None:
    answered(village)
    first = services.gather(at=LATER)

    assert (first, services.gather(at=LATER), services.gather(at=LATER + timedelta(days=1))) == (4, 0, 0)


def test_a_cursor_set_back_still_tells_nobody_twice(village: Village) -> None:
    answered(village)
    services.gather(at=LATER)
    before = Notification.objects.count()
    StreamRead.objects.update(seq=0)

    services.gather(at=LATER)

    assert Notification.objects.count() == before


def test_what_is_older_than_two_weeks_is_not_told_when_a_site_begins_to_notify(village: Village) -> None:
    answered(village)

    assert services.gather(at=NOW + timedelta(days=15)) == 0


def test_the_act_itself_tells_nobody_and_asks_nothing_of_notifications(village: Village) -> None:
    answered(village)

    assert Notification.objects.count() == 0


def test_everybody_whose_need_a_project_answers_hears_of_it(village: Village) -> None:
    one, other = village.resident(), village.resident()
    case = open_case(procedure="micro_project", place=place(), title="演示·楼道灯", by=village.host, at=NOW)
    for asker, what in ((one, "三栋楼道的灯坏了"), (other, "四栋的灯也坏了")):
        need = village.asks(by=asker, what=what)
        needs.verify_need(need=need, findings="看过", real=True, by=village.host, at=NOW)
        link_need(case=case, need=need, by=village.host, at=NOW)

    services.gather(at=LATER)

    assert told(one) == told(other) == ["need.checked", "need.linked"]


def test_a_draft_is_told_to_its_office_alone(village: Village) -> None:
    from linli.records.cases.services import take_act

    asker, follower = village.resident(), village.resident()
    case = open_case(procedure="micro_project", place=place(), title="演示·楼道灯", by=village.host, at=NOW)
    services.follow(topic=case.subject, by=follower, at=NOW)
    need = village.asks(by=asker)
    needs.verify_need(need=need, findings="看过", real=True, by=village.host, at=NOW)
    link_need(case=case, need=need, by=village.host, at=NOW)

    services.gather(at=LATER)
    assert told(follower) == []
    take_act(case=case, act="withdraw", by=village.host, at=NOW, note="居民改提别的，以后再议。")
    services.gather(at=LATER)

    assert told(follower) == ["case.act_taken"]


def test_whoever_presses_follow_hears_and_whoever_asked_for_quiet_does_not(village: Village) -> None:
    asker, follower = village.resident(), village.resident()
    need = village.asks(by=asker)
    services.follow(topic=need.subject, by=follower, at=NOW)
    services.unfollow(topic=need.subject, by=asker, at=NOW)
    needs.answer_need(need=need, verdict=DECLINED, reason="演示", by=village.host, at=NOW)

    services.gather(at=LATER)

    assert (told(follower), told(asker)) == (["need.answered"], [])


def test_nothing_personal_stands_in_a_notification(village: Village) -> None:
    need = village.asks(
        by=village.resident(phone="13800001111"), what="张三家门口的灯", details=needs.Details(name="演示·张三丰")
    )
    needs.answer_need(need=need, verdict=DECLINED, reason="找李四", by=village.host, at=NOW)

    services.gather(at=LATER)

    every = " ".join(f"{row.zh} {row.en}" for row in Notification.objects.all())
    assert need.code in every
    assert not [word for word in ("张三", "李四", "13800001111", "门口") if word in every]


def test_whoever_was_erased_is_told_nothing(village: Village) -> None:
    asker = village.resident()
    answered(village, by=asker)
    services.gather(at=LATER)
    erase_person(person=asker, by=village.host, at=LATER, reason="演示·本人要求")

    services.gather(at=LATER)

    assert told(asker) == []


def test_many_things_about_one_need_are_one_topic_with_the_newest_first(village: Village) -> None:
    asker = village.resident()
    need = village.asks(by=asker)
    needs.verify_need(need=need, findings="看过", real=True, by=village.host, at=NOW)
    needs.answer_need(need=need, verdict=DECLINED, reason="演示", by=village.host, at=NOW)
    services.gather(at=LATER)

    (topic,) = topics_of(asker)

    assert (topic.subject, topic.unread, unread_topics(asker)) == (Subject("need", str(need.pk)), 2, 1)
    assert [line.kind for line in topic.lines] == ["need.answered", "need.checked"]
    services.mark_read(by=asker, at=LATER, topic=topic.subject)
    assert (topics_of(asker), unread_topics(asker)) == ([], 0)


@pytest.mark.parametrize("many", [3, 30])
def test_reading_a_chain_asks_the_same_number_of_questions_however_much_happened(village: Village, many: int) -> None:
    for n in range(many):
        village.asks(what=f"第{n}盏灯坏了")
    assert Event.objects.filter(kind="need.raised").count() == many

    with CaptureQueriesContext(connection) as asked:
        services.gather(at=LATER)

    assert len(asked) <= 34
