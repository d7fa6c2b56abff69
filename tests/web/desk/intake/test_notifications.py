"""The bell: what is new, grouped; following; choosing; stopping; and what staff see of what did not leave."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.records.needs import services as needs
from linli.records.notifications import services
from linli.records.notifications.models import Delivery, Follow, Preference
from tests.records.needs.world import NOW, OTHER, Village
from tests.web.desk.intake.conftest import Desks

LIST, SETTINGS = "/notifications/", "/notifications/settings/"


def answered(village: Village, asker: Any, what: str = "三栋楼道的灯坏了") -> Any:
    need = village.asks(by=asker, what=what)
    needs.answer_need(need=need, verdict="out_of_scope", reason="演示·不在范围内", by=village.host, at=NOW)
    return need


def test_the_bell_counts_matters_and_the_page_groups_them(village: Village, desk: Desks) -> None:
    asker = village.resident()
    need = answered(village, asker)
    services.gather(at=NOW)

    page = desk.of(asker).get(LIST).text

    assert re.search(r"通知</span> <span class=\"count\">1</span>", page)
    assert f"的需求 {need.code}</a>" in page
    assert "<li>有了答复 <small" in page
    assert "因为这是您提的需求" in page


def test_seen_is_seen_and_the_record_of_it_stays_under_all(village: Village, desk: Desks) -> None:
    asker = village.resident()
    need = answered(village, asker)
    services.gather(at=NOW)
    desk.of(asker).post("/notifications/read/", {"kind": "need", "id": str(need.pk)})

    assert "没有新的通知" in desk.of(asker).get(LIST).text
    assert need.code in desk.of(asker).get(LIST + "?all=1").text


def test_staff_go_from_it_to_the_desk_and_residents_to_the_portal(village: Village, desk: Desks) -> None:
    asker = village.resident()
    need = answered(village, asker)
    services.gather(at=NOW)

    assert f'href="/needs/{need.code}/"' in desk.of(asker).get(LIST).text
    assert f'href="/desk/needs/{need.code}/"' in desk.of(village.host).get(LIST).text


def test_a_neighbour_follows_a_need_by_its_button_and_leaves_it_again(village: Village, desk: Desks) -> None:
    neighbour, need = village.resident(), village.asks()
    page = f"/needs/{need.code}/"
    assert "关注进展" in desk.of(neighbour).get(page).text

    desk.of(neighbour).post("/notifications/follow/", {"kind": "need", "code": need.code, "follow": "1", "next": page})
    assert "不再关注" in desk.of(neighbour).get(page).text
    desk.of(neighbour).post("/notifications/follow/", {"kind": "need", "code": need.code, "follow": "0", "next": page})

    assert Follow.objects.get().muted is True


def test_what_one_may_not_know_of_cannot_be_followed(village: Village, desk: Desks) -> None:
    from linli.records.cases.services import open_case
    from tests.records.needs.world import place

    draft = open_case(procedure="micro_project", place=place(), title="演示·草稿", by=village.host, at=NOW)

    answer = desk.of(village.resident()).post("/notifications/follow/", {"kind": "case", "code": draft.code, "follow": "1"})

    assert answer.status_code == 404
    assert not Follow.objects.exists()


def test_who_is_not_signed_in_is_shown_the_way(village: Village) -> None:
    need = village.asks()

    assert "登录后关注进展" in Client().get(f"/needs/{need.code}/").text
    assert Client().get(LIST).headers["Location"].startswith("/sign-in/?next=")


def test_wrong_wishes_come_back_with_what_was_typed(village: Village, desk: Desks) -> None:
    answer = desk.of(village.resident()).post(SETTINGS, {"email": "没有@", "by_email": "yes", "hour": "18"})

    assert answer.status_code == 422
    assert 'value="没有@"' in answer.text
    assert "邮箱地址不对" in answer.text
    assert not Preference.objects.exists()


def test_an_address_is_proved_by_the_link_in_its_message_and_stopped_by_one_click(village: Village, desk: Desks) -> None:
    asker = village.resident()
    desk.of(asker).post(SETTINGS, {"email": "yanshi@example.org", "by_email": "yes", "hour": "9"})
    Client().post("/outbox/")
    link = re.search(r"/notifications/prove/\S+", mail.outbox[0].body)[0]  # type: ignore[index]
    assert "确认这是我的邮箱" in Client().get(link).text
    assert Preference.objects.get().email_proved_at is None
    Client().post(link)
    answered(village, asker)
    Client().post("/outbox/")
    letter = mail.outbox[1]
    assert "有了答复" in letter.body
    stop = "/notifications/stop/" + letter.extra_headers["List-Unsubscribe"].split("/stop/")[1].strip("<>")

    # A mail program posts without a token of ours and without signing in.
    assert Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert Preference.objects.get().by_email is False
    assert Client().get("/notifications/stop/made-up/").status_code == 404


def test_the_demonstration_shows_what_would_be_sent(village: Village, desk: Desks, settings: Any) -> None:
    asker = village.resident()
    Preference.objects.create(person=asker, email="yanshi@example.org", email_proved_at=NOW, by_email=True, hour=0)
    need = answered(village, asker)
    Client().post("/outbox/")

    page = Client().get("/outbox/").text
    assert "您关心的 1 件事有新进展" in page
    assert need.code in page
    assert "yanshi@example.org" not in page
    settings.DEMONSTRATION = False
    assert Client().post("/outbox/").status_code == 404


def test_staff_see_what_was_given_up_and_send_it_once_more(village: Village, desk: Desks) -> None:
    Delivery.objects.create(
        channel="email", person=village.host, key="x", to="yanshi@example.org", title="演示", body="", made_at=NOW, dead_at=NOW
    )
    page = desk.of(village.host).get("/desk/deliveries/").text
    assert "已停下" in page
    assert "yanshi@example.org" not in page

    desk.of(village.host).post("/desk/deliveries/again/", {"pk": Delivery.objects.get().pk})

    assert Delivery.objects.get().next_try_at == NOW


def test_a_webhook_is_added_with_its_key_shown_once_and_ended(village: Village, desk: Desks, settings: Any) -> None:
    settings.WEBHOOK_HOSTS = ["hooks.example.org"]
    shown = desk.of(village.host).post("/desk/deliveries/webhooks/", {"hook-address": "https://hooks.example.org/in"})
    assert "只显示这一次" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    again = desk.of(village.host).get("/desk/deliveries/").text
    assert "https://hooks.example.org/in" in again
    assert "只显示这一次" not in again

    from linli.records.notifications.models import Webhook

    desk.of(village.host).post("/desk/deliveries/webhooks/end/", {"pk": Webhook.objects.get().pk})
    assert Webhook.objects.get().ended_at == NOW


def test_a_host_the_site_does_not_allow_is_refused_with_the_reason(village: Village, desk: Desks) -> None:
    answer = desk.of(village.host).post("/desk/deliveries/webhooks/", {"hook-address": "https://169.254.169.254/"})

    assert answer.status_code == 422
    assert "本站还没有允许任何主机" in answer.text


@pytest.mark.parametrize("place", [OTHER])
def test_another_community_is_not_shown_these(village: Village, desk: Desks, place: str) -> None:
    assert desk.of(village.host).get(f"/desk/deliveries/?place={place}").status_code == 404


def test_the_page_asks_the_same_number_of_questions_for_three_and_for_thirty(village: Village, desk: Desks) -> None:
    asker = village.resident()

    def asked(many: int) -> int:
        for n in range(many):
            answered(village, asker, what=f"第{many}-{n}盏灯")
        services.gather(at=NOW + timedelta(minutes=many))
        with CaptureQueriesContext(connection) as queries:
            desk.of(asker).get(LIST)
        return len(queries)

    asked(1)
    assert asked(3) == asked(30)
