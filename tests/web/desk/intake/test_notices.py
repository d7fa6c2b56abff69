"""Notices at the desk: published by the rules' clock, posted, changed; objections answered, never deleted."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from linli.records.notices.models import Closing, Hiding, Notice, Objection
from linli.records.notices.services import publish_notice, raise_objection
from linli.records.people.models import Person
from linli.records.rulebook.models import LocalSetting
from linli.records.rulebook.services.adopt import _renew
from linli.records.trail.models import Event
from linli.rules.plain.subjects import Subject
from linli.web.desk import objections as desk_objections
from tests.records.cases.life import Life, interest_form
from tests.records.needs.world import NOW, Village, place, row_counts
from tests.records.notices.makers import a_rule
from tests.records.rulebook.world import at as hour
from tests.records.rulebook.world import officer
from tests.web.desk.intake.test_needs import CountedQueries

LIST, NEW = "/desk/notices/", "/desk/notices/new/"


@pytest.fixture
def life(village: Village, time) -> Life:
    """A project whose evaluation result is to be put on notice."""
    one = Life(village.cast)
    one.evaluating()
    one.component("evaluation", "resolution", quorum_met=True, approve_share="5/6", recusals_observed=True, minutes_signed=True)
    one.fill("interest_form", interest_form(one))
    one.act("evaluate")
    return one


def at(notice: Notice, act: str = "", **more: int) -> str:
    return reverse(f"desk:{act or 'notice'}", kwargs={"pk": notice.pk, **more})


def published(life: Life, desk, by: Person | None = None) -> Notice:
    sent = {"case": life.case.code, "point": "evaluation", "title": "评议结果公示", "body": "十二人评议，同意十人。"}
    answer = desk.of(by or life.cast.secretary).post(NEW, sent)
    assert answer.status_code == 302, answer.content.decode()
    return Notice.objects.latest("pk")


def test_one_publishes_what_the_next_act_waits_for_and_the_rules_say_how_long(life: Life, desk, time) -> None:
    client = desk.of(life.cast.secretary)
    page = client.get(NEW).content.decode()
    assert "下一步正等着公示" in page and "评议结果公示" in page
    assert "办“确定”要先公示" in page
    assert "needed for “Determine”" in desk.of(life.cast.secretary, "en").get(NEW).content.decode()
    form = client.get(NEW, {"case": life.case.code, "point": "evaluation"}).content.decode()
    assert "5 天" in form and "4月13日" in form and "演示值" in form
    notice = published(life, desk)
    assert (notice.days_count, notice.ends_on.isoformat(), notice.office) == (5, "2021-04-13", "community.party_committee")
    page = client.get(at(notice)).content.decode()
    assert "正在公示" in client.get(NEW).content.decode()


def test_a_length_nobody_has_set_says_who_sets_it(village: Village, desk, time) -> None:
    LocalSetting.objects.filter(parameter="notice_days").delete()
    _renew(NOW)
    life = Life(village.cast)
    life.evaluating()
    page = desk.of(village.host).get(NEW, {"case": life.case.code, "point": "evaluation"}).content.decode()
    assert "未设定" in page and "公示多少天由" in page


@pytest.mark.requirement("S1-18", how="shown")
def test_a_link_the_district_no_longer_publicises_says_so(village: Village, desk) -> None:
    life = Life(village.cast)
    life.draft()
    page = desk.of(village.host).get(NEW, {"case": life.case.code, "point": "selection"}).content.decode()
    assert "本地规定这一环节不要求公示" in page


def test_an_empty_notice_is_not_published_and_what_was_typed_stays(life: Life, desk) -> None:
    client, reader = desk.of(life.cast.secretary), desk.of(life.cast.secretary, "en")
    before = row_counts()
    sent = {"case": life.case.code, "point": "evaluation", "title": "评议结果公示", "body": " "}
    answer = client.post(NEW, sent)
    assert answer.status_code == 422 and "请填写公示内容" in answer.content.decode() and "评议结果公示" in answer.content.decode()
    page = reader.post(NEW, {**sent, "title": "", "contact": "0755-演示"}).content.decode()
    assert "2 entries need attention." in page and "Please give the notice a title." in page and 'value="0755-演示"' in page
    assert row_counts() == before


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return SimpleUploadedFile("公告栏.jpg", out.getvalue())


def test_where_it_hangs_is_kept_with_photos(life: Life, desk) -> None:
    notice, client = published(life, desk), desk.of(life.cast.secretary)
    sent = {"post-kind": "board", "post-where": "三栋公告栏", "post-photos": [photo()]}
    page = client.post(at(notice, "notice_post"), sent, follow=True).content.decode()
    assert "三栋公告栏" in page and notice.postings.get().photos.count() == 1
    bad = client.post(at(notice, "notice_post"), {"post-kind": "", "post-where": "五栋"})
    assert bad.status_code == 422 and "五栋" in bad.content.decode() and notice.postings.count() == 1
    # What is no photo is named where photos are chosen, and is not offered again.
    paper = {**sent, "post-photos": [SimpleUploadedFile("公示.txt", "公示".encode())]}
    bad = client.post(at(notice, "notice_post"), paper)
    assert bad.status_code == 422 and "“公示.txt”不是照片，这里只收照片。" in bad.content.decode()
    assert "<span>公示.txt</span>" not in bad.content.decode()
    assert notice.postings.get().photos.count() == 1


def test_a_changed_notice_starts_its_clock_again_and_says_so_before(life: Life, desk, time) -> None:
    notice, client = published(life, desk), desk.of(life.cast.secretary)
    assert "公示从今天重新计时" in client.get(at(notice)).content.decode()
    time.turn(hour(2021, 4, 10))
    same = client.post(
        at(notice, "notice_change"),
        {"change-title": "评议结果公示", "change-body": "十二人评议，同意十人。", "change-reason": "x"},
    )
    assert same.status_code == 422
    sent = {"change-title": "评议结果公示", "change-body": "十二人评议，同意九人。", "change-reason": "数错一人"}
    page = client.post(at(notice, "notice_change"), sent, follow=True).content.decode()
    notice.refresh_from_db()
    assert notice.ends_on.isoformat() == "2021-04-15" and "因改内容重新计时 1 次" in page and "同意十人" in page


def test_days_on_which_it_could_not_be_seen_are_added(life: Life, desk, time) -> None:
    notice, client = published(life, desk), desk.of(life.cast.secretary)
    time.turn(hour(2021, 4, 11))
    sent = {"outage-began": "2021-04-09 08:00", "outage-ended": "2021-04-09 20:00", "outage-reason": "公告栏被拆"}
    bad = client.post(at(notice, "notice_outage"), {**sent, "outage-ended": "昨晚"})
    assert bad.status_code == 422 and "公告栏被拆" in bad.content.decode()
    client.post(at(notice, "notice_outage"), sent)
    notice.refresh_from_db()
    assert notice.ends_on.isoformat() == "2021-04-14"


def test_taken_down_early_it_stays_on_record_as_that(life: Life, desk, time) -> None:
    notice, client = published(life, desk), desk.of(life.cast.secretary)
    assert client.post(at(notice, "notice_down"), {"down-reason": ""}).status_code == 422
    page = client.post(at(notice, "notice_down"), {"down-reason": "写错了项目"}, follow=True).content.decode()
    notice.refresh_from_db()
    assert notice.taken_down_early and "关口只算实际公示的天数" in page and "提前撤下" in page


# ── objections ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_comes_to_the_counter_goes_on_the_same_list_with_a_receipt(life: Life, desk) -> None:
    notice, client = published(life, desk), desk.of(life.cast.secretary)
    sent = {"take-channel": "counter", "take-text": "三栋没有老人。", "take-name": "演示·李伯", "take-contact": "13800000000"}
    assert client.post(at(notice, "notice_take"), {**sent, "take-text": ""}).status_code == 422
    page = client.post(at(notice, "notice_take"), sent, follow=True).content.decode()
    objection = Objection.objects.get()
    assert objection.shown_code in client.post(at(notice, "notice_take"), sent, follow=True).content.decode()
    assert list(Objection.objects.all()) == [objection]
    assert objection.shown_code in page and "三栋没有老人。" in page and "13800000000" not in page
    assert "有异议待答复" in client.get(LIST).content.decode()


def objected(notice: Notice, by: Person | None = None) -> Objection:
    return raise_objection(notice=notice, text="三栋没有老人。", at=NOW, by=by, contact="13800000000")


@pytest.mark.requirement("S0-92", how="answered")
def test_an_objection_is_answered_once_with_a_reason(life: Life, desk) -> None:
    notice = published(life, desk)
    objection = objected(notice)
    where, form = at(notice, "objection_answer", number=1), "answer1"
    client = desk.of(life.cast.deputy)
    missing = client.post(where, {f"{form}-verdict": "rejected", f"{form}-reason": ""})
    assert missing.status_code == 422 and not Closing.objects.exists()
    page = client.post(
        where, {f"{form}-verdict": "rejected", f"{form}-reason": "三栋有七位老人，名单可查。"}, follow=True
    ).content.decode()
    closing = Closing.objects.get(objection=objection)
    assert closing.verdict == "rejected" and not closing.by_author and "三栋有七位老人" in page
    assert client.post(where, {f"{form}-verdict": "upheld", f"{form}-reason": "改"}).status_code == 409


def test_the_author_is_told_and_marked_and_kept_away_where_the_rules_want_it(life: Life, desk, monkeypatch) -> None:
    notice = published(life, desk)
    objected(notice)
    author = desk.of(life.cast.secretary)
    assert "公示是您发布的" in author.get(at(notice)).content.decode()
    sent = {"answer1-verdict": "rejected", "answer1-reason": "有老人。"}
    with monkeypatch.context() as rules:
        rules.setattr(desk_objections, "apart", lambda notice: True)
        refused = author.post(at(notice, "objection_answer", number=1), sent)
        assert refused.status_code == 403 and "发布人以外的人答复" in refused.content.decode() and not Closing.objects.exists()
    page = author.post(at(notice, "objection_answer", number=1), sent, follow=True).content.decode()
    assert Closing.objects.get().by_author and "由发布人答复" in page


def test_who_objected_does_not_answer(life: Life, desk) -> None:
    notice = published(life, desk)
    objected(notice, by=life.cast.deputy)
    client = desk.of(life.cast.deputy)
    assert "由别人答复" in client.get(at(notice)).content.decode()
    sent = {"answer1-verdict": "upheld", "answer1-reason": "我说得对"}
    assert client.post(at(notice, "objection_answer", number=1), sent).status_code == 403
    assert not Closing.objects.exists()


def test_words_are_hidden_for_privacy_by_two_and_the_objection_still_counts(life: Life, desk) -> None:
    notice = published(life, desk)
    objected(notice)
    below, above = desk.of(life.cast.secretary), desk.of(life.cast.office)
    below.post(at(notice, "objection_hide", number=1), {"hide1-ground": "写了邻居的病情，涉及个人隐私"})
    assert below.post(at(notice, "objection_approve", number=1)).status_code == 403
    assert Hiding.objects.get().approved_at is None
    assert "核准隐去" in above.get(at(notice)).content.decode()
    page = above.post(at(notice, "objection_approve", number=1), follow=True).content.decode()
    assert Hiding.objects.get().approved_by == life.cast.office and "对外已隐去" in page and "还没答复" in page


def test_a_contact_is_opened_only_with_a_reason_and_on_record(life: Life, desk) -> None:
    notice, client = published(life, desk), desk.of(life.cast.secretary)
    objected(notice)
    assert "13800000000" not in client.get(at(notice)).content.decode()
    assert client.post(at(notice, "objection_contact", number=1), {"contact1-reason": ""}).status_code == 422
    opened = client.post(at(notice, "objection_contact", number=1), {"contact1-reason": "送达答复"})
    assert "13800000000" in opened.content.decode() and opened.headers["Cache-Control"] == "no-store"
    assert Event.objects.filter(kind="objection.contact_read").count() == 1


# ── who may ─────────────────────────────────────────────────────────────────────────────────────────────────────────


ACTS = ("notice_post", "notice_change", "notice_outage", "notice_down", "notice_take")


def test_offices_above_look_others_do_not_find_it(life: Life, desk) -> None:
    notice = published(life, desk)
    before = {**row_counts()}
    watcher = officer("social_affairs", "440305001")
    for person, status in ((watcher, 403), (life.cast.stranger, 404), (life.cast.resident, 404)):
        client = desk.of(person)
        assert client.get(at(notice)).status_code == (200 if status == 403 else 404)
        for act in ACTS:
            assert client.post(at(notice, act), {}).status_code == status
    assert row_counts()["notices.Notice"] == before["notices.Notice"]
    assert row_counts()["trail.Event"] == before["trail.Event"]


def test_the_list_costs_the_same_however_long_it_is(village: Village, desk, django_assert_num_queries) -> None:
    def hang(n: int) -> None:
        words = {"point": "evaluation", "title": f"公示{n}", "body": "演示"}
        publish_notice(subject=Subject("case", str(n)), place=place(), by=village.host, at=NOW, rule=a_rule(), **words)

    client = desk.of(village.host)
    for n in range(3):
        hang(n)
    client.get(LIST)
    with CountedQueries() as few:
        client.get(LIST)
    for n in range(3, 19):
        hang(n)
    with django_assert_num_queries(few.count):
        assert "公示18" in client.get(LIST).content.decode()
