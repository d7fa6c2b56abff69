"""Meetings at the desk: called, held, voted, written up, answered for."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.records.evidence.selectors import pieces
from linli.records.meetings import services
from linli.records.meetings.models import Meeting, MinutesSignature, Motion, Opinion
from linli.records.people.models import Person
from linli.records.rulebook.selectors import rules_at
from tests.records.cases.life import Life
from tests.records.meetings.world import CALLED, HELD, SLOT, Council, place
from tests.records.needs.world import row_counts
from tests.records.rulebook.world import COMMUNITY, DISTRICT, set_value
from tests.web.desk.intake.test_needs import CountedQueries

LIST, NEW = "/desk/meetings/", "/desk/meetings/new/"


def at(meeting: Meeting, act: str = "", **more: int) -> str:
    return reverse(f"desk:{act or 'meeting'}", kwargs={"pk": meeting.pk, **more})


@pytest.fixture
def council(db: None, time) -> Council:
    time.turn(CALLED)
    return Council()


CALL = {
    "session": "evaluation_session",
    "title": "演示·四月议事会",
    "day": "2021-04-15",
    "hour": "19:30",
    "venue": "党群服务中心二楼",
    "letter": "请准时参加。",
    "talks": "楼道堆物怎么办",
}


# ── calling ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_chooses_the_kind_of_meeting_from_the_rules_of_the_place(council: Council, desk) -> None:
    page = desk.of(council.host).get(NEW).content.decode()
    assert "项目评议会" in page and "项目方案征求居民意见会" in page
    assert "提前多久通知还没有设定" in page


@pytest.mark.requirement("S0-43", how="kept")
def test_a_meeting_is_called_about_the_matters_whose_next_act_waits_for_it(council: Council, desk) -> None:
    life = Life(council.cast)
    life.evaluating()
    client = desk.of(council.host)
    page = client.get(NEW + "?session=evaluation_session").content.decode()
    key = f"{life.case.code}/evaluation"
    assert f'value="{key}"' in page and "下一步正等着这个结果" in page
    assert 'value="南头城社区项目评议会"' in page
    assert f'value="南头城社区项目评议会：{life.case.title}"' in client.get(NEW + f"?session=evaluation_session&topic={key}").text
    answer = client.post(NEW, {**CALL, "topic": [key]}, follow=True)
    meeting = Meeting.objects.get()
    assert [(item.title, item.slot) for item in meeting.items.all()] == [
        ("演示·榕树下的长椅", "evaluation"),
        ("楼道堆物怎么办", ""),
    ]
    assert meeting.attendances.count() == 12
    assert "会议已通知" in answer.content.decode()


def test_what_is_left_out_is_named_and_everything_typed_comes_back(council: Council, desk) -> None:
    client, reader = desk.of(council.host), desk.of(council.host, "en")
    before = row_counts()
    answer = client.post(NEW, {**CALL, "talks": "", "venue": "二楼大厅"})
    assert answer.status_code == 422 and "请至少列一项议题" in answer.content.decode()
    assert "二楼大厅" in answer.content.decode()
    bad = client.post(NEW, {**CALL, "hour": "晚上"})
    assert bad.status_code == 422 and "请写开会的日期和时间" in bad.content.decode()
    lacking = {**CALL, "title": " ", "venue": "", "letter": "", "talks": "", "hour": "晚上"}
    page = client.post(NEW, lacking).content.decode()
    for box in ("f-title-error", "f-venue-error", "f-letter-error", "f-day-error"):
        assert f'id="{box}"' in page
    assert "请至少列一项议题" in page and "有 5 处要补充或更正" in page and 'value="晚上"' in page
    english = reader.post(NEW, lacking).content.decode()
    assert "5 entries need attention." in english and "Say where it is held." in english
    assert row_counts() == before


def test_a_notice_too_short_for_the_place_is_refused(council: Council, desk) -> None:
    here = rules_at(place()).parameter("council_notice").set_by[0].startswith("community")
    by, code = (council.cast.secretary, COMMUNITY) if here else (council.cast.civil, DISTRICT)
    set_value(by, "council_notice", "10 days", since=date(2021, 1, 4), code=code)
    assert (
        "要提前 10 天通知：今天通知，最早2021年4月18日开。" in desk.of(council.host).get(NEW + "?session=evaluation_session").text
    )
    answer = desk.of(council.host).post(NEW, CALL)
    assert answer.status_code == 409 and "最早可在 2021年4月18日召开" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_offices_without_the_power_do_not_call_and_others_do_not_find(council: Council, desk) -> None:
    assert desk.of(council.cast.finance).post(NEW, CALL).status_code == 403
    assert desk.of(council.cast.resident).post(NEW, CALL).status_code == 404
    assert Client().post(NEW, CALL).status_code == 302
    assert not Meeting.objects.exists()


# ── holding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def began(council: Council, time, present: int = 9) -> Meeting:
    meeting = council.call()
    time.turn(HELD)
    services.open_meeting(meeting=meeting, by=council.host, at=HELD)
    for member in council.members[:present]:
        services.mark_attendance(meeting=meeting, person=member, by=council.host, at=HELD)
    return meeting


def test_those_who_came_are_ticked_off_by_seat(council: Council, desk, time) -> None:
    meeting, client = council.call(), desk.of(council.host)
    refused = client.post(at(meeting, "meeting_attendance"), {"present": [meeting.attendances.first().pk]})
    assert refused.status_code == 409 and not meeting.attendances.filter(present_at__isnull=False).exists()
    time.turn(HELD)
    client.post(at(meeting, "meeting_begin"))
    chosen = [one.pk for one in meeting.attendances.all()[:8]]
    page = client.post(at(meeting, "meeting_attendance"), {"present": chosen}, follow=True).content.decode()
    assert "有表决权 12 人，到 8 人" in page and "议事会成员" in page
    client.post(at(meeting, "meeting_attendance"), {"present": chosen[:7]})
    assert meeting.attendances.filter(present_at__isnull=False).count() == 7


def test_everybody_is_ticked_at_once_and_nothing_is_kept_before_it_is_sent(council: Council, desk, time) -> None:
    meeting, client = council.call(), desk.of(council.host)
    assert "先全部勾上" not in client.get(at(meeting)).text
    assert "checked disabled" not in client.get(at(meeting) + "?everybody=1").text
    time.turn(HELD)
    client.post(at(meeting, "meeting_begin"))
    assert 'href="?everybody=1#attendance"' in client.get(at(meeting)).text
    before = row_counts()

    page = client.get(at(meeting) + "?everybody=1").text

    ticked = re.findall(r'name="present" value="(\d+)" checked', page)
    assert len(ticked) == 12
    assert "名单上的都勾上了，还没有保存" in page
    assert row_counts() == before
    kept = client.post(at(meeting, "meeting_attendance"), {"present": ticked[1:]})
    assert kept.headers["Location"] == at(meeting) + "#items"
    assert meeting.attendances.filter(present_at__isnull=False).count() == 11


def test_somebody_more_is_called_by_name(council: Council, desk, time) -> None:
    meeting, client = council.call(), desk.of(council.host)
    unknown = client.post(at(meeting, "meeting_invite"), {"invite-name": "演示·陌生人"})
    assert unknown.status_code == 422 and "名册里没有这位" in unknown.content.decode()
    client.post(at(meeting, "meeting_invite"), {"invite-name": "演示·陌生人", "invite-newcomer": "yes"})
    assert meeting.attendances.filter(person__name="演示·陌生人", entitled=False).exists()


def test_a_known_interest_stands_on_the_page_with_the_reason_and_more_can_be_declared(council: Council, desk, time) -> None:
    council.works_for_supplier(council.members[0])
    meeting = council.call(parties=(council.supplier.ref,))
    item, client = meeting.items.get(), desk.of(council.host)
    page = client.get(at(meeting)).content.decode()
    assert "系统查到" in page and "演示·工程公司有利害关系" in page
    form = f"recuse{item.pk}"
    sent = {f"{form}-person": str(council.members[1].pk), f"{form}-reason": "项目就在我家楼下"}
    page = client.post(at(meeting, "item_recuse", item=item.pk), sent, follow=True).content.decode()
    assert item.recusals.count() == 2 and "项目就在我家楼下" in page
    assert client.post(at(meeting, "item_recuse", item=item.pk), {**sent, f"{form}-reason": ""}).status_code == 422


def test_a_member_declares_for_oneself_but_not_for_another(council: Council, desk) -> None:
    meeting = council.call()
    item, form = meeting.items.get(), f"recuse{meeting.items.get().pk}"
    own = desk.of(council.members[2])
    other = {f"{form}-person": str(council.members[3].pk), f"{form}-reason": "他有关系"}
    assert own.post(at(meeting, "item_recuse", item=item.pk), other).status_code == 403
    assert not item.recusals.exists()
    mine = {f"{form}-person": str(council.members[2].pk), f"{form}-reason": "我弟弟供货"}
    assert own.post(at(meeting, "item_recuse", item=item.pk), mine).status_code == 302
    assert item.recusals.get().person == council.members[2]


def moved(council: Council, meeting: Meeting) -> Motion:
    return services.put_motion(item=meeting.items.get(), text="同意实施", by=council.host, at=HELD)


@pytest.mark.requirement("S0-43", how="shown")
def test_hands_are_counted_and_the_arithmetic_stands_beside_the_result(council: Council, desk, time) -> None:
    meeting, client = began(council, time), desk.of(council.host)
    item = meeting.items.get()
    client.post(at(meeting, "item_motion", item=item.pk), {f"motion{item.pk}-text": "同意实施"})
    motion = Motion.objects.get()
    form = f"vote{motion.pk}"
    figures = {f"{form}-for": "7", f"{form}-against": "1", f"{form}-abstain": "1"}
    part = client.get(at(meeting, "motion_reckon", motion=motion.pk), figures).content.decode()
    assert "同意比例 7/9，须达到 2/3，已达到" in part and "<html" not in part
    looked = client.post(at(meeting, "motion_vote", motion=motion.pk), {**figures, "reckon": "1"})
    motion.refresh_from_db()
    assert looked.status_code == 200 and motion.voted_at is None and 'value="7"' in looked.content.decode()
    page = client.post(at(meeting, "motion_vote", motion=motion.pk), figures, follow=True).content.decode()
    motion.refresh_from_db()
    assert (motion.votes_for, motion.votes_against, motion.votes_abstain) == (7, 1, 1)
    assert "应到 12 人，实到 9 人" in page and "同意比例 7/9" in page
    assert pieces(item.subject)[SLOT].facts["approve_share"] == "7/9"


def test_more_hands_than_people_are_counted_again(council: Council, desk, time) -> None:
    meeting, client = began(council, time), desk.of(council.host)
    motion = moved(council, meeting)
    form = f"vote{motion.pk}"
    too_many = {f"{form}-for": "10", f"{form}-against": "1", f"{form}-abstain": "0"}
    before = row_counts()
    answer = client.post(at(meeting, "motion_vote", motion=motion.pk), too_many)
    assert (
        answer.status_code == 409 and "多于可以表决的 9 人" in answer.content.decode() and 'value="10"' in answer.content.decode()
    )
    assert client.post(at(meeting, "motion_vote", motion=motion.pk), {**too_many, f"{form}-for": "多数"}).status_code == 422
    motion.refresh_from_db()
    assert motion.voted_at is None and row_counts() == before


def test_a_vote_that_cannot_stand_is_set_aside_with_a_reason(council: Council, desk, time) -> None:
    meeting, client = began(council, time), desk.of(council.host)
    motion = moved(council, meeting)
    services.count_votes(motion=motion, in_favour=7, against=1, abstain=1, by=council.host, at=HELD)
    page = client.post(
        at(meeting, "motion_void", motion=motion.pk), {f"void{motion.pk}-reason": "漏数一人"}, follow=True
    ).content.decode()
    assert "已作废" in page and "漏数一人" in page and "提出动议" in page
    assert SLOT not in pieces(meeting.items.get().subject)


# ── minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def voted_and_closed(council: Council, time) -> Meeting:
    meeting = began(council, time)
    services.count_votes(motion=moved(council, meeting), in_favour=8, against=1, abstain=0, by=council.host, at=HELD)
    services.close_meeting(meeting=meeting, by=council.host, at=HELD)
    return meeting


def named(client: Client, meeting: Meeting, person: Person) -> None:
    client.post(at(meeting, "minutes_name"), {"name-person": str(person.pk), "name-role": "attendee"})


def test_the_decision_takes_effect_when_everybody_named_has_signed(council: Council, desk, time) -> None:
    meeting, client = voted_and_closed(council, time), desk.of(council.host)
    page = client.get(at(meeting)).content.decode()
    assert "应到 12 人，实到 9 人" in page.split('id="f-write-text"')[1].split("</textarea>")[0]
    client.post(at(meeting, "minutes_write"), {"write-text": "议题一通过。"})
    one, other = council.members[0], council.members[1]
    named(client, meeting, one)
    named(client, meeting, other)
    page = client.get(at(meeting)).content.decode()
    assert page.count("还没签") == 2 and "决定未生效" in page
    digest = meeting.minutes.get().digest
    for member in (one, other):
        assert "签第 1 版" in desk.of(member).get(at(meeting)).content.decode()
        desk.of(member).post(at(meeting, "minutes_sign"), {"sign-digest": digest, "sign-dissent": ""})
    page = client.get(at(meeting)).content.decode()
    assert "决定生效" in page and pieces(meeting.items.get().subject)[SLOT].facts["minutes_signed"] is True
    client.post(at(meeting, "minutes_annex"), {"annex-text": "会后补充：灯具型号见附件。"})
    assert "会后补充" in client.get(at(meeting)).content.decode()


def test_whoever_is_named_to_sign_finds_it_on_the_to_do_until_it_is_signed(council: Council, desk, time) -> None:
    meeting, host = council.call(), council.host
    client = desk.of(host)
    services.invite(meeting=meeting, person=host, by=host, at=CALLED)
    time.turn(HELD)
    services.open_meeting(meeting=meeting, by=host, at=HELD)
    services.mark_attendance(meeting=meeting, person=host, by=host, at=HELD)
    first = client.post(at(meeting, "minutes_write"), {"write-text": "第一稿"}, follow=True).content.decode()
    assert "第 1 版已保存，要会签。" in first and "还没有指定谁来会签，请先指定。" in first
    named(client, meeting, host)
    assert "等您会签" not in client.get("/desk/").content.decode()  # the meeting still lasts

    services.close_meeting(meeting=meeting, by=host, at=HELD)
    todo = client.get("/desk/").content.decode()
    assert "等您会签" in todo and f'href="{at(meeting)}#minutes"' in todo
    assert "等您会签" not in desk.of(council.cast.working).get("/desk/").content.decode()

    sign = {"sign-digest": meeting.minutes.get().digest, "sign-dissent": ""}
    client.post(at(meeting, "minutes_write"), {"write-text": "第二稿"})
    assert "等您会签" in client.get("/desk/").content.decode()
    assert client.post(at(meeting, "minutes_sign"), sign).status_code == 409
    client.post(at(meeting, "minutes_sign"), {**sign, "sign-digest": meeting.minutes.latest("version").digest})
    assert "等您会签" not in client.get("/desk/").content.decode()


def test_a_text_that_changed_meanwhile_is_not_signed(council: Council, desk, time) -> None:
    meeting, client = voted_and_closed(council, time), desk.of(council.host)
    client.post(at(meeting, "minutes_write"), {"write-text": "第一稿"})
    old = meeting.minutes.get().digest
    client.post(at(meeting, "minutes_write"), {"write-text": "第二稿"})
    answer = desk.of(council.members[0]).post(at(meeting, "minutes_sign"), {"sign-digest": old})
    assert answer.status_code == 409 and "请重新看过再签" in answer.content.decode()
    assert not MinutesSignature.objects.exists()


def test_nobody_signs_who_was_not_there(council: Council, desk, time) -> None:
    meeting = voted_and_closed(council, time)
    desk.of(council.host).post(at(meeting, "minutes_write"), {"write-text": "议题一通过。"})
    absent = desk.of(council.members[11])
    assert absent.post(at(meeting, "minutes_sign"), {"sign-digest": meeting.minutes.get().digest}).status_code == 403
    assert not MinutesSignature.objects.exists()


def test_the_minutes_come_on_paper(council: Council, desk, time) -> None:
    meeting = voted_and_closed(council, time)
    desk.of(council.host).post(at(meeting, "minutes_write"), {"write-text": "议题一通过。"})
    page = desk.of(council.host).get(at(meeting, "meeting_paper")).content.decode()
    assert "议题一通过。" in page and "同意 8 票" in page and "演示·成员1" in page


# ── opinions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_opinion_is_entered_with_who_answers_and_answered_there(council: Council, desk, time) -> None:
    meeting, client = began(council, time), desk.of(council.host)
    sent = {
        "opinion-speaker": str(council.members[0].pk),
        "opinion-topic": "路灯",
        "opinion-text": "要选节能的",
        "opinion-owner": "subdistrict.office",
        "opinion-due_on": "2021-04-30",
    }
    bad = client.post(at(meeting, "meeting_opinion"), {**sent, "opinion-owner": ""})
    assert bad.status_code == 422 and "要选节能的" in bad.content.decode() and not Opinion.objects.exists()
    client.post(at(meeting, "meeting_opinion"), sent)
    opinion = Opinion.objects.get()
    assert "还剩 15 天" in client.get(at(meeting)).content.decode()
    form, where = f"reply{opinion.pk}", at(meeting, "opinion_answer", opinion=opinion.pk)
    answer = {f"{form}-verdict": "采纳", f"{form}-reply": "按节能灯采购。"}
    assert client.post(where, answer).status_code == 403
    page = desk.of(council.cast.office).post(where, answer, follow=True).content.decode()
    opinion.refresh_from_db()
    assert opinion.reply == "按节能灯采购。" and "采纳" in page


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_was_called_and_who_looks_over_it_read_others_do_not(council: Council, desk) -> None:
    meeting = council.call()
    for person in (council.host, council.cast.finance, council.members[0]):
        assert desk.of(person).get(at(meeting)).status_code == 200
    for person in (council.cast.stranger, council.cast.resident):
        assert desk.of(person).get(at(meeting)).status_code == 404
    before = row_counts()
    assert desk.of(council.cast.finance).post(at(meeting, "meeting_begin")).status_code == 403
    assert desk.of(council.cast.stranger).post(at(meeting, "meeting_begin")).status_code == 404
    assert row_counts()["meetings.Meeting"] == before["meetings.Meeting"]
    meeting.refresh_from_db()
    assert meeting.state == "called"


def test_list_and_page_cost_the_same_however_many_there_are(council: Council, desk, time, django_assert_num_queries) -> None:
    client = desk.of(council.host)
    meeting = council.call()
    client.get(LIST), client.get(at(meeting))
    with CountedQueries() as few:
        assert "演示·四月议事会" in client.get(LIST).content.decode()
    with CountedQueries() as page:
        client.get(at(meeting))
    for n in range(1, 12):
        council.call(convened=HELD + timedelta(days=n))
    for n in range(18):
        guest = Person.objects.create(name=f"演示·来宾{n}", kind="resident", demonstration=True)
        services.invite(meeting=meeting, person=guest, by=council.host, at=CALLED)
    with django_assert_num_queries(few.count):
        client.get(LIST)
    with django_assert_num_queries(page.count):
        client.get(at(meeting))


def test_a_meeting_is_called_off_with_a_reason(council: Council, desk) -> None:
    meeting, client = council.call(), desk.of(council.host)
    assert client.post(at(meeting, "meeting_cancel"), {"cancel-reason": ""}).status_code == 422
    page = client.post(at(meeting, "meeting_cancel"), {"cancel-reason": "台风"}, follow=True).content.decode()
    assert "已取消：台风" in page
