"""What somebody meets who sits at the desk for the first time: the urgent first, one's own account, files that are not taken."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.records.duties.models import Reply
from linli.records.needs.selectors import by_code
from linli.records.needs.services import answer_need
from linli.records.notifications.models import Preference
from linli.records.workbench.models import DraftFile
from tests.records.evidence.test_files import a_photo
from tests.records.needs.world import COMMUNITY, NOW, Village
from tests.web.desk.intake.conftest import Desks
from tests.web.desk.intake.test_at_speed import BULK, shown_on

ASK = f"/c/{COMMUNITY}/needs/new/"
SETTINGS = "/notifications/settings/"
NOT_TAKEN = {"zh-hans": "这种文件不收", "en": "This kind of file is not taken"}


# --- the urgent first ---------------------------------------------------------------------------------------------------
def owed_in(village: Village, days: dict[str, int]) -> dict[str, str]:
    """Needs by their words, each with an answer due so many days from now -> their codes."""
    codes = {}
    for what, left in days.items():
        need = village.asks(what=what)
        codes[what] = need.code
        due_on = (NOW + timedelta(days=left)).date()
        Reply.objects.filter(subject_kind="need", subject_id=str(need.pk), kind="need").update(due_on=due_on)
    return codes


def test_many_at_once_begin_with_what_is_due_first(village: Village, desk: Desks) -> None:
    codes = owed_in(village, {"三栋的灯坏了": 9, "广场没有长椅": -2, "水管漏水": 1})
    client = desk.of(village.host)

    page = client.get(f"{BULK}?by=day").text

    assert shown_on(page) == [codes["广场没有长椅"], codes["水管漏水"], codes["三栋的灯坏了"]]
    assert "<b>已过 2 天</b>" in page
    assert '<a href="?place=440305001001&amp;by=day" aria-current="page">' in page
    assert shown_on(client.get(BULK).text) == [codes["水管漏水"], codes["广场没有长椅"], codes["三栋的灯坏了"]]
    assert "To be answered, first due first" in desk.of(village.host, "en").get(BULK).text


def test_what_was_answered_waits_no_more_and_a_form_sent_back_keeps_its_order(village: Village, desk: Desks) -> None:
    codes = owed_in(village, {"三栋的灯坏了": 9, "广场没有长椅": -2, "水管漏水": 1})
    answer_need(need=by_code(codes["广场没有长椅"]), verdict="out_of_scope", reason="演示", by=village.host, at=NOW)
    client = desk.of(village.host)
    shown = shown_on(client.get(f"{BULK}?by=day").text)
    assert shown == [codes["水管漏水"], codes["三栋的灯坏了"]]

    refused = client.post(f"{BULK}?by=day", {"act": "answer", "shown": shown, "code": shown[1]})

    assert refused.status_code == 422
    assert shown_on(refused.text) == shown


def test_the_way_from_the_to_do_leads_to_the_urgent(village: Village, desk: Desks) -> None:
    owed_in(village, {"一栋的灯坏了": 3, "二栋的灯坏了": 3, "三栋的灯坏了": 3})

    assert f'href="{BULK}?place={COMMUNITY}&amp;by=day"' in desk.of(village.host).get("/desk/").text


def test_days_of_many_cost_no_more_questions_than_of_few(village: Village, desk: Desks, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = desk.of(village.host)
    owed_in(village, {f"第{n}盏灯坏了": n for n in range(3)})
    client.get(f"{BULK}?by=day")
    with django_assert_max_num_queries(40) as few:
        client.get(f"{BULK}?by=day")
    owed_in(village, {f"第{n}张椅子坏了": n for n in range(27)})
    with django_assert_max_num_queries(len(few)):
        assert len(shown_on(client.get(f"{BULK}?by=day").text)) == 30


def test_the_page_of_a_need_says_by_when_it_is_answered(village: Village, desk: Desks) -> None:
    codes = owed_in(village, {"三栋的灯坏了": 9, "广场没有长椅": -2})

    assert "<b>还剩 9 天</b>" in desk.of(village.host).get(f"/desk/needs/{codes['三栋的灯坏了']}/").text
    late = f"/desk/needs/{codes['广场没有长椅']}/"
    assert "<b>已逾期 2 天</b>" in desk.of(village.host).get(late).text
    answer_need(need=by_code(codes["广场没有长椅"]), verdict="out_of_scope", reason="演示", by=village.host, at=NOW)
    assert "已逾期" not in desk.of(village.host).get(late).text


def test_many_alike_are_folded_and_handled_together(village: Village, desk: Desks) -> None:
    alike = [village.asks(what="楼道灯坏了，晚上看不见路", where="南头古城三栋") for _ in range(6)]
    client = desk.of(village.host)

    page = client.get(f"/desk/needs/{alike[0].code}/").text

    assert "还有 2 条" in page
    assert "Choose them together" in desk.of(village.host, "en").get(f"/desk/needs/{alike[0].code}/").text
    way = re.search(r'href="(/desk/needs/bulk/\?[^"]+)"[^>]*>一起选', page)
    assert way is not None
    chosen = client.get(unescape(way[1])).text
    assert sorted(shown_on(chosen)) == sorted(need.code for need in alike)
    assert chosen.count(" checked>") == 6


# --- one's own account --------------------------------------------------------------------------------------------------
def test_ones_name_leads_to_ones_account(village: Village, desk: Desks) -> None:
    page = desk.of(village.host).get("/desk/").text
    assert f'href="{SETTINGS}"' in page

    account = desk.of(village.host).get(SETTINGS).text

    assert village.host.name in account
    assert "修改密码" in account
    assert "第二道验证" in account
    assert "Change the password" in desk.of(village.host, "en").get(SETTINGS).text
    # A resident signs in by a code and has no password to change.
    assert "修改密码" not in desk.of(village.resident()).get(SETTINGS).text


def test_no_to_messages_is_kept_as_no(village: Village, desk: Desks) -> None:
    client = desk.of(village.resident())
    assert 'value="no" checked' in client.get(SETTINGS).text

    kept = client.post(SETTINGS, {"email": "yanshi@example.org", "by_email": "no", "by_sms": "no", "hour": "9"})

    assert kept.status_code == 302
    wish = Preference.objects.get()
    assert (wish.by_email, wish.by_sms) == (False, False)


# --- files that are not taken -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_file_refused_for_its_kind_is_not_offered_again(village: Village, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    photo = SimpleUploadedFile("灯.jpg", a_photo(), content_type="image/jpeg")
    song = SimpleUploadedFile("歌.mp3", b"ID3\x03\x00\xff\xfb\x90\x00", content_type="audio/mpeg")

    refused = client.post(ASK, {"what": "路灯坏了", "where": "三巷", "contact": "13800001111", "photo": [photo, song]})

    assert refused.status_code == 422
    assert NOT_TAKEN[language] in refused.text
    assert "<span>灯.jpg</span>" in refused.text
    assert "<span>歌.mp3</span>" not in refused.text
    assert [kept.name for kept in DraftFile.objects.all()] == ["灯.jpg"]
    assert "<span>歌.mp3</span>" not in client.get(ASK).text


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "登录时再输手机上的一个六位数"), ("en", "asks for six digits from your phone")]
)
def test_the_second_step_says_what_it_is_and_leads_back_to_the_account(
    village: Village, desk: Desks, language: str, words: str
) -> None:
    page = desk.of(village.host, language).get("/accounts/2fa/").text

    assert words in page
    assert f'href="{SETTINGS}"' in page
    assert 'href="/accounts/2fa/totp/activate/"' in page
