"""Questions and their answers; the talk under a matter; hiding words with a reason that stays in their place."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from linli.records.duties.services import answer_reply, open_reply
from linli.records.evidence.forms.characters import clean
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts import events
from linli.records.texts.models import CAME_BY, POST_KINDS, Comment, Document, Explanation, Hiding, Post, Question
from linli.records.texts.services.common import filled, free_code
from linli.records.trail.services import record
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


@transaction.atomic
def ask_question(
    *,
    pack: str,
    place: Place,
    words: str,
    at: datetime,
    clause: str = "",
    office: str = "",
    by: Person | None = None,
    contact: str = "",
    channel: str = "online",
    noted_by: Person | None = None,
    document: Document | None = None,
    demonstration: bool = False,
) -> Question:
    """Ask about a regulation, or one sentence of it. Staff note what is asked often, or elsewhere, with `noted_by`.

    `office` at `place` owes the answer. Raises Invalid.
    """
    said = filled(words, "words", "请写下您的问题。", "Please write your question.", longest=1_000)
    if channel not in CAME_BY:
        text = Text("请选择问题从哪里来。", "Please choose how the question came.")
        raise Invalid(text, fields={"channel": text})
    question = Question(
        pack=pack,
        clause=clause,
        document=document,
        place=place,
        code=free_code(),
        words=said,
        channel=channel,
        by=by,
        noted_by=noted_by,
        contact=clean(contact)[:200],
        asked_at=at,
        demonstration=demonstration,
    )
    question.save()
    asked = events.QuestionAsked(question=question.pk, pack=pack, clause=clause, channel=channel, words=said)
    question.receipt = _seal(asked, question.place, _of(question), noted_by or by, at)
    question.save(update_fields=["receipt"])
    if office:
        open_reply(
            subject=_of(question), kind="query", office=office, place=place, clause="open", due_on=None, asked_at=at, at=at
        )
    return question


def _of(question: Question) -> Subject:
    return Subject("question", str(question.pk))


def _seal(event: object, place: Place, subject: Subject, by: Person | None, at: datetime, office: str = "") -> str:
    who = by.ref if by else "anonymous"
    return record(event, stream=place.code, subject=subject, by=who, office=office, at=at).receipt


@transaction.atomic
def explain(*, question: Question, words: str, by: Person, office: str, at: datetime) -> Explanation:
    """Answer a question, or add to its answer. What was said before stays."""
    said = filled(words, "words", "请写上答复。", "Please write the answer.")
    question = Question.objects.select_for_update(of=("self",)).select_related("place").get(pk=question.pk)
    number = (question.explanations.aggregate(last=Max("number"))["last"] or 0) + 1
    explanation = Explanation.objects.create(question=question, number=number, words=said, by=by, office=office, at=at)
    event = events.QuestionExplained(question=question.pk, number=number, words=said)
    _seal(event, question.place, _of(question), by, at, office)
    if question.answered_at is None:
        question.answered_at = at
        question.save(update_fields=["answered_at"])
        _discharge(question, said, by, at)
    return explanation


def _discharge(question: Question, said: str, by: Person, at: datetime) -> None:
    try:
        with transaction.atomic():
            answer_reply(subject=_of(question), kind="query", verdict="explained", reason=said, by=by, at=at)
    except Refused:
        return  # nobody owed it: staff noted question and answer themselves


@transaction.atomic
def post(
    *,
    subject: Subject,
    place: Place,
    words: str,
    by: Person,
    at: datetime,
    kind: str = "talk",
    office: str = "",
    answers: Post | None = None,
) -> Post:
    """Say something under a matter: talk, or an experience to share. With `office` it is the office that speaks."""
    said = filled(words, "words", "请写点什么。", "Please write something.", longest=1_000)
    if kind not in POST_KINDS:
        text = Text("请选择是讨论还是经验。", "Choose talk or experience.")
        raise Invalid(text, fields={"kind": text})
    Place.objects.select_for_update().get(pk=place.pk)
    here = Post.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    number = (here.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Post.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        number=number,
        place=place,
        kind=kind,
        words=said,
        by=by,
        office=office,
        answers=answers,
        at=at,
    )
    made.receipt = _seal(events.Posted(post=made.pk, kind=kind, office=office, words=said), place, subject, by, at, office)
    made.save(update_fields=["receipt"])
    return made


@transaction.atomic
def hide_words(*, about: Comment | Question | Post, ground: str, by: Person, at: datetime) -> Hiding:
    """Keep words from the public. The reason stands in their place; nothing is deleted, and it still counts."""
    why = filled(
        ground, "ground", "请写明为什么隐去，理由会公开。", "Please say why it is hidden; the reason is public.", longest=300
    )
    field, place, subject = _whose(about)
    if Hiding.objects.filter(**{field: about}).exists():
        raise Refused(Text("这段话已经隐去。", "These words are hidden already."))
    hiding = Hiding.objects.create(**{field: about}, ground=why, by=by, at=at)
    _seal(events.WordsHidden(about=f"{field}:{about.pk}", ground=why), place, subject, by, at)
    return hiding


def _whose(about: Comment | Question | Post) -> tuple[str, Place, Subject]:
    if isinstance(about, Comment):
        return "comment", about.document.place, about.document.subject
    if isinstance(about, Question):
        return "question", about.place, _of(about)
    return "post", about.place, about.subject
