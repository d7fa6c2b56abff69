"""Notices on the page and on paper; objecting and following an objection."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from linli.records.evidence.selectors import pieces
from linli.records.notices.models import Closing, Notice, Objection
from linli.records.notices.selectors import sheet
from linli.records.notices.services import answer_objection, approve_hiding, ask_to_hide, change_notice, publish_notice
from linli.records.reports.labels import known_of, labels
from linli.records.reports.notice_paper import notice_sheet
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.subjects import Subject
from tests.journeys.steps import on
from tests.web.portal.pages import come_in, in_english, words
from tests.web.portal.world import COMMUNITY, OTHER, Street

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(street: Street) -> Notice:
    street.hung()
    return Notice.objects.get()


def test_the_notice_counts_down_in_whole_days_and_says_by_which_rule(notice: Notice, client) -> None:
    said = words(client.get(f"/notices/{notice.pk}/"))
    assert "还剩 2 天" in said
    assert "4月15日 24:00 截止" in said
    assert "期限 5 个工作日" in said
    assert "区民政局" in said
    assert "贴出当天不算，只算整天" in said
    assert "三巷口宣传栏" in said
    assert notice.content.digest in said
    assert notice.receipt in said


def test_a_length_nobody_has_set_is_said_and_not_guessed(street: Street, client) -> None:
    shown = publish_notice(
        subject=Subject("text", "1"), point="x", place=street.team.place, title="没有天数的公示", body="内容",
        by=street.team.secretary, at=on("2021-04-12"),
    )  # fmt: skip
    assert "本地还没有定公示多少天" in words(client.get(f"/notices/{shown.pk}/"))
    assert "本地还没有定公示多少天" in words(client.get("/notices/?place="))


def test_running_ones_come_first_and_those_over_stay(notice: Notice, client, monkeypatch) -> None:
    from tests.web.portal.world import stop_the_clock

    assert notice.content.title in words(client.get("/notices/?place="))
    assert "现在没有正在进行的公示" in words(client.get(f"/notices/?place={OTHER}"))
    stop_the_clock(monkeypatch, on("2021-04-16"))
    assert notice.content.title not in words(client.get("/notices/?place="))
    assert notice.content.title in words(client.get("/notices/?place=&over=1"))


def test_anybody_objects_in_two_taps_and_gets_a_receipt(notice: Notice, street: Street, client) -> None:
    assert f"/notices/{notice.pk}/object/" in client.get(f"/notices/{notice.pk}/").content.decode()
    answer = client.post(f"/notices/{notice.pk}/object/", {"text": "灯太亮 <b>睡不着</b>", "contact": "13800138000"})
    made = Objection.objects.get(number=2)
    assert answer.headers["Location"] == f"/receipts/?code={made.shown_code}&fresh=1"
    slip = client.get(answer.headers["Location"])
    assert "异议收到了。请记下编号" in words(slip)
    assert "待答复" in words(slip)
    assert 'class="qr"' in slip.content.decode()
    page = client.get(f"/notices/{notice.pk}/")
    assert "灯太亮 &lt;b&gt;睡不着&lt;/b&gt;" in page.content.decode()
    assert "13800138000" not in page.content.decode()

    answer_objection(objection=made, verdict="partly", reason="换成暖光。", by=street.team.office, at=on("2021-04-14"))
    assert "部分成立" in words(client.get(f"/receipts/?code={made.code}"))
    assert "换成暖光。" in words(client.get(f"/notices/{notice.pk}/"))


def test_an_objection_sent_twice_is_one_with_one_code(notice: Notice, client) -> None:
    where = f"/notices/{notice.pk}/object/"
    said = [
        {"text": "灯太亮", "contact": "13800138000"},
        {"text": "灯太亮", "csrfmiddlewaretoken": "一页"},
        {"text": "灯太亮", "csrfmiddlewaretoken": "另一页"},
        {
            "text": "灯太亮",
            "csrfmiddlewaretoken": "邻居的页",
            "contact": "13800138000",
        },  # who knows number and words gets no code
    ]
    twice = [[client.post(where, one).headers["Location"] for _ in range(2)] for one in said]
    assert all(first == again for first, again in twice)
    assert len({first for first, _ in twice}) == 4 == Objection.objects.count() - 1


def test_an_objection_is_taken_back_with_its_code_and_stays_on_the_list(notice: Notice, client) -> None:
    client.post(f"/notices/{notice.pk}/object/", {"text": "灯太亮", "contact": "13800138000"})
    made = Objection.objects.get(number=2)
    receipt = f"/receipts/?code={made.code}"
    assert "撤回这条异议" in words(client.get(receipt))
    where = f"/receipts/{made.code}/withdraw/"
    assert client.post(where, {"why": "我叫王五"}).status_code == 422
    assert not Closing.objects.filter(objection=made).exists()
    assert client.post(where, {"why": "settled"}, follow=True).status_code == 200
    assert made.closing.verdict == "withdrawn"
    assert pieces(notice.subject)["evaluation_notice"].facts["objections_open"] == 0
    page = words(client.get(receipt))
    assert "已撤回" in page and "灯太亮" in page and "撤回这条异议" not in page
    assert client.post(where, {"why": "settled"}).status_code == 409
    assert client.post("/receipts/1234567890/withdraw/", {"why": "settled"}).status_code == 404


def test_what_was_raised_with_an_account_is_taken_back_with_it(notice: Notice, street: Street, client) -> None:
    resident = come_in(Client(), street.team.residents[0])
    resident.post(f"/notices/{notice.pk}/object/", {"text": "不同意"})
    made = Objection.objects.get(number=2)
    where = f"/receipts/{made.code}/withdraw/"
    assert client.post(where, {"why": "mistaken"}).status_code == 403
    assert not Closing.objects.filter(objection=made).exists()
    resident.post(where, {"why": "mistaken"})
    assert (made.closing.verdict, made.closing.by) == ("withdrawn", street.team.residents[0])


def test_an_empty_objection_is_asked_again_and_nothing_is_lost(notice: Notice, client) -> None:
    answer = client.post(f"/notices/{notice.pk}/object/", {"text": "  ", "contact": "13800138000", "name": "王"})
    assert answer.status_code == 422
    assert "请写明您的异议" in words(answer)
    assert 'value="13800138000"' in answer.content.decode()
    assert 'value="王"' in answer.content.decode()
    assert Objection.objects.count() == 1


def test_a_mistyped_number_is_asked_again_before_the_answer_cannot_be_told(notice: Notice, client) -> None:
    sent = {"text": "花坛占了消防通道", "contact": "1380013800"}
    answer = client.post(f"/notices/{notice.pk}/object/", sent)
    assert answer.status_code == 422
    assert "这里写了 10 位" in words(answer)
    assert sent["text"] in words(answer)
    assert Objection.objects.count() == 1


def test_a_number_in_an_objection_is_asked_about_before_everybody_can_read_it(notice: Notice, client) -> None:
    said = {"text": "晚上太亮，请打 13900139000 找我", "contact": "13800138000"}
    answer = client.post(f"/notices/{notice.pk}/object/", said)
    assert answer.status_code == 422 and Objection.objects.count() == 1
    assert "请打 13900139000 找我" in words(answer) and 'name="sure"' in answer.content.decode()
    client.post(f"/notices/{notice.pk}/object/", {**said, "sure": "yes"})
    assert Objection.objects.count() == 2
    assert said["text"] in words(client.get(f"/notices/{notice.pk}/"))


def test_after_the_time_it_is_taken_and_marked_late(notice: Notice, client, monkeypatch) -> None:
    from tests.web.portal.world import stop_the_clock

    stop_the_clock(monkeypatch, on("2021-04-20"))
    assert "公示期已过。仍然会收下" in words(client.get(f"/notices/{notice.pk}/object/"))
    client.post(f"/notices/{notice.pk}/object/", {"text": "来晚了"})
    assert "公示期后收到" in words(client.get(f"/notices/{notice.pk}/"))


def test_a_resident_who_is_signed_in_leaves_no_phone(notice: Notice, street: Street, client) -> None:
    resident = come_in(client, street.team.residents[0])
    page = resident.get(f"/notices/{notice.pk}/object/").content.decode()
    assert 'name="contact"' not in page
    resident.post(f"/notices/{notice.pk}/object/", {"text": "不同意"})
    assert Objection.objects.get(number=2).statement.by == street.team.residents[0]
    client.logout()
    assert street.team.residents[0].name not in words(client.get(f"/notices/{notice.pk}/"))


def test_hidden_words_leave_a_stub_with_the_ground(notice: Notice, street: Street, client) -> None:
    client.post(f"/notices/{notice.pk}/object/", {"text": "某某家的隐私"})
    objection = Objection.objects.get(number=2)
    ask_to_hide(objection=objection, ground="涉及他人隐私", by=street.team.secretary, at=on("2021-04-14"))
    assert "某某家的隐私" in words(client.get(f"/notices/{notice.pk}/"))
    approve_hiding(objection=objection, by=street.team.working, at=on("2021-04-14", 12))
    for address in (f"/notices/{notice.pk}/", f"/receipts/?code={objection.code}"):
        said = words(client.get(address))
        assert "某某家的隐私" not in said
        assert "内容已依法隐去：涉及他人隐私" in said


def test_earlier_words_stay_readable_after_a_change(notice: Notice, street: Street, client) -> None:
    by, title = street.team.secretary, "三巷路灯：评议结果公示（更正）"
    change_notice(notice=notice, title=title, body="灯杆改为 17 根。", reason="数量写错", by=by, at=on("2021-04-13"))
    said = words(client.get(f"/notices/{notice.pk}/"))
    assert "灯杆改为 17 根。" in said
    assert "第 1 版" in said
    assert "这次改动的原因：数量写错" in said
    assert "4月20日 24:00 截止" in said


@pytest.mark.requirement("S0-9", "S0-91", how="shown")
def test_the_paper_says_what_the_page_says_and_where_the_benefit_comes_from(notice: Notice, street: Street, client) -> None:
    case, rules = street.life.case, rules_at(street.team.place)
    known = known_of(case, needs=1, sources=["民生微实事年度专项经费"])
    shown = labels(rules, on("2021-04-13").date(), "site_notice", known)
    made = notice_sheet(sheet(notice), rules, address="https://linli.example/notices/1/", language="zh-hans", labels=shown)
    said = " ".join(str(value) for block in made.blocks for value in block.values())
    assert "本项目来源于居民提议1条，由民生微实事年度专项经费出资48.65 万元。" in said
    assert "2021-04-15 24:00" in said
    assert "三巷口宣传栏" in said
    assert "南头城社区党群服务中心一楼意见箱" in said
    assert "https://linli.example/notices/1/" in said
    for reader in (client, in_english(client)):
        printed = reader.get(f"/notices/{notice.pk}/print.pdf")
        assert printed.headers["Content-Type"] == "application/pdf"
        assert printed.content.startswith(b"%PDF")


def test_one_box_finds_every_kind_of_receipt(notice: Notice, street: Street, client) -> None:
    need, objection = street.life.need, Objection.objects.get()
    assert client.get("/receipts/", {"code": need.code.lower()}).headers["Location"] == f"/needs/{need.code}/"
    shown = client.get("/receipts/", {"code": objection.code})
    assert "您的异议" in words(shown)
    assert 'name="code" type="text" value=""' in shown.content.decode()  # the next one is another
    assert client.get("/receipts/", {"code": notice.receipt}).headers["Location"].startswith("/trail/?receipt=440305001001")
    wrong = client.get("/receipts/", {"code": "<b>123"})
    assert wrong.status_code == 404
    assert "没有找到这个编号" in words(wrong)
    assert "&lt;b&gt;123" in wrong.content.decode()


def copy_of(notice: Notice, *, ends_on: date | None) -> Notice:
    """The same of another matter, ending on another day."""
    copy = Notice.objects.get(pk=notice.pk)
    copy.pk, copy.subject_id, copy.ends_on = None, f"of {ends_on}", ends_on
    if ends_on is None:
        copy.days_count, copy.days_kind = None, ""
    copy.save()
    return copy


def test_the_notice_that_closes_first_stands_first(notice: Notice, client) -> None:
    assert notice.ends_on is not None
    open_ended, later = copy_of(notice, ends_on=None), copy_of(notice, ends_on=notice.ends_on + timedelta(days=3))
    sooner = copy_of(notice, ends_on=notice.ends_on - timedelta(days=1))
    page = client.get("/notices/?place=").content.decode()
    found = list(dict.fromkeys(re.findall(r'href="/notices/(\d+)/"', page)))
    assert found == [str(one.pk) for one in (sooner, notice, later, open_ended)]


def test_a_notice_with_many_objections_asks_no_more_often(notice: Notice, client, asked_times) -> None:
    def object_to(first: int, last: int) -> None:
        for number in range(first, last):
            client.post(f"/notices/{notice.pk}/object/", {"text": f"意见 {number}"})

    address = f"/notices/{notice.pk}/"
    object_to(0, 3)
    client.get(address)
    few = asked_times(client, address)
    object_to(3, 30)
    assert asked_times(client, address) == few
    assert COMMUNITY in client.get(address).content.decode()
