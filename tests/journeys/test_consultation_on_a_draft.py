"""A district's draft with its rules as data, through the real doors: called, commented on, answered, changed, adopted."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.demonstration.hands import papers
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import pieces
from linli.records.people.models import Person
from linli.records.texts.models import Comment, Document
from linli.records.trail.selectors import events_of
from tests.journeys.steps import DISTRICT, on, place, set_value, state_of, step
from tests.journeys.test_rule_text import attachment
from tests.web.portal.pages import come_in, words
from tests.web.portal.world import Street, stop_the_clock

pytestmark = pytest.mark.django_db
LINES = "一、评议\n评议由居民议事会进行。\n到会不足规定比例的，另行召集。\n有利益关系的成员回避。"


class Office:
    """Somebody at the desk, on a day of ours."""

    def __init__(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client, self.clock = come_in(Client(), person), monkeypatch

    def does(self, text: Document, act: str, n: int | str = "", **sent: object):
        address = f"/desk/texts/{text.pk}/do/{act}/" + (f"?n={n}" if n != "" else "")
        data = {key if key == "pick" else f"{act}{n}-{key}": value for key, value in sent.items()}
        return self.client.post(address, data)

    def on(self, day: str) -> "Office":
        stop_the_clock(self.clock, on(day))
        return self


def draft_pack() -> SimpleUploadedFile:
    """The district's rules with a ceiling of ten thousand yuan."""
    folder, out = Path(settings.PACKS) / "nanshan", io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in folder.rglob("*.yaml"):
            text = path.read_text("utf-8")
            if path.name == "funding.yaml":
                text = text.replace("service: 500000", "service: 10000").replace("goods: 500000", "goods: 10000")
                text = text.replace("works: 1000000", "works: 10000")
            archive.writestr(f"nanshan/{path.relative_to(folder)}", text)
    return SimpleUploadedFile("nanshan.zip", out.getvalue())


def drafted(street: Street) -> Case:
    """The matter of the text, with the form that the announcement is made from."""
    civil, at = street.team.civil, on("2021-04-10")
    set_value(civil, "comment_deadline", "2021-04-22", since=date(2021, 4, 9))
    case = open_case(procedure="rule_text", place=place(DISTRICT), title="评议工作指引", by=civil, at=at, demonstration=True)
    form = {
        "title": "评议工作指引（征求意见稿）",
        "issuer": "区民政局",
        "issued_on": "2021-04-10",
        "basis": [{"title": "民生微实事工作管理办法", "number": "演示"}],
        "body": LINES,
        "attachment": [attachment(street.team)],
        "channels": ["email"],
    }
    papers.fill(case, "draft_text", form, by=civil, at=at)
    return case


@pytest.mark.requirement("S0-1", "S0-3", "S0-4", "S0-5", "S3-1", how="shown")
@pytest.mark.requirement("S0-4", "S0-5", how="refuses")
def test_from_the_call_to_the_adopted_text(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    street = Street()
    street.hung()
    case, desk, public = drafted(street), Office(street.team.civil, monkeypatch), Client()

    # The text is begun from its matter and stands in paragraphs.
    desk.on("2021-04-10")
    begun = {"new-case": case.code, "new-kind": "rule", "new-title": "评议工作指引（征求意见稿）", "new-words": LINES}
    assert desk.client.post(f"/desk/texts/new/?place={DISTRICT}", begun).status_code == 302
    text = Document.objects.get()
    assert [one.words for one in text.versions.get().paragraphs.all()] == LINES.split("\n")
    assert text.office == "district.civil_affairs"
    desk.does(text, "basis", kind="based_on", title="民生微实事工作管理办法", number="演示")

    # Without an attachment the gate stays shut, and nobody sees the draft.
    shut = desk.does(text, "open", contact="pl@example.org")
    assert shut.status_code == 409
    assert (text.calls.count(), state_of(case), public.get(f"/texts/{text.pk}/").status_code) == (0, "drafted", 404)

    # The rules as data go with it; opening it takes the step, and the last day is the one the rules give.
    assert desk.does(text, "pack", draft=draft_pack()).status_code == 302
    assert desk.does(text, "open", contact="pl@example.org").status_code == 302
    assert (state_of(case), text.calls.get().ends_on, text.calls.get().set_by) == (
        "consulting",
        date(2021, 4, 22),
        "comment_deadline",
    )
    page = words(public.get(f"/texts/{text.pk}/"))
    assert "4月22日 24:00 截止" in page
    assert "民生微实事工作管理办法" in page

    # What would have come out otherwise had it been in force is reckoned and public.
    desk.does(text, "effect", since="2021-03-01", until="2021-04-10")
    effect = text.effects.get()
    assert effect.otherwise > 0
    assert effect.clauses[0]["key"] == "project_cap"
    page = words(public.get(f"/texts/{text.pk}/"))
    assert f"{effect.otherwise} 个步骤当时办成了，按草案办不成。" in page
    assert street.life.case.code in page

    # Online, by letter, and one too late: all are kept.
    desk.on("2021-04-12")
    public.post(f"/texts/{text.pk}/comment/", {"p": "2", "words-2": "放到晚上开"})
    public.post(f"/texts/{text.pk}/comment/", {"p": "2", "words-2": "晚上开，上班的人能来"})
    letter = {"channel": "letter", "received_on": "2021-04-12", "words": "会场要有坡道", "name": "演示·王阿姨"}
    assert desk.does(text, "register", **letter).status_code == 302
    assert desk.does(text, "close").status_code == 409
    desk.on("2021-04-23")
    public.post(f"/texts/{text.pk}/comment/", {"words": "晚了一天"})
    assert [(one.channel, one.anchor, one.late) for one in Comment.objects.order_by("number")] == [
        ("online", 2, False),
        ("online", 2, False),
        ("letter", None, False),
        ("online", None, True),
    ]

    # Closed the day after; the report does not get past the gate while one waits.
    assert desk.does(text, "close").status_code == 302
    early = desk.does(text, "report", words="共收到 4 条意见。")
    assert (early.status_code, text.reports.count()) == (409, 0)
    step(case, "close_comments", street.team.civil, on("2021-04-23"))
    assert desk.does(text, "report", words="共收到 4 条意见。").status_code == 409
    assert (text.reports.count(), state_of(case)) == (0, "consulted")

    # Two say the same and are answered together, the others one by one.
    desk.does(text, "group", pick=["1", "2"], title="开会时间")
    desk.does(text, "answer_group", 1, verdict="adopted", reason="第二段改为晚上")
    desk.does(text, "answer", 3, verdict="partly", reason="有坡道的会场优先")
    desk.does(text, "answer", 4, verdict="not_adopted", reason="没有说明要改什么")
    assert desk.does(text, "report", words="共收到 4 条意见。").status_code == 302
    assert (state_of(case), pieces(case.subject)["comment_report"].facts) == ("reported", {"unanswered": 0})
    report = words(public.get(f"/texts/{text.pk}/report/"))
    assert "开会时间 2 条 采纳 第二段改为晚上" in report
    assert "截止后收到 1" in report
    assert "王阿姨" not in report

    # The next version says what changed, why, and because of whom; a change without a reason goes no further.
    desk.on("2021-04-26").does(text, "next", reason="按征集到的意见修改")
    desk.does(text, "paragraph", 2, words="评议由居民议事会在晚上进行。")
    assert desk.does(text, "adopt").status_code == 409
    desk.does(text, "paragraph", 2, words="评议由居民议事会在晚上进行。", reason="方便上班的居民", because="1、2")
    assert desk.does(text, "adopt").status_code == 302
    assert pieces(case.subject)["adopted_text"].facts == {"based_on": 1}
    compared = words(public.get(f"/texts/{text.pk}/versions/"))
    assert "为什么改：方便上班的居民 第 1 号意见 第 2 号意见" in compared

    # Three departments sign; the page says it is in force.
    for signer in (street.team.organisation, street.team.civil, street.team.finance):
        step(case, "issue", signer, on("2021-04-27"))
    assert state_of(case) == "issued"
    page = words(public.get(f"/texts/{text.pk}/"))
    assert "已印发" in page
    assert "第 2 版" in page
    sealed = list(events_of(case.subject).values_list("kind", flat=True))
    assert [kind for kind in sealed if kind in ("comments.opened", "comments.closed", "comments.reported", "text.adopted")] == [
        "comments.opened",
        "comments.closed",
        "comments.reported",
        "text.adopted",
    ]
