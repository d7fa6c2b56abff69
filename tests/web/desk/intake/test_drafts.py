"""Nothing typed is lost: by hand, by itself, through an expired session, with the photo chosen for it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.records.evidence.models import File
from linli.records.people.services import open_staff_account
from linli.records.workbench import services
from linli.records.workbench.models import Draft, DraftFile
from linli.records.workbench.selectors import content_of
from linli.web.shared import drafting
from tests.records.evidence.test_files import a_photo
from tests.records.needs.world import COMMUNITY, NOW, OTHER, Village
from tests.web.desk.intake.conftest import Desks, Time

ENTER, ASK = "/desk/needs/new/", f"/c/{COMMUNITY}/needs/new/"
FORM = {"place": COMMUNITY, "what": "三栋楼道的灯坏了，晚上看不见", "where": "南头古城三栋", "contact": "13800001111"}


def by_hand(client: Client, form: str, page: str, **typed: str) -> object:
    return client.post("/drafts/", {**typed, "draft-for": form, "draft-page": page, "draft-title": "演示"})


def test_a_draft_saved_by_hand_stands_in_the_form_again_without_any_script(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)

    by_hand(client, ENTER, f"{ENTER}?place={COMMUNITY}", **FORM)

    page = client.get(f"{ENTER}?place={COMMUNITY}").text
    assert FORM["what"] in page
    assert f'value="{FORM["contact"]}"' in page
    assert "草稿存于" in page


def test_a_draft_is_kept_encrypted_and_is_its_writers_alone(village: Village, desk: Desks) -> None:
    by_hand(desk.of(village.host), ENTER, ENTER, **FORM)

    stored = Draft.objects.values_list("data", flat=True)[0]
    assert FORM["what"] not in str(stored)
    other = village.cast.deputy
    assert FORM["what"] not in desk.of(other).get(f"{ENTER}?place={COMMUNITY}").text


def test_once_entered_the_draft_is_gone(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    by_hand(client, ENTER, ENTER, **FORM)

    entered = client.post(ENTER, {**FORM, "mode": "daily", "asker": "resident", "channel": "offline"})

    assert entered.status_code == 302
    assert not Draft.objects.exists()


def test_what_htmx_saves_answers_with_the_moment_alone(village: Village, desk: Desks) -> None:
    answer = desk.of(village.host).post(
        "/drafts/", {**FORM, "draft-for": ENTER, "draft-page": ENTER}, headers={"HX-Request": "true"}
    )

    assert "草稿存于" in answer.text
    assert "<html" not in answer.text


def test_signed_out_meanwhile_the_text_is_there_after_signing_in(village: Village) -> None:
    open_staff_account(person=village.host, username="yanshi", password="linli-yanshi-2026", by=None, at=NOW)
    client, page = Client(), f"{ENTER}?place={COMMUNITY}"

    away = client.post(ENTER, FORM, headers={"Referer": f"http://testserver{page}"})
    assert away.headers["Location"].startswith("/sign-in/?next=%2Fdesk%2Fneeds%2Fnew%2F%3Fplace%3D")
    signed_in = client.post("/accounts/login/", {"login": "yanshi", "password": "linli-yanshi-2026"})

    assert signed_in.status_code == 302
    assert FORM["what"] in client.get(page).text


def test_a_form_turned_down_waits_as_a_draft_too(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    assert client.post(ENTER, {**FORM, "household": "没有这一户", "mode": "daily", "channel": "offline"}).status_code == 422

    assert FORM["what"] in client.get(f"{ENTER}?place={COMMUNITY}").text


def test_a_resident_without_an_account_finds_the_need_again_in_the_same_browser_only(village: Village) -> None:
    mine, another = Client(), Client()
    by_hand(mine, ASK, ASK, what="想装一盏路灯", where="三巷", household_code="ABCD-EFGH")

    assert "想装一盏路灯" in mine.get(ASK).text
    assert "想装一盏路灯" not in another.get(ASK).text
    assert "ABCD-EFGH" not in mine.get(ASK).text


def test_a_chosen_photo_outlives_a_form_that_is_turned_down(village: Village) -> None:
    client = Client()
    photo = SimpleUploadedFile("灯.jpg", a_photo(), content_type="image/jpeg")

    refused = client.post(ASK, {"what": "路灯坏了", "where": "", "contact": "13800001111", "photo": photo})

    assert refused.status_code == 422
    assert "灯.jpg" in refused.text
    kept = re.search(r'name="draft-keep" value="(\d+)"', refused.text)
    assert kept is not None
    sent = client.post(ASK, {"what": "路灯坏了", "where": "三巷", "contact": "13800001111", "draft-keep": kept[1]})
    assert sent.status_code == 302
    assert [file.name for file in File.objects.all()] == ["灯.jpg"]
    assert not DraftFile.objects.exists()


def refused_with_photo(client: Client, address: str = "203.0.113.9", **more: str) -> object:
    photo = SimpleUploadedFile("灯.jpg", a_photo(), content_type="image/jpeg")
    return client.post(ASK, {"what": "路灯坏了", "where": "", "photo": photo, **more}, REMOTE_ADDR=address)


def test_a_kept_photo_is_not_readable_at_rest(village: Village) -> None:
    refused_with_photo(Client())
    stored = DraftFile.objects.get()
    assert bytes(stored.content).startswith(b"v1:") and a_photo()[:200] not in bytes(stored.content)
    assert content_of(stored) == a_photo()


@pytest.mark.parametrize("limit", ["KEPT_FILES_PER_ADDRESS", "KEPT_KILOBYTES_PER_ADDRESS"])
def test_without_signing_in_so_many_files_are_kept_from_one_address_and_the_form_still_works(
    village: Village, desk: Desks, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    most = 2 if limit == "KEPT_FILES_PER_ADDRESS" else 2 * -(-len(a_photo()) // 1024)
    monkeypatch.setattr(drafting, limit, ((timedelta(days=1), most),))

    answers = [refused_with_photo(Client()) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert DraftFile.objects.count() == 2
    assert ["刚才选的文件没有替您留着" in answer.text for answer in answers] == [False, False, True]
    assert "路灯坏了" in answers[2].text
    assert [refused_with_photo(Client(), "203.0.113.10").status_code, DraftFile.objects.count()] == [422, 3]
    assert refused_with_photo(Client(), where="三巷", contact="13800001111").status_code == 302
    assert [file.name for file in File.objects.all()] == ["灯.jpg"]
    photo = SimpleUploadedFile("灯.jpg", a_photo(), content_type="image/jpeg")
    desk.of(village.host).post(ENTER, {**FORM, "household": "没有这一户", "photo": photo}, REMOTE_ADDR="203.0.113.9")
    assert DraftFile.objects.count() == 4


def typed(client: Client, words: str, address: str = "203.0.113.9", script: bool = True) -> object:
    sent = {"what": words, "draft-for": ASK, "draft-page": ASK}
    return client.post("/drafts/", sent, headers={"HX-Request": "true"} if script else {}, REMOTE_ADDR=address, follow=not script)


def test_from_one_address_so_many_drafts_are_begun_without_signing_in(
    village: Village, desk: Desks, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    monkeypatch.setattr(drafting, "KEPT_DRAFTS_PER_ADDRESS", ((timedelta(hours=1), 2),))
    browsers = [Client() for _ in range(3)]

    # Saving one again and again while typing is one draft.
    for number in range(10):
        assert "草稿存于" in typed(browsers[0], f"路灯坏了 {number}").text
    answers = [typed(browser, "路灯坏了") for browser in browsers]

    assert ["草稿存于" in answer.text for answer in answers] == [True, True, False]
    assert "没有存成草稿：这个网络地址新存的草稿太多了。" in answers[2].text
    assert Draft.objects.count() == 2
    by_hand_too = typed(browsers[2], "路灯坏了", script=False)
    assert ("没有存成草稿" in by_hand_too.text, "草稿已存" in by_hand_too.text, Draft.objects.count()) == (True, False, 2)
    # A form sent and turned down comes back whole all the same.
    refused = browsers[2].post(ASK, {"what": "路灯坏了，很暗", "where": ""}, REMOTE_ADDR="203.0.113.9")
    assert (refused.status_code, Draft.objects.count()) == (422, 2)
    assert "路灯坏了，很暗" in refused.text
    # Other addresses, whoever is signed in, and the next hour are not concerned.
    assert "草稿存于" in typed(Client(), "路灯坏了", "203.0.113.10").text
    by_hand(desk.of(village.host), ENTER, ENTER, **FORM)
    assert Draft.objects.count() == 4
    time.turn(NOW + timedelta(hours=1))
    assert "草稿存于" in typed(browsers[2], "路灯坏了").text


def test_a_form_from_an_earlier_sign_in_waits_its_turn_too(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "KEPT_FILES_PER_ADDRESS", ((timedelta(days=1), 2),))
    for _ in range(3):
        photo = SimpleUploadedFile("灯.jpg", a_photo(), content_type="image/jpeg")
        client = Client(enforce_csrf_checks=True)
        refused = client.post(ASK, {"what": "灯", "photo": photo}, headers={"Origin": "http://testserver"})
        assert refused.status_code == 403
    assert (Draft.objects.count(), DraftFile.objects.count()) == (3, 2)


def test_nobody_else_can_send_my_photo(village: Village) -> None:
    mine, thief = Client(), Client()
    photo = SimpleUploadedFile("灯.jpg", a_photo(), content_type="image/jpeg")
    mine.post(ASK, {"what": "路灯坏了", "where": "", "photo": photo})
    number = DraftFile.objects.get().pk

    thief.post(ASK, {"what": "路灯坏了", "where": "三巷", "contact": "13800002222", "draft-keep": str(number)})

    assert not File.objects.exists()


def test_a_deleted_draft_can_be_brought_back_at_once(village: Village, desk: Desks) -> None:
    client = desk.of(village.host)
    by_hand(client, ENTER, ENTER, **FORM)
    assert "没发出的草稿" in client.get("/desk/").text

    client.post("/drafts/remove/", {"pk": Draft.objects.get().pk, "next": "/desk/"})
    page = client.get("/desk/").text
    assert "没发出的草稿" not in page
    assert "撤销" in page
    client.post("/drafts/back/", {"pk": Draft.objects.get().pk})

    assert "没发出的草稿" in client.get("/desk/").text


@pytest.mark.parametrize("form", ["/accounts/login/", "/sign-in/code/", "https://else.example.org/desk/"])
def test_a_sign_in_is_never_kept(village: Village, desk: Desks, form: str) -> None:
    by_hand(desk.of(village.host), form, "/desk/", code="123456")

    assert not Draft.objects.exists()


def test_a_form_from_another_site_leaves_no_draft(village: Village) -> None:
    client = Client(enforce_csrf_checks=True)

    refused = client.post(ASK, {"what": "坏话", "where": "x"}, headers={"Origin": "https://evil.example"})

    assert refused.status_code == 403
    assert not Draft.objects.exists()


def test_old_drafts_are_forgotten(village: Village, desk: Desks) -> None:
    by_hand(Client(), ASK, ASK, what="想装一盏路灯")
    by_hand(desk.of(village.host), ENTER, ENTER, **FORM)

    services.forget_old(at=NOW + timedelta(days=3))

    assert [draft.person for draft in Draft.objects.all()] == [village.host]


def test_the_place_of_another_community_shows_no_draft_of_this_one(village: Village, desk: Desks) -> None:
    by_hand(desk.of(village.cast.working), ENTER, f"{ENTER}?place={COMMUNITY}", **FORM)

    assert FORM["what"] not in desk.of(village.cast.working).get(f"{ENTER}?place={OTHER}").text
