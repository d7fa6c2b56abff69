"""A new site from its first command to a community that works: every office, the council and the roll through the doors."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.commands import adopt, places, staff
from linli.commands.main import main
from linli.records.bodies.models import Body, Seat
from linli.records.people.access import Permission, may
from linli.records.people.models import OfficeHeld, Person
from linli.records.people.phones import phone_index
from linli.records.places.models import Place
from linli.records.trail.models import Event
from linli.web.shared import clock

pytestmark = pytest.mark.django_db
DISTRICT, SUBDISTRICT, COMMUNITY = "440305", "440305001", "440305001001"
RESIDENTS = Permission("residents", resident=True)
PHONE = "13900001234"


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (places, staff, adopt):
        monkeypatch.setattr(module, "start", lambda: None)
        monkeypatch.setattr(module, "prepare", lambda: None, raising=False)


def came_in(username: str, told: str) -> Client:
    """Somebody who was told a password signs in and takes one of their own."""
    client, own = Client(), f"own-{username}-2026"
    assert client.post("/accounts/login/", {"login": username, "password": told}).status_code == 302
    change = {"oldpassword": told, "password1": own, "password2": own}
    assert client.post(reverse("account_change_password"), change).headers["Location"] == "/desk/"
    return client


def engaged(by: Client, place: str, office: str, name: str, username: str) -> Client:
    today = clock.today().isoformat()
    sent = {"open-office": office, "open-name": name, "open-username": username, "open-since": today}
    page = by.post(f"{reverse('desk:open_account')}?place={place}", sent)
    assert page.status_code == 200
    told = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page.content.decode())
    assert told
    return came_in(username, told.group())


def test_from_the_first_command_to_a_resident_on_the_roll(capsys: pytest.CaptureFixture[str]) -> None:
    today = clock.today()
    assert main(["places", "load", "shenzhen", "--source", "统计用区划代码 2023"]) == 0
    assert main(["adopt", DISTRICT, "nanshan", "--since", (today - timedelta(days=30)).isoformat()]) == 0
    assert main(["staff", "open", DISTRICT, "civil_affairs", "nanshan.minzheng", "演示·局长"]) == 0
    civil = came_in("nanshan.minzheng", capsys.readouterr().out.split("first password: ")[1].split()[0])

    vacant = civil.get(f"{reverse('desk:people')}?place={DISTRICT}").content.decode()
    assert "还没有人任职的地方" in vacant and "南头街道" in vacant
    working = engaged(civil, SUBDISTRICT, "working_committee", "演示·工委", "nantou.gongwei")
    party = engaged(working, COMMUNITY, "party_committee", "演示·书记", "nantoucheng.shuji")
    assert party.get("/desk/").status_code == 200

    resident = Person.objects.create(name="居民", kind="resident", phone=PHONE, phone_index=phone_index(PHONE))
    Person.objects.filter(pk=resident.pk).update(phone_proved_at=clock.now())
    phone = Client()
    phone.force_login(_account(resident), backend="django.contrib.auth.backends.ModelBackend")
    phone.post(reverse("portal:join", args=[COMMUNITY]), {"name": "演示·王阿姨", "where": "3 栋 1201"})
    asked = resident.roll_requests.get()
    party.post(reverse("desk:take_in", args=[asked.pk]), {"take_in-since": today.isoformat()})
    assert may(resident, RESIDENTS, Place.objects.get(pk=COMMUNITY), today)

    council = {"form-kind": "residents_council", "form-name": "南头城社区居民议事会", "form-since": today.isoformat()}
    body_page = party.post(f"{reverse('desk:form_body')}?place={COMMUNITY}", council).headers["Location"]
    seat = {"seat-name": "演示·王阿姨", "seat-seat": "member", "seat-since": today.isoformat()}
    assert party.post(f"{body_page}seat/", seat).status_code == 302
    assert Seat.objects.get(body=Body.objects.get()).person == resident

    # The secretary moves on: from tomorrow nobody keeps the roll until the subdistrict appoints anew.
    held = OfficeHeld.objects.get(person__name="演示·书记")
    end = {"end_office-until": today.isoformat(), "end_office-reason": "调任"}
    assert working.post(reverse("desk:end_office", args=[held.pk]), end).status_code == 302
    assert held.person.offices.get().until == today
    assert {"office.appointed", "office.ended", "roll.entered", "body.formed", "seat.taken"} <= set(
        Event.objects.values_list("kind", flat=True)
    )


def _account(person: Person):
    from linli.records.people.services import account_of

    return account_of(person)
