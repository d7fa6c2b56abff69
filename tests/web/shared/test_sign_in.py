"""Coming in by phone, by paper, by password."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client, override_settings

from linli.records.people.models import Account, OutboxMessage, Person
from linli.records.people.services import open_staff_account
from linli.web.shared import clock

pytestmark = pytest.mark.django_db

PHONE = "13800138000"


def code_sent() -> str:
    return re.search(r"\d{6}", OutboxMessage.objects.first().text.open())[0]


def test_a_resident_comes_in_with_a_code_and_goes_on_to_where_they_were(client: Client) -> None:
    asked = client.post("/sign-in/?next=/sign-in/household/", {"phone": PHONE})
    assert asked.headers["Location"] == "/sign-in/code/?next=/sign-in/household/"
    page = client.get("/sign-in/code/")
    assert "138****8000" in page.text
    assert PHONE not in page.text
    come = client.post("/sign-in/code/", {"code": code_sent(), "next": "/sign-in/household/"})
    assert come.headers["Location"] == "/sign-in/household/"
    assert "退出" in client.get("/sign-in/household/").text


def test_filters_of_the_page_one_came_from_are_there_after_signing_in(client: Client, contexts: None) -> None:
    back, said = "/projects/?year=2021&state=notice&q=灯", "/projects/%3Fyear%3D2021%26state%3Dnotice%26q%3D%E7%81%AF"
    page = client.get(f"/sign-in/?next={said}")
    for way in ("/sign-in/", "/sign-in/household/", "/accounts/login/"):
        assert f'href="{way}?next={said}"' in page.text
    asked = client.post("/sign-in/", {"phone": PHONE, "next": back})
    assert asked.headers["Location"] == f"/sign-in/code/?next={said}"
    assert client.get(asked.headers["Location"]).context["next"] == back
    come = client.post("/sign-in/code/", {"code": code_sent(), "next": back})
    assert unquote(come.headers["Location"]) == back


def test_every_way_in_keeps_the_way_back_and_says_that_it_leads_there(client: Client) -> None:
    back = "/sign-in/?next=/texts/4/%3Fv%3D1%26p%3D2"
    page = client.get(back).text
    assert "登录以后，接着办刚才的事。" in page
    for way in ("/sign-in/household/", "/accounts/login/"):
        assert f'href="{way}?next=/texts/4/%3Fv%3D1%26p%3D2"' in page
    staff = client.get("/accounts/login/?next=/texts/4/%3Fv%3D1%26p%3D2").text
    assert 'href="/sign-in/?next=/texts/4/%3Fv%3D1%26p%3D2"' in staff
    assert "接着办刚才的事" not in client.get("/sign-in/").text


def test_a_wrong_code_is_refused_with_what_to_do_and_the_number_kept(client: Client) -> None:
    client.post("/sign-in/", {"phone": PHONE})
    wrong = client.post("/sign-in/code/", {"code": "000000" if code_sent() != "000000" else "111111"})
    assert wrong.status_code == 422
    assert "验证码不对或已过期" in wrong.text
    assert "138****8000" in wrong.text
    assert "_auth_user_id" not in client.session


def test_a_number_that_is_none_is_refused_and_kept_as_typed(client: Client) -> None:
    wrong = client.post("/sign-in/", {"phone": "12345<b>"})
    assert wrong.status_code == 422
    assert 'value="12345&lt;b&gt;"' in wrong.text


def test_a_code_serves_only_the_browser_that_asked_for_it(client: Client) -> None:
    client.post("/sign-in/", {"phone": PHONE})
    code = code_sent()
    other = Client()
    session = other.session
    session["sign_in_phone"] = PHONE
    session.save()
    other.cookies["sessionid"] = session.session_key
    assert other.post("/sign-in/code/", {"code": code}).status_code == 422


def test_the_second_step_needs_the_first(client: Client) -> None:
    assert client.get("/sign-in/code/").headers["Location"] == "/sign-in/"


def test_a_wrong_household_code_is_refused(client: Client) -> None:
    wrong = client.post("/sign-in/household/", {"code": "ABCD"})
    assert wrong.status_code == 422
    assert "户码不对" in wrong.text
    assert 'value="ABCD"' in wrong.text


def test_staff_come_in_by_password_and_begin_at_the_desk(client: Client) -> None:
    person = Person.objects.create(name="样例", kind="staff")
    open_staff_account(person=person, username="clerk", password="a-long-password-1", by=None, at=clock.now())
    assert client.post("/accounts/login/", {"login": "clerk", "password": "wrong"}).status_code == 200
    come = client.post("/accounts/login/", {"login": "clerk", "password": "a-long-password-1"})
    assert come.status_code == 302
    assert come.headers["Location"] == "/desk/"


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert Account.objects.count() == 0


def test_the_second_factor_pages_stand_in_our_frame(client: Client) -> None:
    person = Person.objects.create(name="样例", kind="staff")
    account = open_staff_account(person=person, username="clerk", password="a-long-password-1", by=None, at=clock.now())
    client.force_login(account)
    page = client.get("/accounts/2fa/", follow=True)
    assert page.status_code == 200
    assert "linli.css" in page.text
    assert "<script" not in page.text


def test_signing_out_is_a_button_not_a_link(client: Client) -> None:
    client.force_login(Account.objects.create(username="r", person=Person.objects.create(name="居民", kind="resident")))
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_the_outbox_shows_the_code_and_hides_the_number(client: Client) -> None:
    client.post("/sign-in/", {"phone": PHONE})
    page = client.get("/outbox/").text
    assert code_sent() in page
    assert PHONE not in page


@override_settings(DEMONSTRATION=False)
def test_a_real_site_has_no_outbox(client: Client) -> None:
    assert client.get("/outbox/").status_code == 404
