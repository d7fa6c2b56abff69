"""Rule texts: one is open for comment, one was issued and explained."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.demonstration.days import moment
from linli.demonstration.hands import papers
from linli.demonstration.timetable import Story
from linli.demonstration.world import DISTRICT, World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.evidence.models import File
from linli.records.evidence.services import store_file
from linli.records.people.models import Person
from linli.records.reports.printing.press import Sheet, press
from linli.records.rulebook.services import set_local
from linli.records.texts import services as text_services
from linli.records.texts.models import Comment, Document

_DAY = timedelta(days=1)


def open_for_comment(world: World) -> Story:
    """Residents may still say what they think: the last day lies ahead."""
    start = world.days.anchor - 12 * _DAY
    yield moment(start, 9)
    _set_last_day(world, start, world.days.anchor + 9 * _DAY)
    yield moment(start + _DAY, 9)
    case = _draft(world, "text_open", "南山区民生微实事项目评议工作指引（征求意见稿·演示）", start + _DAY)
    yield (at := moment(start + 5 * _DAY, 15))
    comment = {
        "channel": "email",
        "received": at.date().isoformat(),
        "comment": "建议评议会安排在晚上，上班的人也能来。",
        "who": "演示居民",
    }
    _said(case, "回避的人能不能先说完再离开？", at, anchor=3)
    papers.fill(case, "offline_comment", comment, by=world.officers["nanshan.civil"], at=at)
    take_act(case=case, act="register_comment", by=world.officers["nanshan.civil"], at=at)


def issued(world: World) -> Story:
    """Commented on, answered comment by comment, signed by three departments, explained to residents."""
    start, held = world.days.anchor - 200 * _DAY, world.officers
    civil = held["nanshan.civil"]
    yield moment(start, 9)
    _set_last_day(world, start, start + 22 * _DAY)
    yield moment(start + _DAY, 9)
    case = _draft(world, "text_issued", "南山区民生微实事项目验收工作提示（演示）", start + _DAY)
    yield (at := moment(start + 9 * _DAY, 20))
    _said(case, "评议放到晚上，上班的人也能来。", at, anchor=1)
    _said(case, "到会不够时，多久之内再开？", at, anchor=2)
    yield (at := moment(start + 23 * _DAY, 9))
    text = _text(case)
    text_services.close_call(document=text, by=civil, at=at)
    take_act(case=case, act="close_comments", by=civil, at=at)
    yield (at := moment(start + 30 * _DAY, 9))
    evening, again = text.comments.order_by("number")
    text_services.answer_comment(comment=evening, verdict="adopted", reason="第一段写明可以在晚上进行。", by=civil, at=at)
    text_services.answer_comment(
        comment=again, verdict="not_adopted", reason="由各社区议事规则定，本提示不另行规定。", by=civil, at=at
    )
    text_services.publish_report(document=text, words="共收到意见 2 条，已逐条答复。（演示）", by=civil, at=at)
    take_act(case=case, act="report_comments", by=civil, at=at)
    text_services.begin_version(document=text, reason="按征集到的意见修改", by=civil, at=at)
    text_services.change_paragraph(
        document=text,
        anchor=1,
        words="一、评议由居民议事会进行，可以安排在晚上。",
        reason="方便上班的居民",
        because=[evening],
        by=civil,
        at=at,
    )
    text_services.adopt_text(document=text, by=civil, at=at)
    for number, officer in enumerate(("nanshan.organisation", "nanshan.civil", "nanshan.finance")):
        yield (at := moment(start + (40 + number) * _DAY, 9))
        take_act(case=case, act="issue", by=held[officer], at=at)
    yield (at := moment(start + 50 * _DAY, 9))
    papers.put(case, "interview", "disclosure", by=held["nanshan.drafting"], at=at, channels=2, summary="政策解读（演示）")
    take_act(case=case, act="explain", by=held["nanshan.drafting"], at=at)


def _call(case: Case, title: str, body: str, file: File, civil: Person, at: datetime) -> None:
    """The text by paragraphs, open for comment until the day that was set."""
    text = text_services.begin_text(
        subject=case.subject,
        kind="rule",
        place=case.place,
        title=title,
        words=body,
        office="district.civil_affairs",
        by=civil,
        at=at,
        demonstration=True,
    )
    text_services.add_basis(document=text, title="关于民生微实事工作的指导意见", number="演示〔2018〕1 号", by=civil, at=at)
    text_services.attach_file(document=text, file=file, by=civil, at=at)
    text_services.open_call(document=text, by=civil, at=at, contact="民政局邮箱、传真（演示）")


def _said(case: Case, words: str, at: datetime, anchor: int | None = None) -> Comment:
    return text_services.take_comment(document=_text(case), words=words, anchor=anchor, at=at)


def _text(case: Case) -> Document:
    return Document.objects.get(subject_kind="case", subject_id=str(case.pk))


def _set_last_day(world: World, day: date, last: date) -> None:
    """Each call sets its own last day; it holds from the day after."""
    set_local(
        place=world.places[DISTRICT],
        parameter="comment_deadline",
        value=last.isoformat(),
        since=day + _DAY,
        document="演示：征求意见公告",
        by=world.officers["nanshan.civil"],
        at=moment(day, 9),
        demonstration=True,
    )


def _draft(world: World, key: str, title: str, day: date) -> Case:
    civil, place, at = world.officers["nanshan.civil"], world.places[DISTRICT], moment(day, 9)
    case = open_case(procedure="rule_text", place=place, title=title, by=civil, at=at, demonstration=True)
    world.cases[key] = case
    body = "一、评议由居民议事会进行。\n二、到会不足规定比例的，另行召集。\n三、有利益关系的成员回避。"
    printed = press(Sheet(title, [{"kind": "text", "text": body}], mark="演示"))
    file = store_file(upload=SimpleUploadedFile("征求意见稿-演示.pdf", printed), by=civil, at=at, place=place)
    draft = {
        "title": title,
        "issuer": "南山区民政局（演示）",
        "issued_on": day.isoformat(),
        "basis": [{"title": "关于民生微实事工作的指导意见", "number": "演示〔2018〕1 号"}],
        "body": body,
        "attachment": [file.sha256],
        "channels": ["email"],
    }
    papers.fill(case, "draft_text", draft, by=civil, at=at)
    _call(case, title, body, file, civil, at)
    take_act(case=case, act="open_comments", by=civil, at=at)
    return case
