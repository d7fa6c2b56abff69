"""A text open for comment, by paragraph; comments with a receipt; what changed and why; signing; questions; talk."""

from datetime import date

import pytest

from linli.records.texts import services
from linli.records.texts.models import Comment, Document, Post, Question, Signature
from linli.records.texts.selectors import heard
from linli.rules.plain.subjects import Subject
from tests.journeys.steps import on
from tests.web.portal.pages import come_in, in_english, words
from tests.web.portal.world import COMMUNITY, OTHER, Street, stop_the_clock

pytestmark = pytest.mark.django_db

LINES = "一、评议\n评议由居民议事会进行。\n有利益关系的成员回避。"


def begun(street: Street, **more) -> Document:
    return services.begin_text(
        **{
            "subject": Subject("text", "1"),
            "kind": "covenant",
            "place": street.team.place,
            "title": "南头城居民公约（演示）",
            "words": LINES,
            "office": "community.residents_committee",
            "by": street.team.committee,
            "at": on("2021-04-10"),
            **more,
        }
    )


@pytest.fixture
def text(street: Street) -> Document:
    """Open until the 20th; now is the 13th."""
    document = begun(street)
    services.add_basis(document=document, title="村民委员会组织法", by=street.team.committee, at=on("2021-04-10"))
    services.open_call(
        document=document,
        by=street.team.committee,
        at=on("2021-04-10"),
        ends_on=date(2021, 4, 20),
        set_document="演示公告",
        contact="到社区柜台",
    )
    return document


def said(document: Document, what: str = "放到晚上开", **more) -> Comment:
    return services.take_comment(**{"document": document, "words": what, "at": on("2021-04-12"), "anchor": 2, **more})


class TestTheCall:
    @pytest.mark.requirement("S0-1", "S0-3", "S3-1", how="shown")
    def test_shows_paragraphs_last_day_basis_and_where_else_to_comment(self, text: Document, client) -> None:
        page = words(client.get(f"/texts/{text.pk}/"))
        assert "还剩 7 天" in page
        assert "4月20日 24:00 截止" in page
        assert "评议由居民议事会进行。" in page
        assert "村民委员会组织法" in page
        assert "截止日期由“演示公告”定" in page
        assert "不上网也能提：到社区柜台" in page
        assert page.count("对这一段提意见") == 3

    def test_open_ones_come_first_and_those_over_stay(self, text: Document, client, monkeypatch) -> None:
        listed = client.get("/consultations/?place=")
        assert text.title in words(listed)
        assert f'href="/texts/{text.pk}/comment/">提意见</a>' in listed.content.decode()
        assert "现在没有正在征求意见的文本" in words(client.get(f"/consultations/?place={OTHER}"))
        assert text.title in words(client.get(f"/c/{COMMUNITY}/"))
        stop_the_clock(monkeypatch, on("2021-04-21"))
        assert text.title not in words(client.get("/consultations/?place="))
        assert text.title in words(client.get("/consultations/?place=&over=1"))

    def test_a_draft_nobody_opened_is_not_found(self, street: Street, client) -> None:
        draft = begun(street)
        for page in ("", "comment/", "comments/", "report/", "versions/", "print/"):
            assert client.get(f"/texts/{draft.pk}/{page}").status_code == 404

    def test_a_last_day_nobody_set_is_said_and_not_guessed(self, street: Street, client) -> None:
        document = begun(street)
        services.open_call(document=document, by=street.team.committee, at=on("2021-04-10"))
        assert "还没有定到哪一天为止" in words(client.get(f"/texts/{document.pk}/"))


class TestCommenting:
    @pytest.mark.requirement("S0-4", how="kept")
    def test_a_paragraph_takes_a_comment_in_two_taps_and_gives_a_receipt(self, text: Document, client) -> None:
        answer = client.post(f"/texts/{text.pk}/comment/", {"p": "2", "words-2": "放到晚上开"})
        made = Comment.objects.get()
        assert answer.headers["Location"] == f"/receipts/?code={made.shown_code}&fresh=1"
        assert (made.anchor, made.late, made.statement.words) == (2, False, "放到晚上开")
        page = words(client.get(answer.headers["Location"]))
        assert "意见回执" in page
        assert "放到晚上开" in page

    def test_telephone_numbers_are_asked_about_before_everybody_reads_them(self, text: Document, client) -> None:
        typed = {"p": "2", "words-2": "找王阿姨 13800138000"}
        answer = client.post(f"/texts/{text.pk}/comment/", typed)
        assert answer.status_code == 422
        assert "手机号 13800138000" in words(answer)
        assert "找王阿姨 13800138000" in answer.content.decode()
        assert Comment.objects.count() == 0
        client.post(f"/texts/{text.pk}/comment/", {"p": "2", "words": typed["words-2"], "sure": "yes"})
        assert Comment.objects.get().statement.words == "找王阿姨 13800138000"

    def test_an_empty_one_comes_back(self, text: Document, client) -> None:
        answer = client.post(f"/texts/{text.pk}/comment/", {"p": "2", "words-2": " "})
        assert answer.status_code == 422
        assert "请写下您的意见。" in words(answer)
        assert Comment.objects.count() == 0

    def test_a_late_one_is_told_and_taken(self, text: Document, client, monkeypatch) -> None:
        stop_the_clock(monkeypatch, on("2021-04-21"))
        assert "截止日期已过" in words(client.get(f"/texts/{text.pk}/comment/"))
        client.post(f"/texts/{text.pk}/comment/", {"words": "晚了"})
        assert (Comment.objects.get().late, Comment.objects.get().anchor) == (True, None)
        assert "截止后收到" in words(client.get(f"/texts/{text.pk}/comments/"))

    @pytest.mark.requirement("S0-5", how="shown")
    def test_answers_stand_under_the_paragraph_and_in_the_report(self, text: Document, street: Street, client) -> None:
        one, two = said(text), said(text, "会场要有坡道", anchor=None, name="演示·王阿姨", contact="13800001234")
        clerk = street.team.committee
        group = services.group_comments(document=text, comments=[one], title="开会时间", by=clerk, at=on("2021-04-12"))
        services.answer_group(group=group, verdict="adopted", reason="第二段改为晚上", by=clerk, at=on("2021-04-12"))
        services.close_call(document=text, by=clerk, at=on("2021-04-21"))
        services.publish_report(document=text, words="共收到 2 条。", by=clerk, at=on("2021-04-22"))
        page = words(client.get(f"/texts/{text.pk}/"))
        assert "第二段改为晚上" in page
        assert "看征集情况和逐条答复" in page
        report = words(client.get(f"/texts/{text.pk}/report/"))
        assert "还有 1 条没有答复" in report
        assert "会场要有坡道" in report
        assert "王阿姨" not in report + page
        assert two.number == 2

    def test_a_receipt_of_an_unknown_code_is_not_found(self, text: Document, client) -> None:
        assert client.get("/receipts/?code=1234567897").status_code == 404


@pytest.mark.requirement("S0-5", how="shown")
def test_versions_stand_side_by_side_with_why_and_because_of_whom(text: Document, street: Street, client) -> None:
    comment, clerk = said(text), street.team.committee
    services.close_call(document=text, by=clerk, at=on("2021-04-21"))
    services.begin_version(document=text, by=clerk, at=on("2021-04-22"), reason="按意见修改")
    services.change_paragraph(
        document=text,
        anchor=2,
        words="评议由居民议事会在晚上进行。",
        by=clerk,
        at=on("2021-04-22"),
        reason="方便上班的人",
        because=[comment],
    )
    assert "在晚上" not in words(client.get(f"/texts/{text.pk}/"))
    services.adopt_text(document=text, by=clerk, at=on("2021-04-23"))
    answer = client.get(f"/texts/{text.pk}/versions/")
    assert "<ins>在晚上</ins>" in answer.content.decode()
    assert "为什么改：方便上班的人 第 1 号意见" in words(answer)
    assert "<ins>" not in client.get(f"/texts/{text.pk}/").content.decode()  # an adopted text is read clean
    assert "有 1 处不同。" in words(answer)
    assert "1 difference." in words(in_english(client).get(f"/texts/{text.pk}/versions/"))


def test_prints_on_paper(text: Document, client) -> None:
    page = words(client.get(f"/texts/{text.pk}/print/"))
    assert "怎么提意见 截止到 4月20日(周二) 24:00。 到社区柜台" in page.replace("（", "(").replace("）", ")")


class TestSigning:
    @pytest.fixture
    def covenant(self, street: Street) -> Document:
        document = begun(street)
        services.adopt_text(document=document, by=street.team.committee, at=on("2021-04-11"))
        services.open_signing(document=document, unit="person", by=street.team.committee, at=on("2021-04-11"))
        return document

    @pytest.mark.requirement("S2-28", how="shown")
    def test_a_resident_signs_takes_it_back_and_the_count_says_so(self, covenant: Document, street: Street, client) -> None:
        resident = street.team.residents[0]
        come_in(client, resident)
        assert "我承诺遵守，签名" in words(client.get(f"/texts/{covenant.pk}/sign/"))
        client.post(f"/texts/{covenant.pk}/sign/")
        assert "1 / 13 人已签名" in words(client.get(f"/texts/{covenant.pk}/"))
        answer = client.post(f"/texts/{covenant.pk}/sign/", {"do": "withdraw", "reason": ""})
        assert answer.status_code == 422
        assert Signature.objects.get().withdrawn_at is None
        client.post(f"/texts/{covenant.pk}/sign/", {"do": "withdraw", "reason": "改主意了"})
        page = words(client.get(f"/texts/{covenant.pk}/"))
        assert "0 / 13 人已签名" in page
        assert "撤回 1 个" in page

    def test_somebody_else_does_not_sign(self, covenant: Document, street: Street, client) -> None:
        assert client.get(f"/texts/{covenant.pk}/sign/").headers["Location"].startswith("/sign-in/")
        assert come_in(client, street.team.civil).post(f"/texts/{covenant.pk}/sign/").status_code == 403
        assert Signature.objects.count() == 0


class TestQuestions:
    @pytest.mark.requirement("S1-51", "S1-52", how="shown")
    def test_a_reader_asks_about_a_sentence_and_finds_the_answer_there(self, street: Street, client) -> None:
        clause = "/rules/nanshan/clauses/S1 ¶3/"
        assert "关于这句话还没有人问过" in words(client.get(clause))
        answer = client.post("/rules/nanshan/questions/", {"words": "长椅算不算？", "clause": "S1 ¶3"})
        question = Question.objects.get()
        assert answer.headers["Location"] == f"/receipts/?code={question.shown_code}&fresh=1"
        assert (question.clause, question.place_id) == ("S1 ¶3", "440305")
        services.explain(
            question=question, words="算，是工程类。", by=street.team.civil, office="district.civil_affairs", at=on("2021-04-14")
        )
        for page in (clause, "/rules/nanshan/questions/", "/rules/nanshan/questions/?q=工程", answer.headers["Location"]):
            assert "算，是工程类。" in words(client.get(page)), page
        assert "没有找到" in words(client.get("/rules/nanshan/questions/?q=电梯"))
        assert "政策解读 1" in words(client.get("/rules/nanshan/"))

    def test_a_hidden_question_leaves_its_reason(self, street: Street, client) -> None:
        client.post("/rules/nanshan/questions/", {"words": "王某某家的事"})
        services.hide_words(about=Question.objects.get(), ground="涉及他人隐私", by=street.team.civil, at=on("2021-04-13"))
        page = words(client.get("/rules/nanshan/questions/"))
        assert "内容已隐去：涉及他人隐私" in page
        assert "王某某" not in page


class TestTalk:
    @pytest.mark.requirement("S0-67", "S0-68", how="shown")
    def test_residents_talk_under_a_project_and_the_office_answers(self, street: Street, client) -> None:
        case = street.hung()
        page = f"/projects/{case.code}/"
        assert "还没有人说话" in words(client.get(page))
        come_in(client, street.team.residents[0]).post(f"{page}say/", {"words": "灯几点亮？", "kind": "talk"})
        come_in(client, street.team.secretary).post(f"{page}say/", {"words": "天黑就亮。", "to": "1"})
        assert [(one.number, one.office, one.answers_id is not None) for one in Post.objects.order_by("number")] == [
            (1, "", False),
            (2, "community.party_committee", True),
        ]
        client.logout()
        seen = words(client.get(page))
        assert "灯几点亮？" in seen
        assert "天黑就亮。" in seen

    def test_hiding_needs_a_reason_and_leaves_it(self, street: Street, client) -> None:
        case = street.hung()
        page = f"/projects/{case.code}/"
        come_in(client, street.team.residents[0]).post(f"{page}say/", {"words": "骂人的话", "kind": "talk"})
        assert client.post(f"{page}say/1/hide/", {"ground": "不喜欢"}).status_code == 403
        come_in(client, street.team.secretary)
        assert client.post(f"{page}say/1/hide/", {"ground": ""}).status_code == 422
        client.post(f"{page}say/1/hide/", {"ground": "辱骂他人"})
        client.logout()
        seen = words(client.get(page))
        assert "内容已隐去：辱骂他人" in seen
        assert "骂人的话" not in seen

    def test_somebody_from_elsewhere_does_not_speak(self, street: Street, client) -> None:
        case = street.hung()
        assert come_in(client, street.team.stranger).post(f"/projects/{case.code}/say/", {"words": "x"}).status_code == 403
        assert Post.objects.count() == 0


def test_the_page_of_a_text_asks_the_database_no_more_with_thirty_comments(text: Document, client, asked_times) -> None:
    for _ in range(3):
        said(text)
    asked_times(client, f"/texts/{text.pk}/")  # what a process learns once
    few = {page: asked_times(client, f"/texts/{text.pk}/{page}") for page in ("", "comments/", "versions/")}
    for _ in range(27):
        said(text)
    many = {page: asked_times(client, f"/texts/{text.pk}/{page}") for page in ("", "comments/", "versions/")}
    assert many == few
    assert len(heard(text).every) == 30
