"""Raising a need, and following it with the code on the slip."""

import io
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.demonstration.hands import words as sheets
from linli.records.evidence.models import File
from linli.records.needs.models import Need
from linli.records.needs.services import adopt_need, answer_need, cluster_needs, raise_need, verify_need
from linli.records.people.models import Household
from linli.records.people.services import issue_household_codes
from linli.web.shared import counting
from tests.journeys.steps import on
from tests.records.people import world as people
from tests.web.portal.pages import come_in, in_english, words
from tests.web.portal.world import COMMUNITY, OTHER, Street

pytestmark = pytest.mark.django_db

PIXEL = io.BytesIO()
Image.new("RGB", (640, 480), "grey").save(PIXEL, "PNG")
NEW = f"/c/{COMMUNITY}/needs/new/"
LAMP = {"what": "三栋楼道的灯坏了", "where": "南头古城三栋", "beneficiaries": "60", "contact": "13800138000"}


@pytest.mark.parametrize("number", ["1380000", "138001380001", "12800138000"])
def test_a_mobile_number_nobody_can_be_reached_at_is_asked_again(street: Street, client, number: str) -> None:
    refused = client.post(NEW, {**LAMP, "contact": number})

    assert refused.status_code == 422
    assert f"手机号是 11 位数字，第二位是 3 到 9；这里写了 {len(number)} 位" in words(refused)
    assert LAMP["what"] in words(refused)
    assert not Need.objects.exists()
    refused = in_english(client).post(NEW, {**LAMP, "contact": number})
    assert f"A mobile number has 11 digits, the second from 3 to 9; this has {len(number)}." in words(refused)
    # A line at home has no such rule.
    assert client.post(NEW, {**LAMP, "contact": "26001234"}).status_code == 302


@pytest.mark.requirement("S0-64", how="shown")
def test_anybody_raises_a_need_with_a_phone_and_gets_a_slip(street: Street, client) -> None:
    answer = client.post(NEW, LAMP)
    need = Need.objects.get()
    assert answer.headers["Location"] == f"/needs/{need.code}/?fresh=1"
    page = client.get(answer.headers["Location"])
    assert "收到了。请记下编号" in words(page)
    assert need.code in words(page)
    assert 'class="qr"' in page.content.decode()
    assert (need.channel, need.mode, need.beneficiaries) == ("online", "daily", 60)


def test_the_need_is_shown_to_all_and_who_asked_to_nobody(street: Street, client) -> None:
    client.post(NEW, LAMP | {"groups": ["disabled"]})
    need = Need.objects.get()
    for address in (f"/needs/{need.code}/", f"/c/{COMMUNITY}/needs/", f"/c/{COMMUNITY}/"):
        said = words(client.get(address))
        assert "三栋楼道的灯坏了" in said
        assert "8000" not in said
    assert "残疾人" not in words(client.get(f"/needs/{need.code}/"))


def test_a_signed_in_resident_needs_no_phone(street: Street, client) -> None:
    come_in(client, street.team.residents[0])
    page = words(client.get(NEW))
    assert "怎么告诉您结果" not in page
    client.post(NEW, {key: LAMP[key] for key in ("what", "where")})
    need = Need.objects.get()
    assert need.person == street.team.residents[0]
    home = words(client.get(f"/c/{COMMUNITY}/"))
    assert f"我的事 {need.what} 已提出" in home
    client.logout()
    assert "我的事" not in words(client.get(f"/c/{COMMUNITY}/"))
    assert street.team.residents[0].name not in words(client.get(f"/needs/{need.code}/"))


def test_a_household_code_stands_for_a_phone(street: Street, client) -> None:
    team = street.team
    household = Household.objects.create(
        place=team.place, label="A-101", address="演示路1号", since=people.TODAY, demonstration=True
    )
    printed = issue_household_codes(place=team.place, households=[household], by=team.committee, at=on("2021-04-09"))[0]
    wrong = client.post(NEW, {**LAMP, "contact": "", "household_code": "AAAA-BBBB-CCCC-DDDD"})
    assert wrong.status_code == 422
    assert "户码不对" in words(wrong)
    assert Need.objects.count() == 0
    client.post(NEW, {**LAMP, "contact": "", "household_code": printed.code.lower()})
    assert Need.objects.get().household == household


def test_bad_input_is_named_at_its_field_and_everything_typed_is_kept(street: Street, client) -> None:
    answer = client.post(
        NEW, {"what": "路灯不亮<b>", "where": "", "beneficiaries": "很多人", "contact": "12", "urgency": "urgent"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Need.objects.count() == 0
    assert "路灯不亮&lt;b&gt;</textarea>" in page
    assert 'value="很多人"' in page
    assert 'value="12"' in page
    assert 'value="urgent" checked' in page
    assert "请写成整数" in words(answer)
    # What a number cannot be is said first; mended, the rest is named all at once.
    mended = client.post(NEW, {"what": "", "where": "", "beneficiaries": "40", "contact": "12"})
    assert {"f-what-error", "f-where-error"} <= set(mended.content.decode().replace('"', " ").split())
    assert 'value="40"' in mended.content.decode()


def test_without_a_phone_or_a_code_the_page_says_how_to_be_reached(street: Street, client) -> None:
    answer = client.post(NEW, LAMP | {"contact": ""})
    assert answer.status_code == 422
    assert "请留下电话，或填户码" in words(answer)
    assert "三栋楼道的灯坏了</textarea>" in answer.content.decode()


def test_a_photo_goes_with_it_and_is_not_public(street: Street, client) -> None:
    picture = SimpleUploadedFile("灯.png", PIXEL.getvalue(), content_type="image/png")
    client.post(NEW, LAMP | {"photo": picture})
    file = File.objects.get()
    assert Need.objects.get().more["photo"] == [file.sha256]
    assert client.get(f"/files/{file.pk}/{file.name}").status_code == 404
    assert come_in(client, street.team.secretary).get(f"/files/{file.pk}/{file.name}").status_code == 200


def test_a_file_that_is_no_photo_keeps_nothing_and_says_so(street: Street, client) -> None:
    answer = client.post(NEW, LAMP | {"photo": SimpleUploadedFile("灯.png", b"<svg onload=x>", content_type="image/png")})
    assert answer.status_code == 422
    assert (Need.objects.count(), File.objects.count()) == (0, 0)
    assert "三栋楼道的灯坏了</textarea>" in answer.content.decode()


def test_similar_needs_are_shown_while_typing_and_by_a_button_without_scripts(street: Street, client) -> None:
    street.asked()
    part = client.get(f"/c/{COMMUNITY}/needs/similar/", {"what": "巷子里没有路灯，太黑", "where": "三巷"})
    assert "巷子里没有路灯" in words(part)
    assert "<html" not in part.content.decode()
    before = Need.objects.count()
    whole = client.post(NEW, {"what": "巷子里没有路灯，太黑", "where": "三巷", "_similar": "1"})
    assert whole.status_code == 200
    assert "有 1 条说法相近的需求" in words(whole)
    assert "巷子里没有路灯，太黑</textarea>" in whole.content.decode()
    assert Need.objects.count() == before
    assert words(client.get(f"/c/{COMMUNITY}/needs/similar/", {"what": "灯"})) == ""


def test_whoever_has_the_same_need_raises_it_without_writing_it_again(street: Street, client) -> None:
    need = street.asked()
    page = client.get(f"/needs/{need.code}/")
    assert f'href="{NEW}?same={need.code}"' in page.content.decode()
    assert f"{need.what}</textarea>" in client.get(NEW, {"same": need.code}).content.decode()
    # A need of another place, or none, leaves the form as empty as it was.
    for wrong in ("", "NONE-AT-ALL"):
        assert f"{need.what}</textarea>" not in client.get(NEW, {"same": wrong}).content.decode()
    assert Need.objects.count() == 1


def test_the_same_need_sent_twice_is_one(street: Street, client) -> None:
    first, second = client.post(NEW, LAMP), client.post(NEW, LAMP)
    assert Need.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_words_of_a_resident_are_words_and_never_marks(street: Street, client) -> None:
    client.post(NEW, LAMP | {"what": "<script>alert(1)</script>灯", "where": '"><img src=x onerror=alert(1)>'})
    need = Need.objects.get()
    for address in (
        f"/needs/{need.code}/",
        f"/c/{COMMUNITY}/needs/",
        f"/c/{COMMUNITY}/",
        f"/c/{COMMUNITY}/needs/similar/?what=alert灯",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.requirement("S0-72", how="shown")
def test_a_need_tells_where_it_stands_its_answer_with_the_reason_and_its_project(street: Street, client) -> None:
    need = street.asked()
    said = words(client.get(f"/needs/{need.code.lower().replace('-', '')}/"))
    assert "已提出" in said
    assert "社区核实后会答复，并写明理由" in said
    street.on_notice_from_here()
    said = words(client.get(f"/needs/{need.code}/"))
    assert "它成了这个项目 三巷路灯" in said

    client.post(NEW, LAMP)
    other = Need.objects.exclude(pk=need.pk).get()
    answer_need(need=other, verdict="already_solved", reason="昨天已换好。", by=street.team.committee, at=on("2021-04-14"))
    said = words(client.get(f"/needs/{other.code}/"))
    assert "已经解决 昨天已换好。" in said
    assert "Already solved" in words(in_english(client).get(f"/needs/{other.code}/"))


def test_a_draft_it_led_to_is_not_given_away(street: Street, client) -> None:
    need, team = street.asked(), street.team
    verify_need(need=need, findings="看过", real=True, by=team.committee, at=on("2021-04-02"))
    draft = team.project("还在拟的路灯项目", on("2021-04-03"))
    adopt_need(need=need, subject=draft.subject, by=team.secretary, at=on("2021-04-03"))
    assert "还在拟的路灯项目" not in words(client.get(f"/needs/{need.code}/"))
    assert "还在拟的路灯项目" in words(come_in(client, team.secretary).get(f"/needs/{need.code}/"))


def test_needs_about_one_thing_name_each_other(street: Street, client) -> None:
    first = street.asked()
    client.post(NEW, LAMP)
    second = Need.objects.exclude(pk=first.pk).get()
    cluster_needs(needs=[first, second], title="照明", by=street.team.committee, at=on("2021-04-13"))
    said = words(client.get(f"/needs/{second.code}/"))
    assert "同一件事，别人也说过 照明 巷子里没有路灯" in said


@pytest.mark.requirement("S1-32", how="shown")
def test_how_far_the_asking_has_come_is_public_and_whom_to_visit_is_not(street: Street, client) -> None:
    street.asked()
    said = words(client.get(f"/c/{COMMUNITY}/needs/"))
    assert "1 / 500 人（户）" in said
    assert "还差 499 人（户）" in said
    assert "还要走访谁" not in said


def test_the_total_held_for_a_moment_is_that_of_the_list_that_was_asked_for(
    street: Street, client, contexts, settings, monkeypatch
) -> None:
    settings.HOLD_FIGURES = True
    ticks = count(0.0, 0.05)  # every count takes a while
    monkeypatch.setattr(counting, "monotonic", lambda: next(ticks))
    street.asked()
    counting.forget()
    asks = ("", "?year=2019", "?channel=online", "?state=raised", "?q=没有这个词", "")
    found = [client.get(f"/c/{COMMUNITY}/needs/{ask}").context for ask in asks]
    counting.forget()
    assert [page["total"] for page in found] == [len(page["rows"]) for page in found]
    assert {page["total"] for page in found} == {0, 1}


def test_a_list_without_needs_says_so(street: Street, client) -> None:
    assert "还没有人提需求" in words(client.get(f"/c/{OTHER}/needs/"))
    assert "没有这样的需求" in words(client.get(f"/c/{OTHER}/needs/", {"q": "游泳池"}))


def test_three_and_thirty_needs_take_the_same_questions(street: Street, client, contexts, django_assert_num_queries) -> None:
    who = people.person()
    for first, many in ((0, 3), (3, 27)):
        for number in range(first, first + many):
            data = sheets.need(f"演示·第 {number} 条：修一修", f"{number} 栋")
            raise_need(place=people.place(COMMUNITY), data=data, by=who, at=on("2021-03-02"))
        client.get(f"/c/{COMMUNITY}/needs/")
        with django_assert_num_queries(8):
            assert len(client.get(f"/c/{COMMUNITY}/needs/").context["rows"]) == min(20, first + many)
