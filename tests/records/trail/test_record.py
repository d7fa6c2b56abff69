import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from linli.records.trail import event, selectors, services
from linli.records.trail.models import Event, Opening, Stream
from linli.records.trail.spelling import commitment
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.proof.digests import NOTHING, Pair, linked
from tests.records.trail.kinds import Noted, Visited

pytestmark = pytest.mark.django_db

AT = datetime(2021, 4, 8, 1, 2, 3, tzinfo=UTC)
NEED = Subject("need", "12")


def note(words="路灯不亮", *, stream="440305007001", subject=NEED, **more):
    return services.record(Noted(words=words), stream=stream, subject=subject, by="person:1", at=AT, **more)


def test_an_event_is_sealed_with_who_what_when_and_the_decision():
    sealed = note(office="community.party_committee", decision="ab" * 32)
    row = Event.objects.get(pk=sealed.event_id)
    assert bytes(row.body).decode() == (
        '{"at":"2021-04-08T01:02:03.000000Z","by":"person:1","data":{"count":0,"words":"路灯不亮"},"decision":"'
        + "ab" * 32
        + '",'
        '"kind":"test.noted","office":"community.party_committee","seq":1,"stream":"440305007001","subject":"need:12","v":1}'
    )
    assert row.digests == linked(NOTHING, bytes(row.body)) == Pair(sealed.sha256, sealed.sm3)
    assert (row.title.zh, row.subject, row.data) == ("已记录", NEED, {"count": 0, "words": "路灯不亮"})
    assert sealed.receipt == f"440305007001/1/{sealed.sha256[:16]}"


def test_each_stream_has_its_own_chain_without_gaps():
    here = [note(str(n)) for n in range(3)]
    there = note(stream="440305008001")
    assert [sealed.seq for sealed in here] == [1, 2, 3]
    assert there.seq == 1
    rows = list(selectors.events_in("440305007001"))
    assert [row.prev_sha256 for row in rows] == [NOTHING.sha256, rows[0].sha256, rows[1].sha256]
    assert [row.prev_sm3 for row in rows] == [NOTHING.sm3, rows[0].sm3, rows[1].sm3]
    assert Stream.objects.get(pk="440305007001").digests == rows[-1].digests


def test_a_moment_is_spelt_in_utc_whatever_the_time_zone():
    services.record(Noted(words=""), stream="1", subject=NEED, by="system", at=AT.astimezone(timezone(timedelta(hours=8))))
    assert json.loads(bytes(Event.objects.get().body))["at"] == "2021-04-08T01:02:03.000000Z"


def test_a_moment_without_a_time_zone_is_not_sealed():
    with pytest.raises(ValueError, match="time zone"):
        services.record(Noted(words=""), stream="1", subject=NEED, by="system", at=datetime(2021, 4, 8))
    assert not Event.objects.exists()


@pytest.mark.parametrize("wrong", [1.5, {"a": [0.1]}, {1: "x"}, AT, b"x", {"set"}])
def test_what_json_cannot_spell_exactly_is_not_sealed(wrong):
    with pytest.raises(TypeError):
        note(wrong)
    assert not Event.objects.exists()


def test_only_a_declared_event_is_sealed():
    with pytest.raises(TypeError, match="declare it with @event"):
        services.record("done", stream="1", subject=NEED, by="system", at=AT)


def test_a_personal_field_is_sealed_as_a_commitment_only():
    sealed = services.record(Visited(household="王大妈", round="2021"), stream="1", subject=NEED, by="person:1", at=AT)
    row = Event.objects.get(pk=sealed.event_id)
    assert "王大妈" not in bytes(row.body).decode()
    salt = bytes(row.openings.get(field="household").salt)
    assert row.data == {
        "household": {"commitment": commitment(salt, "王大妈")},
        "remarks": {"commitment": row.openings.get(field="remarks").digest},
        "round": "2021",
    }
    assert selectors.opens(row, "household", "王大妈")
    assert not selectors.opens(row, "household", "李大妈")


def test_the_same_value_never_has_the_same_commitment_twice():
    for _ in range(2):
        services.record(Visited(household="王大妈"), stream="1", subject=NEED, by="person:1", at=AT)
    first, second = Event.objects.order_by("seq")
    assert first.data["household"] != second.data["household"]


def test_erasing_forgets_the_salts_of_one_subject_and_leaves_the_chain_whole():
    for subject in (NEED, Subject("need", "13")):
        services.record(Visited(household="王大妈"), stream="1", subject=subject, by="person:1", at=AT)
    before = list(Event.objects.order_by("seq").values_list("sha256", flat=True))
    assert services.erase_openings(subject=NEED) == 2
    first, second = Event.objects.order_by("seq")
    assert not selectors.opens(first, "household", "王大妈")
    assert selectors.opens(second, "household", "王大妈")
    assert Opening.objects.count() == 2
    assert [first.sha256, second.sha256] == before


def test_events_of_a_subject_come_oldest_first():
    note("一"), note("他", subject=Subject("need", "99")), note("二", stream="44")
    assert [row.data["words"] for row in selectors.events_of(NEED)] == ["一", "二"]


def test_a_page_of_a_stream_begins_after_the_last_one_read():
    for n in range(5):
        note(str(n))
    assert [row.seq for row in selectors.events_in("440305007001", after_seq=2, limit=2)] == [3, 4]


def test_two_events_may_not_share_a_name():
    with pytest.raises(ValueError, match=r"test\.noted"):

        @event("test.noted", title=Text("别的", "Other"))
        class Other:
            pass


def test_an_event_nobody_declares_any_more_is_still_shown():
    assert Event(kind="old.thing").title == Text("old.thing", "old.thing")


def test_many_at_once_are_sealed_as_one_by_one(django_assert_num_queries):
    note("早先")
    acts = [(Visited(household=f"第 {n} 户"), Subject("household", str(n))) for n in range(50)]
    with django_assert_num_queries(6):  # savepoint, head, events, openings, head, release
        sealed = services.record_all(acts, stream="440305007001", by="person:1", at=AT)
    rows = list(selectors.events_in("440305007001"))
    assert [each.seq for each in sealed] == list(range(2, 52))
    assert [row.prev_sha256 for row in rows] == [NOTHING.sha256, *(row.sha256 for row in rows[:-1])]
    assert [row.id for row in rows[1:]] == [each.event_id for each in sealed]
    assert all(selectors.opens(row, "household", f"第 {n} 户") for n, row in enumerate(rows[1:]))


def test_if_one_of_many_cannot_be_sealed_none_is():
    with pytest.raises(TypeError):
        services.record_all([(Noted(words="好"), NEED), (Noted(words=1.5), NEED)], stream="44", by="system", at=AT)
    assert not Event.objects.exists()
