"""A form with too much in it comes back with everything typed, and says what was too large, by name, with the limit."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.records.evidence.models import File
from linli.records.evidence.selectors import piece_history
from linli.records.needs.gate import CHECK_SLOT
from linli.records.needs.models import Need
from linli.records.workbench.models import Draft, DraftFile
from linli.records.workbench.services.drafts import MOST_SIGNS
from linli.web.shared import uploads
from tests.records.evidence.test_files import a_photo
from tests.records.needs.world import COMMUNITY, Village
from tests.web.desk.intake.conftest import Desks

ENTER, ASK = "/desk/needs/new/", f"/c/{COMMUNITY}/needs/new/"
WHAT = "三栋楼道的灯坏了，晚上看不见"
MB = 1024 * 1024


def a_file(name: str, size: float) -> SimpleUploadedFile:
    photo = a_photo()
    return SimpleUploadedFile(name, photo + b"\0" * (int(size * MB) - len(photo)), content_type="image/jpeg")


def asked(client: Client, *photos: SimpleUploadedFile, **more: Any) -> Any:
    return client.post(ASK, {"what": WHAT, "where": "三栋", "contact": "13800001111", "photo": list(photos), **more})


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def kept_names() -> list[str]:
    return sorted(DraftFile.objects.values_list("name", flat=True))


@pytest.mark.parametrize("script", [True, False])
def test_photos_that_are_too_much_together_are_named_and_those_that_fit_are_kept(village: Village, script: bool) -> None:
    boosted = {"HX-Request": "true", "HX-Boosted": "true"} if script else {}
    photos = [a_file("一.jpg", 5), a_file("二.jpg", 8), a_file("三.jpg", 6)]
    answer = Client().post(ASK, {"what": WHAT, "where": "", "photo": photos}, headers=boosted)

    assert (answer.status_code, Need.objects.count()) == (422, 0)
    assert WHAT in answer.text
    assert kept_names() == ["一.jpg", "三.jpg"]
    assert "没有替您留着：二.jpg（8.0 MB）。没有交成的表，文件加起来最多留 12.0 MB。" in words(answer)
    assert "一.jpg" in answer.text


def test_in_english_too(village: Village) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    answer = asked(client, a_file("one.jpg", 7), a_file("two.jpg", 8), where="")

    assert "Not kept for you: two.jpg (8.0 MB). Of a form that was not taken, files of 12.0 MB together are kept." in words(
        answer
    )


def test_files_kept_before_stay_where_the_new_ones_are_too_much(village: Village, desk: Desks) -> None:
    client = Client()
    first = asked(client, a_file("一.jpg", 3), where="")
    keep = re.search(r'name="draft-keep" value="(\d+)"', first.text)
    assert keep

    again = asked(client, a_file("大.jpg", 13), where="", **{"draft-keep": keep[1]})

    assert kept_names() == ["一.jpg"]
    assert "大.jpg（13.0 MB）" in words(again)


def test_each_file_that_is_too_large_is_named_with_its_size_and_the_limit(village: Village) -> None:
    answer = asked(Client(), a_file("小.jpg", 1), a_file("大.jpg", 20.5), a_file("更大.jpg", 23))

    assert (answer.status_code, Need.objects.count(), File.objects.count()) == (422, 0, 0)
    assert WHAT in answer.text
    for name in ("大.jpg（20.5 MB）", "更大.jpg（23.0 MB）"):
        assert f"{name}：文件超过 20 MB，请压缩或拆分后再上传。" in words(answer)
    assert kept_names() == ["小.jpg"]


def test_all_files_of_one_sending_have_a_limit(village: Village, desk: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_TOGETHER", 4 * MB)
    answer = asked(Client(), a_file("一.jpg", 2.5), a_file("二.jpg", 3), a_file("三.jpg", 1))

    assert (answer.status_code, Need.objects.count(), File.objects.count()) == (422, 0, 0)
    assert "二.jpg（3.0 MB）：一次提交的文件加起来最多 200 MB，这一个没有收下。" in words(answer)
    assert WHAT in answer.text
    assert kept_names() == ["一.jpg", "三.jpg"]


def test_so_many_files_at_once_come_back_with_the_form(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 2)
    answer = asked(Client(), *(a_file(f"{number}.jpg", 0.01) for number in range(3)))

    assert (answer.status_code, Need.objects.count(), File.objects.count()) == (422, 0, 0)
    assert "2.jpg（11 kB）：一次最多提交 100 个文件，这一个没有收下。请分几次提交。" in words(answer)
    assert WHAT in answer.text


def test_what_is_within_all_limits_is_taken_and_no_draft_is_left(village: Village) -> None:
    assert asked(Client(), a_file("一.jpg", 7), a_file("二.jpg", 8)).status_code == 302
    assert (Need.objects.count(), File.objects.count(), Draft.objects.count()) == (1, 2, 0)


TOO_MUCH = {
    "text": ({"what": "长" * (5 * MB)}, "一次最多 12 MB", "at most 12 MB at a time"),
    "entries": ({f"line-{number}": "" for number in range(4_100)}, "一次最多 4000 项", "4,000 at a time at most"),
}


@pytest.mark.parametrize("what", TOO_MUCH)
@pytest.mark.parametrize("multipart", [True, False])
def test_what_is_not_read_at_all_is_said_on_a_page_of_ours(village: Village, what: str, multipart: bool) -> None:
    sent, zh, en = TOO_MUCH[what]
    if multipart:
        answers = [_told(client, sent) for client in _both()]
    else:
        body = "&".join(f"{key}={value}" for key, value in sent.items())
        kind = "application/x-www-form-urlencoded"
        answers = [client.post(ASK, body, content_type=kind, HTTP_REFERER=f"http://testserver{ASK}") for client in _both()]

    assert [answer.status_code for answer in answers] == [413, 413]
    assert zh in words(answers[0])
    assert "用浏览器的“后退”回到刚才那一页" in words(answers[0])
    assert f'href="{ASK}"' in answers[0].text
    assert en in words(answers[1])
    assert (Need.objects.count(), Draft.objects.count()) == (0, 0)


def _both() -> list[Client]:
    zh, en = Client(), Client()
    en.cookies["django_language"] = "en"
    return [zh, en]


def _told(client: Client, sent: dict[str, str]) -> Any:
    return client.post(ASK, sent, HTTP_REFERER=f"http://testserver{ASK}")


def test_hundreds_of_files_are_said_on_a_page_of_ours(village: Village, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    answer = asked(Client(), *(a_file(f"{number}.jpg", 0.01) for number in range(4)))

    assert answer.status_code == 413
    assert "选的文件太多，没有收下：一次最多 100 个。" in words(answer)


def test_an_address_with_thousands_of_questions_is_a_page_of_ours(village: Village) -> None:
    answer = Client().get("/projects/?" + "&".join(f"a{number}=1" for number in range(4_100)))

    assert answer.status_code == 413
    assert "一次最多 4000 项" in words(answer)


def saved(client: Client, script: bool = True, **typed: Any) -> Any:
    typed = {**typed, "draft-for": ASK, "draft-page": ASK}
    return client.post("/drafts/", typed, headers={"HX-Request": "true"} if script else {}, follow=not script)


@pytest.mark.parametrize("script", [True, False])
def test_a_draft_too_long_to_be_kept_says_so(village: Village, script: bool) -> None:
    client = Client()
    saved(client, what="先写的")

    answer = saved(client, script, what="长" * MOST_SIGNS)

    assert answer.status_code == 200
    assert "没有存成草稿：填的内容太长，一份草稿最多约 6 万字。" in words(answer)
    assert "草稿已存" not in words(answer)
    assert "先写的" in client.get(ASK).text


def test_what_saves_by_itself_says_when_it_was_too_much_to_be_read(village: Village) -> None:
    client = Client()
    answer = saved(client, what="长" * (5 * MB))

    assert (answer.status_code, Draft.objects.count()) == (413, 0)
    assert "一次最多 12 MB" in words(answer)
    assert "<html" not in answer.text
    # And what is asked for in the background is shown, not swallowed.
    assert "4(03|04|09|13|22)" in client.get(ASK).text


def test_the_form_that_comes_back_says_that_it_is_too_long_for_a_draft(village: Village) -> None:
    answer = asked(Client(), what="长" * MOST_SIGNS, where="")

    assert answer.status_code == 422
    assert "没有存成草稿：填的内容太长" in words(answer)
    assert "长" * MOST_SIGNS in answer.text


def test_saving_by_hand_keeps_the_files_too_and_names_those_that_are_too_much(village: Village) -> None:
    client = Client()
    answer = saved(client, script=False, what=WHAT, photo=[a_file("一.jpg", 3), a_file("大.jpg", 13)])

    assert "草稿已存" in words(answer)
    assert "没有替您留着：大.jpg（13.0 MB）" in words(answer)
    assert kept_names() == ["一.jpg"]
    saved(client, what=WHAT + "。")
    assert kept_names() == ["一.jpg"]


def test_whoever_was_signed_out_meanwhile_is_told_which_files_were_not_kept(village: Village) -> None:
    client = Client()
    answer = client.post(ENTER, {"what": WHAT, "photo": [a_file("大.jpg", 13)]}, headers={"Referer": ENTER}, follow=True)

    assert answer.redirect_chain[0][0].startswith("/sign-in/")
    assert "没有替您留着：大.jpg（13.0 MB）" in words(answer)
    assert Draft.objects.count() == 1


def test_at_the_desk_every_file_that_was_too_much_is_named(
    village: Village, desk: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_TOGETHER", 25 * MB)
    need = village.asks()
    photos = [a_file("大.jpg", 20.5), a_file("小.jpg", 1), a_file("多.jpg", 4)]
    sent = {"verify-findings": "灯座烧坏，线路老化", "verify-real": "yes", "verify-photos": photos}

    answer = desk.of(village.host).post(reverse("desk:need_verify", args=[need.code]), sent)

    assert (answer.status_code, File.objects.count()) == (422, 0)
    assert "大.jpg（20.5 MB）：文件超过 20 MB" in words(answer)
    assert "多.jpg（4.0 MB）：一次提交的文件加起来最多 200 MB" in words(answer)
    assert "灯座烧坏，线路老化" in answer.text
    assert not piece_history(need.subject, CHECK_SLOT)
