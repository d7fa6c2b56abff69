"""Grouping comments, answering each or a whole group, the report. There is no way to delete a comment."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from linli.records.duties.services import answer_reply
from linli.records.evidence.sealing import digest_of
from linli.records.people.models import Person
from linli.records.texts import events
from linli.records.texts.models import VERDICTS, Answer, Comment, Document, Group, Grouping, Report, Statement
from linli.records.texts.selectors.calls import counts
from linli.records.texts.services.common import filled, locked, seal
from linli.records.texts.services.filing import refile
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


@transaction.atomic
def group_comments(
    *, document: Document, comments: Sequence[Comment], by: Person, at: datetime, title: str = "", group: Group | None = None
) -> Group:
    """Put comments that say much the same into a group, a new one with a title or one that is there. None is merged away.

    In a group that is answered already, the answer holds for those that come to it. Raises Invalid, Refused.
    """
    document = locked(document)
    if not comments or any(comment.document_id != document.pk for comment in comments):
        text = Text("请勾选要归在一起的意见。", "Tick the comments that belong together.")
        raise Invalid(text, fields={"comments": text})
    _still_free(comments)
    if group is None:
        group = _new_group(document, title, by, at)
    for comment in comments:
        Grouping.objects.update_or_create(comment=comment, defaults={"group": group})
    numbers = sorted(comment.number for comment in comments)
    seal(events.CommentsGrouped(text=document.pk, group=group.number, title=group.title, numbers=numbers), document, by=by, at=at)
    answer = Answer.objects.filter(group=group).first()
    if answer is not None:
        _tell(document, comments, answer, by, at)
        refile(document, by=by, at=at)
    return group


def _still_free(comments: Sequence[Comment]) -> None:
    named = [comment.pk for comment in comments]
    if Answer.objects.filter(comment__in=named).exists():
        raise Refused(Text("已经单独答复的意见不再归组。", "A comment with an answer of its own is not grouped any more."))
    if Grouping.objects.filter(comment__in=named, group__answer__isnull=False).exists():
        raise Refused(Text("已经按组答复的意见不再换组。", "A comment answered with its group stays there."))


def _new_group(document: Document, title: str, by: Person, at: datetime) -> Group:
    called = filled(title, "title", "请写明这一组说的是什么。", "Please say what this group is about.", longest=120)
    number = (document.groups.aggregate(last=Max("number"))["last"] or 0) + 1
    return Group.objects.create(document=document, number=number, title=called, made_by=by, made_at=at)


@transaction.atomic
def answer_comment(*, comment: Comment, verdict: str, reason: str, by: Person, at: datetime) -> Answer:
    """Answer one comment: adopted, partly or not adopted, always with the reason. Raises Refused when it is answered."""
    document = locked(comment.document)
    why = _judged(verdict, reason)
    grouped = Grouping.objects.filter(comment=comment, group__answer__isnull=False).exists()
    if grouped or Answer.objects.filter(comment=comment).exists():
        raise Refused(Text("这条意见已经答复，答复不能改动。", "This comment is answered; an answer is not changed."))
    answer = Answer.objects.create(comment=comment, verdict=verdict, reason=why, by=by, at=at)
    _seal_answer(document, answer, [comment], 0, by, at)
    return answer


@transaction.atomic
def answer_group(*, group: Group, verdict: str, reason: str, by: Person, at: datetime) -> Answer:
    """Answer every comment of a group with one reason; those answered on their own keep their answer."""
    document = locked(group.document)
    why = _judged(verdict, reason)
    if Answer.objects.filter(group=group).exists():
        raise Refused(Text("这一组已经答复，答复不能改动。", "This group is answered; an answer is not changed."))
    members = list(Comment.objects.filter(grouping__group=group, answer__isnull=True).order_by("number"))
    if not members:
        raise Refused(Text("这一组里没有待答复的意见。", "No comment in this group waits for an answer."))
    answer = Answer.objects.create(group=group, verdict=verdict, reason=why, by=by, at=at)
    _seal_answer(document, answer, members, group.number, by, at)
    return answer


def _judged(verdict: str, reason: str) -> str:
    if verdict not in VERDICTS:
        text = Text("请选择采纳、部分采纳或者未采纳。", "Choose adopted, partly adopted or not adopted.")
        raise Invalid(text, fields={"verdict": text})
    return filled(
        reason,
        "reason",
        "请写明理由：采纳的写怎么改，不采纳的写为什么。",
        "Give the reason: how it is taken up, or why it is not.",
    )


def _seal_answer(document: Document, answer: Answer, members: Sequence[Comment], group: int, by: Person, at: datetime) -> None:
    numbers = [comment.number for comment in members]
    answered = events.CommentAnswered(
        text=document.pk, numbers=numbers, group=group, verdict=answer.verdict, reason=answer.reason
    )
    seal(answered, document, by=by, at=at)
    _tell(document, members, answer, by, at)
    refile(document, by=by, at=at)


def _tell(document: Document, members: Sequence[Comment], answer: Answer, by: Person, at: datetime) -> None:
    if document.office:
        for comment in members:
            subject = Subject("comment", str(comment.pk))
            answer_reply(subject=subject, kind="comment", verdict=answer.verdict, reason=answer.reason, by=by, at=at)


@transaction.atomic
def publish_report(*, document: Document, words: str, by: Person, at: datetime) -> Report:
    """Publish what came in and what became of it; files `comment_report`. How many still wait is counted, never typed.

    Raises Refused while comments are taken.
    """
    document = locked(document)
    said = filled(words, "words", "请写上征集情况的说明。", "Please write what the report says.")
    if not document.calls.exists() or document.calls.filter(closed_at__isnull=True).exists():
        raise Refused(Text("征求意见结束以后才公布征集情况。", "The report is published once comments are closed."))
    found = counts(document)
    number = (document.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    digest = digest_of({"text": document.pk, "number": number, "words": said, "counts": found})
    reported = events.Reported(
        text=document.pk, report=number, received=found["received"], unanswered=found["unanswered"], digest=digest
    )
    report = Report.objects.create(
        document=document,
        number=number,
        words=said,
        counts=found,
        published_by=by,
        published_at=at,
        digest=digest,
        receipt=seal(reported, document, by=by, at=at),
    )
    refile(document, by=by, at=at, published=True)
    return report


@transaction.atomic
def read_contact(*, comment: Comment, reason: str, by: Person, at: datetime) -> tuple[str, str]:
    """Name and contact of who commented, for sending the answer. Needs a reason and is recorded."""
    why = filled(
        reason, "reason", "查阅联系方式需要写明理由，并会留下记录。", "Reading a contact needs a reason and is recorded."
    )
    document = comment.document
    seal(events.ContactRead(text=document.pk, number=comment.number, reason=why), document, by=by, at=at)
    statement = Statement.objects.filter(comment=comment).first()
    return (statement.name.open(), statement.contact.open()) if statement else ("", "")
