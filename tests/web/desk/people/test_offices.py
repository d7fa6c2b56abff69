"""An office is filled and emptied through the desk; whoever may not is told who may."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.records.people.access import may
from linli.records.people.models import Account, OfficeHeld, Person
from linli.records.people.permissions import KEEP_ROLL
from linli.records.trail.selectors import events_of
from linli.web.shared import clock
from tests.records.needs.world import COMMUNITY, OTHER, Village, row_counts
from tests.records.people.world import person, place
from tests.web.desk.intake.test_needs import CountedQueries

SUBDISTRICT = "440305001"
LIST = f"{reverse('desk:people')}?place={COMMUNITY}"
NEW = f"{reverse('desk:open_account')}?place={COMMUNITY}"
KNOWN = f"{reverse('desk:give_office')}?place={COMMUNITY}"
SENT = {
    "open-office": "residents_committee",
    "open-name": "演示·新来的",
    "open-username": "nantou.new",
    "open-since": "2021-01-04",
    "open-document": "演示任〔2021〕1 号",
}


def told_password(page: str) -> str:
    found = re.search(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page)
    assert found
    return found.group()


def test_somebody_new_gets_an_account_and_an_office_and_signs_in_with_the_password_told_once(village: Village, desk) -> None:
    answer = desk.of(village.cast.working).post(NEW, SENT)
    password = told_password(answer.content.decode())
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    held = OfficeHeld.objects.get(person__name="演示·新来的")
    assert (held.office, held.place_id, held.document) == ("residents_committee", COMMUNITY, "演示任〔2021〕1 号")
    assert may(held.person, KEEP_ROLL, place(), clock.today())
    names = [event.kind for event in events_of(held.person.subject)]
    assert names == ["person.registered", "account.opened", "office.appointed"]
    assert signed_in("nantou.new", password).status_code == 302
    page = desk.of(village.cast.working).get(LIST).content.decode()
    assert "演示·新来的" in page and password not in page


def signed_in(username: str, password: str, client: Client | None = None):
    return (client or Client()).post("/accounts/login/", {"login": username, "password": password})


def test_a_password_somebody_told_opens_no_desk_until_it_is_changed(village: Village, desk) -> None:
    password = told_password(desk.of(village.cast.working).post(NEW, SENT).content.decode())
    mine, change = Client(), reverse("account_change_password")
    signed_in("nantou.new", password, mine)
    for address in ("/desk/", LIST):
        assert mine.get(address).headers["Location"] == change
    assert "现在的密码是别人告诉您的" in mine.get(change).content.decode()
    assert mine.get("/").status_code == 200  # what everybody reads stays open
    same = mine.post(change, {"oldpassword": password, "password1": password, "password2": password})
    assert same.status_code == 200 and "请换一个" in same.content.decode() and mine.get("/desk/").status_code == 302
    own = {"oldpassword": password, "password1": "only-mine-2021", "password2": "only-mine-2021"}
    assert mine.post(change, own).headers["Location"] == "/desk/"
    assert mine.get("/desk/").status_code == 200
    assert signed_in("nantou.new", password).status_code == 200  # the one who told it no longer comes in


def test_what_is_wrong_is_said_all_at_once_and_nothing_is_written(village: Village, desk) -> None:
    client = desk.of(village.cast.working)
    client.post(NEW, SENT)
    before = row_counts()
    taken = client.post(NEW, {**SENT, "open-name": " "})
    page = taken.content.decode()
    assert taken.status_code == 422 and "这个账号名已有人用" in page and "请写姓名" in page and "演示任〔2021〕1 号" in page
    assert client.post(NEW, {**SENT, "open-office": "resident", "open-username": "nantou.other"}).status_code == 422
    assert client.post(NEW, {**SENT, "open-since": "明天", "open-username": "nantou.other"}).status_code == 422
    assert row_counts() == before


def test_an_office_is_given_to_somebody_with_an_account_when_name_and_account_fit(village: Village, desk) -> None:
    clerk = person("演示·调来的", "staff")
    Account.objects.create(username="moved", person=clerk)
    client, sent = desk.of(village.cast.working), {"give-office": "party_committee", "give-since": "2021-01-04"}
    before = row_counts()
    wrong = client.post(KNOWN, {**sent, "give-name": "演示·别人", "give-username": "moved"})
    assert wrong.status_code == 422 and "没有姓名和账号名都对得上的工作人员" in wrong.content.decode()
    assert row_counts() == before
    assert client.post(KNOWN, {**sent, "give-name": "演示·调来的", "give-username": "moved"}).status_code == 302
    assert OfficeHeld.objects.get(person=clerk).title == "community.party_committee"
    again = client.post(KNOWN, {**sent, "give-name": "演示·调来的", "give-username": "moved"})
    assert again.status_code == 409 and "先办离任" in again.content.decode()


def test_whoever_leaves_has_the_office_to_the_last_day_and_not_the_day_after(village: Village, desk, time) -> None:
    Person.objects.filter(pk=village.cast.deputy.pk).update(name="演示·副书记")
    held = OfficeHeld.objects.get(person=village.cast.deputy)
    client, end, today = desk.of(village.cast.working), reverse("desk:end_office", args=[held.pk]), clock.today()
    before = row_counts()
    silent = client.post(end, {"end_office-until": today.isoformat(), "end_office-reason": ""})
    assert silent.status_code == 422 and row_counts() == before
    assert client.post(end, {"end_office-until": today.isoformat(), "end_office-reason": "调任"}).status_code == 302
    assert may(held.person, KEEP_ROLL, place(), today)
    time.turn(clock.now() + timedelta(days=1))
    assert not may(held.person, KEEP_ROLL, place(), clock.today())
    assert desk.of(held.person).get(LIST).status_code == 404
    client.get(LIST)  # takes the message that it was done
    assert held.person.name not in client.get(LIST).content.decode()
    assert held.person.name in client.get(f"{LIST}&show=past").content.decode()


def test_nobody_ends_the_own_office_and_offices_without_the_power_are_told_who_has_it(village: Village, desk) -> None:
    own = OfficeHeld.objects.get(person=village.cast.working)
    for somebody in (village.cast.working, village.cast.finance, village.cast.stranger, village.cast.resident):
        desk.of(somebody)
    before = row_counts()
    mine = desk.of(village.cast.working).post(
        reverse("desk:end_office", args=[own.pk]), {"end_office-until": "2021-04-01", "end_office-reason": "演示"}
    )
    assert mine.status_code == 403 and "请上级，或本单位另一位" in mine.content.decode()
    finance = desk.of(village.cast.finance)
    assert finance.post(NEW, SENT).status_code == 403
    page = finance.get(LIST).content.decode()
    assert "的任免由这些岗位登记" in page and "街道党工委" in page and reverse("desk:appoint") not in page
    assert desk.of(village.cast.stranger).post(NEW, SENT).status_code == 404
    assert desk.of(village.cast.resident).get(LIST).status_code == 403
    assert row_counts() == before


def test_a_lost_password_comes_anew_from_above_and_never_from_the_same_level(village: Village, desk) -> None:
    held = OfficeHeld.objects.get(person=village.cast.deputy)
    account = Account.objects.create(username="deputy", person=held.person, password="!")
    renew, sent = reverse("desk:renew_password", args=[held.pk]), {"renew_password-reason": "本人忘记密码"}
    colleague = desk.of(village.cast.secretary).post(renew, sent)
    account.refresh_from_db()
    assert colleague.status_code == 403 and "由上级重发" in colleague.content.decode() and account.password == "!"
    answer = desk.of(village.cast.working).post(renew, sent)
    password = told_password(answer.content.decode())
    account.refresh_from_db()
    assert answer.headers["Cache-Control"] == "no-store" and account.check_password(password)
    # Somebody who is also in office higher up gets it from still higher.
    OfficeHeld.objects.create(person=held.person, office="finance", place_id="440305", since=date(2020, 1, 1))
    assert desk.of(village.cast.working).post(renew, sent).status_code == 403


def test_offices_of_the_rules_that_nobody_holds_stand_there_as_vacant(village: Village, desk) -> None:
    page = desk.of(village.cast.civil).get(f"{reverse('desk:people')}?place={OTHER}").content.decode()
    assert "空缺" in page and f"place={OTHER}&amp;office=residents_committee" in page
    OfficeHeld.objects.all().exclude(place="440305").delete()
    page = desk.of(village.cast.civil).get(f"{reverse('desk:people')}?place=440305").content.decode()
    assert "还没有人任职的地方" in page and "田厦社区" in page


def test_the_list_costs_the_same_however_many_are_in_office(village: Village, desk) -> None:
    client, above = desk.of(village.cast.working), f"{reverse('desk:people')}?place={SUBDISTRICT}"
    for address in (LIST, above):
        client.get(address)
    counts = {}
    for n in range(3):
        _in_office(n)
    for address in (LIST, above):
        with CountedQueries() as few:
            client.get(address)
        counts[address] = few.count
    for n in range(3, 33):
        _in_office(n)
    for address in (LIST, above):
        with CountedQueries() as many:
            client.get(address)
        assert many.count == counts[address]


def _in_office(n: int) -> None:
    clerk = Person.objects.create(name=f"演示·{n}", kind="staff", demonstration=True)
    OfficeHeld.objects.create(person=clerk, office="service_centre", place_id=COMMUNITY, since=date(2020, 1, 1))


@pytest.mark.parametrize("address", ["desk:people", "desk:appoint"])
def test_the_pages_speak_english_too(village: Village, desk, address: str) -> None:
    page = desk.of(village.cast.working, "en").get(f"{reverse(address)}?place={COMMUNITY}").content.decode()
    assert ("Offices and people" in page) and "岗位" not in page
