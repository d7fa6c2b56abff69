"""A family or a counter is never stopped; a machine is, in words that lose nothing and say when to come back."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from linli.records.needs.models import Need
from linli.records.notices.models import Notice, Objection
from linli.records.people.models import Turns
from linli.records.people.services import take_turn
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import Refused
from linli.web.shared.addresses import address_of
from tests.web.portal.pages import come_in, words
from tests.web.portal.world import COMMUNITY, NOW, Street, stop_the_clock

pytestmark = pytest.mark.django_db
NEW = f"/c/{COMMUNITY}/needs/new/"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of everything within an hour."""
    hour = ((timedelta(hours=1), 2),)
    monkeypatch.setattr("linli.web.portal.pace.in_turn.__defaults__", (hour,))
    monkeypatch.setattr("linli.web.portal.project.PACKAGES_PER_ADDRESS", hour)


def need(number: int, **more: str) -> dict[str, str]:
    return {"what": f"楼道灯坏了 {number}", "where": "三栋", "contact": f"1380013800{number}", **more}


def test_the_third_need_of_an_hour_is_refused_and_nothing_typed_is_lost(street: Street, client, few, monkeypatch) -> None:
    assert [client.post(NEW, need(number)).status_code for number in (1, 2)] == [302, 302]
    refused = client.post(NEW, need(3))
    assert (refused.status_code, Need.objects.count()) == (409, 2)
    assert "一小时内已经收到 2 次" in words(refused)
    assert "楼道灯坏了 3" in refused.content.decode()
    assert client.post(NEW, need(3), REMOTE_ADDR="10.0.0.9").status_code == 302  # another address
    stop_the_clock(monkeypatch, NOW + timedelta(hours=1))
    assert client.post(NEW, need(4)).status_code == 302


def test_one_telephone_number_serves_ten_times_a_day_from_wherever(street: Street, client) -> None:
    answers = [client.post(NEW, need(number, contact="13800138000"), REMOTE_ADDR=f"10.0.0.{number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [409]
    assert "今天已经收到 10 次" in words(answers[-1])


def test_a_day_begins_at_midnight_in_china(street: Street, monkeypatch) -> None:
    def turn(at: datetime) -> None:
        take_turn(what="x", who="somebody", at=at, limits=((timedelta(days=1), 1),))

    turn(datetime(2026, 11, 22, 0, 10, tzinfo=SHANGHAI))
    with pytest.raises(Refused):
        turn(datetime(2026, 11, 22, 23, 59, tzinfo=SHANGHAI))
    turn(datetime(2026, 11, 23, 0, 1, tzinfo=SHANGHAI))
    with pytest.raises(Refused):
        turn(datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI))


def test_more_than_one_may_be_counted_at_once(street: Street) -> None:
    limits = ((timedelta(days=1), 10),)
    take_turn(what="x", who="somebody", at=NOW, limits=limits, amount=7)
    with pytest.raises(Refused):
        take_turn(what="x", who="somebody", at=NOW, limits=limits, amount=4)
    take_turn(what="x", who="somebody", at=NOW, limits=limits, amount=3)
    assert Turns.objects.get().taken == 10


def test_what_was_turned_down_is_not_counted(street: Street, client, few) -> None:
    for _ in range(4):
        assert client.post(NEW, need(1, where="")).status_code == 422
    assert client.post(NEW, need(1)).status_code == 302
    needs = Turns.objects.filter(what__startswith="need")
    assert sorted(needs.values_list("taken", flat=True)) == [1, 1]
    # What was typed is kept once as a draft, which has a limit of its own.
    assert list(Turns.objects.exclude(pk__in=needs).values_list("what", "taken")) == [("kept drafts", 1)] * 2


def test_who_is_signed_in_is_not_counted(street: Street, client, few) -> None:
    come_in(client, street.team.residents[0])
    assert [client.post(NEW, need(number)).status_code for number in (1, 2, 3)] == [302, 302, 302]
    assert Turns.objects.count() == 0


def test_objections_and_packages_are_counted_each_by_itself(street: Street, client, few) -> None:
    case = street.hung()
    address = reverse("portal:object", args=[Notice.objects.latest("pk").pk])
    before = Objection.objects.count()
    answers = [client.post(address, {"text": f"意见 {number}"}) for number in (1, 2, 3)]
    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert "意见 3" in answers[-1].content.decode()
    assert Objection.objects.count() == before + 2
    archive = reverse("portal:archive", args=[case.code])
    assert [client.get(archive).status_code for _ in range(3)] == [200, 200, 409]


def test_addresses_and_numbers_are_kept_as_keyed_digests_only(street: Street, client) -> None:
    client.post(NEW, need(1))
    assert all(len(row.who) == 64 for row in Turns.objects.all())


def test_behind_front_servers_the_outermost_trusted_one_is_believed(rf, settings) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2, 3.3.3.3", REMOTE_ADDR="9.9.9.9")
    assert address_of(request) == "9.9.9.9"
    settings.TRUSTED_PROXIES = 2
    assert address_of(request) == "2.2.2.2"
