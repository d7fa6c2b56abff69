"""Needs at the desk: the list, one need, what can be done with it."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.records.needs import gate
from linli.records.needs.models import Answer, Judgement, Need
from linli.records.needs.services import Details
from linli.records.trail.models import Event
from tests.records.needs.world import Village, row_counts

LIST, NEW = "/desk/needs/", "/desk/needs/new/"


def at(need: Need, act: str = "") -> str:
    return reverse(f"desk:need_{act}" if act else "desk:need", args=[need.code])


def test_the_list_shows_every_need_with_its_state_and_how_many_stand_in_each(village: Village, desk) -> None:
    village.asks(what="三栋楼道的灯坏了")
    village.verified(what="广场的长椅断了", where="榕树广场")
    page = desk.of(village.host).get(LIST).content.decode()
    assert "三栋楼道的灯坏了" in page and "广场的长椅断了" in page
    assert "已提出" in page and "已核实" in page
    only = desk.of(village.host).get(LIST + "?state=verified").content.decode()
    assert "广场的长椅断了" in only and "三栋楼道的灯坏了" not in only


def test_filters_stay_in_the_address_and_find_by_words_or_code(village: Village, desk) -> None:
    need = village.asks(what="三栋楼道的灯坏了")
    village.asks(what="广场的长椅断了", channel="offline")
    client = desk.of(village.host)
    assert "长椅" not in client.get(LIST + "?channel=online").content.decode().split("<main")[1]
    assert "楼道" in client.get(LIST, {"q": need.code.lower()}).content.decode()
    assert "没有符合条件的需求" in client.get(LIST + "?q=电梯").content.decode()


def test_the_list_costs_the_same_for_three_needs_and_for_thirty(village: Village, desk, django_assert_num_queries) -> None:
    client = desk.of(village.host)
    for n in range(3):
        village.asks(what=f"第{n}件事情", where="南头古城")
    client.get(LIST)
    with CountedQueries() as few:
        client.get(LIST)
    for n in range(3, 19):
        village.asks(what=f"第{n}件事情", where="南头古城")
    with django_assert_num_queries(few.count):
        client.get(LIST)


class CountedQueries:
    def __enter__(self) -> "CountedQueries":
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self._held = CaptureQueriesContext(connection)
        self._held.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._held.__exit__(*error)  # type: ignore[arg-type]
        self.count = len(self._held)


def test_offices_above_read_but_do_not_act(village: Village, desk) -> None:
    need = village.asks()
    above = desk.of(village.cast.office)
    page = above.get(at(need)).content.decode()
    assert "您可以看，不能代办" in page and "记下核实结果" not in page
    before = row_counts()
    assert above.post(at(need, "verify"), {"verify-findings": "看过", "verify-real": "yes"}).status_code == 403
    assert row_counts() == before


@pytest.mark.parametrize("act", ["", "verify", "answer", "withdraw", "contact", "judge", "leave", "link"])
def test_another_community_and_residents_do_not_learn_that_it_exists(village: Village, desk, act: str) -> None:
    need = village.asks()
    for person in (village.cast.stranger, village.cast.resident):
        client = desk.of(person)
        answer = client.post(at(need, act)) if act else client.get(at(need))
        assert answer.status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(village: Village) -> None:
    need = village.asks()
    assert Client().get(at(need)).status_code == 302
    assert Client().get(LIST).headers["Location"].startswith("/sign-in/")


def test_a_need_is_looked_into_and_goes_on(village: Village, desk) -> None:
    need = village.asks()
    answer = desk.of(village.host).post(
        at(need, "verify"), {"verify-findings": "到现场看过，灯不亮", "verify-real": "yes"}, follow=True
    )
    assert gate.state_of(need) == "verified"
    assert "已核实" in answer.content.decode() and "到现场看过，灯不亮" in answer.content.decode()


def test_findings_left_out_come_back_with_what_was_typed(village: Village, desk) -> None:
    need, client = village.asks(), desk.of(village.host)
    before = row_counts()
    answer = client.post(at(need, "verify"), {"verify-findings": "到现场看过"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "到现场看过" in page and "请选一项。" in page
    assert row_counts() == before


def test_a_need_is_answered_with_a_reason_and_its_proposer_is_told(village: Village, desk) -> None:
    need = village.asks()
    sent = {"answer-verdict": "out_of_scope", "answer-reason": "属于物业维修，已请物业三天内修好。"}
    page = desk.of(village.host).post(at(need, "answer"), sent, follow=True).content.decode()
    assert "已答复，并告知提出人。" in page and "属于物业维修" in page
    assert Answer.objects.get(need=need).verdict == "out_of_scope"
    assert need.tellings.filter(kind="answered").exists()
    assert "这条需求已经办结" in page


def test_an_answer_without_a_reason_is_not_given(village: Village, desk) -> None:
    need = village.asks()
    answer = desk.of(village.host).post(at(need, "answer"), {"answer-verdict": "out_of_scope", "answer-reason": " "})
    assert answer.status_code == 422
    assert not Answer.objects.exists() and gate.state_of(need) == "raised"
    assert "请写明答复的理由" in answer.content.decode()


def test_needs_that_sound_alike_are_put_together_and_none_is_merged_away(village: Village, desk) -> None:
    one, other = village.asks(what="三栋楼道的灯坏了"), village.asks(what="三栋楼道灯坏了晚上看不见")
    client = desk.of(village.host)
    assert "是同一件事" in client.get(at(one)).content.decode()
    page = client.post(at(one, "judge"), {"other": other.code, "same": "yes"}, follow=True).content.decode()
    assert "同组" in page and other.code in page
    assert Need.objects.count() == 2 and Judgement.objects.get().same is True
    client.post(at(other, "leave"), {"leave-reason": "说的是四栋"})
    other.refresh_from_db()
    assert other.cluster_id is None


def test_a_contact_is_opened_only_with_a_reason_and_that_is_on_record(village: Village, desk) -> None:
    need = village.asks(by=village.host, details=Details(name="演示·王阿姨"), contact="13800000000")
    client = desk.of(village.host)
    assert "13800000000" not in client.get(at(need)).content.decode()
    refused = client.post(at(need, "contact"), {"contact-reason": ""})
    assert refused.status_code == 422 and "13800000000" not in refused.content.decode()
    assert not Event.objects.filter(kind="need.contact_read").exists()
    opened = client.post(at(need, "contact"), {"contact-reason": "上门核实前约时间"})
    assert "13800000000" in opened.content.decode() and "演示·王阿姨" in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert Event.objects.filter(kind="need.contact_read").count() == 1


def test_a_need_is_taken_back_at_its_askers_wish_and_stays_on_record(village: Village, desk) -> None:
    need = village.asks()
    client = desk.of(village.host)
    assert client.post(at(need, "withdraw"), {"withdraw-reason": ""}).status_code == 422
    client.post(at(need, "withdraw"), {"withdraw-reason": "灯已经修好了"})
    need.refresh_from_db()
    assert need.withdrawn_reason == "灯已经修好了"
    assert need.code in client.get(LIST + "?state=withdrawn").content.decode()


def test_the_page_speaks_english_as_well(village: Village, desk) -> None:
    need = village.verified()
    page = desk.of(village.host, "en").get(at(need)).content.decode()
    assert "Answer and tell the proposer" in page and "Verified" in page
    assert "核实" not in page.split("<main")[1].replace("已到现场", "")
