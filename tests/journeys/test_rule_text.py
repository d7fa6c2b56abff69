"""A rule text: comments until a day, a report that answers each, three departments that sign, an explanation."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.demonstration.hands import papers
from linli.demonstration.pictures import picture
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.services import store_file
from tests.journeys.steps import DISTRICT, District, officer, on, place, set_value, state_of, step, turned_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db) -> District:
    return District(years=())


def attachment(team: District) -> str:
    upload: SimpleUploadedFile = picture("附件", 1)
    return store_file(upload=upload, by=team.civil, at=on("2021-03-01"), place=place(DISTRICT)).sha256


def drafted(team: District) -> Case:
    case = open_case(
        procedure="rule_text", place=place(DISTRICT), title="评议工作指引", by=team.civil, at=on("2021-03-01"), demonstration=True
    )
    draft = {
        "title": "评议工作指引（征求意见稿）",
        "issuer": "区民政局",
        "issued_on": "2021-03-01",
        "basis": [{"title": "民生微实事工作管理办法", "number": "演示"}],
        "body": "评议由居民议事会进行。",
        "attachment": [attachment(team)],
        "channels": ["email"],
    }
    papers.fill(case, "draft_text", draft, by=team.civil, at=on("2021-03-01"))
    return case


@pytest.mark.requirement("S0-1", "S0-2", "S0-3", "S0-4", "S0-5", "S0-24", "S1-51", how="refuses")
def test_a_text_from_the_draft_to_its_explanation(team: District) -> None:
    case, civil = drafted(team), team.civil
    set_value(civil, "comment_deadline", "2021-03-22", since=date(2021, 3, 1))
    assert turned_down(case, "open_comments", civil, on("2021-03-01")) == ["call.attachments"]
    papers.put(case, "call", "announcement", by=civil, at=on("2021-03-01"), attachments=1, summary="公告")
    step(case, "open_comments", civil, on("2021-03-01"))
    assert state_of(case) == "consulting"

    comment = {"channel": "email", "received": "2021-03-23", "comment": "晚上开会更好", "who": "演示居民"}
    papers.fill(case, "offline_comment", comment, by=civil, at=on("2021-03-23"))
    assert turned_down(case, "register_comment", civil, on("2021-03-23")) == ["comment_deadline"]
    papers.fill(case, "offline_comment", {**comment, "received": "2021-03-22"}, by=civil, at=on("2021-03-23"))
    step(case, "register_comment", civil, on("2021-03-23"))

    step(case, "close_comments", civil, on("2021-03-23"))
    papers.put(case, "comment_report", "comment_report", by=civil, at=on("2021-03-30"), unanswered=1, summary="反馈")
    assert turned_down(case, "report_comments", civil, on("2021-03-30")) == ["comment_report.unanswered"]
    papers.put(case, "comment_report", "comment_report", by=civil, at=on("2021-03-31"), unanswered=0, summary="反馈")
    step(case, "report_comments", civil, on("2021-03-31"))

    papers.put(case, "adopted_text", "adopted_text", by=civil, at=on("2021-04-01"), based_on=1, summary="印发文本")
    for signer in (team.organisation, civil):
        assert step(case, "issue", signer, on("2021-04-02")).step.moved is False
    step(case, "issue", team.finance, on("2021-04-06"))
    assert state_of(case) == "issued"

    author = officer("drafting_department", DISTRICT)
    assert turned_down(case, "explain", author, on("2021-04-20")) == ["interview.channels"]
    papers.put(case, "interview", "disclosure", by=author, at=on("2021-04-20"), channels=2, summary="政策解读")
    step(case, "explain", author, on("2021-04-20"))


@pytest.mark.requirement("S0-4", how="refuses")
def test_comments_are_not_closed_on_the_last_day_itself(team: District) -> None:
    case, civil = drafted(team), team.civil
    set_value(civil, "comment_deadline", "2021-03-22", since=date(2021, 3, 1))
    papers.put(case, "call", "announcement", by=civil, at=on("2021-03-01"), attachments=1, summary="公告")
    step(case, "open_comments", civil, on("2021-03-01"))
    assert turned_down(case, "close_comments", civil, on("2021-03-22")) == ["comment_deadline"]
    step(case, "close_comments", civil, on("2021-03-23"))
