"""Calls for comment and what came of them: open ones first, comments with their answers, counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import standing
from linli.records.texts.models import CHANNELS, VERDICTS, Call, Comment, Document, Group
from linli.records.trail.codes import read_code
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text

LAST_DAY = "comment_deadline"


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day for comments and who says so; `day` None: nobody has set it."""

    day: date | None
    set_by: str = ""
    document: str = ""
    clause: str = ""


def last_day(document: Document) -> LastDay:
    """By the rules of the stage its matter stands in."""
    try:
        now = standing(document.subject)
    except NotFound:
        return LastDay(None)
    if LAST_DAY not in now.rules.parameters():
        return LastDay(None)
    reading = now.rules.read(LAST_DAY, on=now.rules_on)
    if not isinstance(reading.value, date):
        return LastDay(None, clause=reading.clause)
    return LastDay(reading.value, LAST_DAY, reading.local.document if reading.local else "", reading.clause)


def calls(place: Place | None = None) -> QuerySet[Call]:
    """Of a place and everything in it when given; the texts and their places come with them."""
    found = Call.objects.select_related("document__place", "version")
    return found.filter(beneath(place, "document__place")) if place else found


def counted(found: QuerySet[Call]) -> QuerySet[Call]:
    """With how many comments came in (`received`) and how many reports stand (`reports`)."""
    reports = Document.objects.filter(pk=OuterRef("document")).annotate(n=Count("reports")).values("n")
    return found.annotate(received=Count("comments"), reports=Subquery(reports))


def running(on: date) -> Q:
    return Q(closed_at__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


@dataclass(frozen=True)
class Shown:
    """A comment as everybody may read it. `words` is "" when hidden or erased; `ground` then says why."""

    comment: Comment
    words: str
    hidden: bool
    ground: str
    group: Group | None
    verdict: str
    reason: str
    answered_on: date | None

    @property
    def open(self) -> bool:
        return not self.verdict


@dataclass(frozen=True)
class GroupShown:
    group: Group
    members: Sequence[Shown]
    verdict: str
    reason: str


@dataclass(frozen=True)
class Heard:
    """Everything said about a text: by paragraph (None: on the whole), by group."""

    every: Sequence[Shown]
    groups: Sequence[GroupShown] = field(default_factory=tuple)

    def on(self, anchor: int | None) -> list[Shown]:
        return [one for one in self.every if one.comment.anchor == anchor]

    @property
    def by_anchor(self) -> Mapping[int | None, list[Shown]]:
        found: dict[int | None, list[Shown]] = {}
        for one in self.every:
            found.setdefault(one.comment.anchor, []).append(one)
        return found

    @property
    def unanswered(self) -> list[Shown]:
        return [one for one in self.every if one.open]


_WITH = ("statement", "answer", "hiding", "grouping__group__answer")


def heard(document: Document) -> Heard:
    """Every comment ever received, by number; none is left out. Two queries."""
    rows = [_shown(row) for row in document.comments.select_related(*_WITH).order_by("number")]
    groups = document.groups.select_related("answer").order_by("number")
    return Heard(rows, [_group(group, [row for row in rows if row.group and row.group.pk == group.pk]) for group in groups])


def _group(group: Group, members: Sequence[Shown]) -> GroupShown:
    answer = getattr(group, "answer", None)
    return GroupShown(group, members, answer.verdict if answer else "", answer.reason if answer else "")


def _shown(row: Comment) -> Shown:
    hiding, statement, own = getattr(row, "hiding", None), getattr(row, "statement", None), getattr(row, "answer", None)
    grouping = getattr(row, "grouping", None)
    group = grouping.group if grouping else None
    answer = own or (getattr(group, "answer", None) if group else None)
    hidden = hiding is not None or statement is None
    return Shown(
        comment=row,
        words="" if hidden or statement is None else statement.words,
        hidden=hidden,
        ground=hiding.ground if hiding else "",
        group=group,
        verdict=answer.verdict if answer else "",
        reason=answer.reason if answer else "",
        answered_on=day_in_china(answer.at) if answer else None,
    )


def unanswered(document: Document) -> QuerySet[Comment]:
    return document.comments.filter(answer__isnull=True).exclude(grouping__group__answer__isnull=False)


def counts(document: Document) -> dict[str, int]:
    """received, late, unanswered, groups, one number per way and per verdict."""
    every = heard(document).every
    found = {
        "received": len(every),
        "late": sum(one.comment.late for one in every),
        "unanswered": sum(one.open for one in every),
        "groups": document.groups.count(),
    }
    found |= {channel: sum(one.comment.channel == channel for one in every) for channel in CHANNELS}
    return found | {verdict: sum(one.verdict == verdict for one in every) for verdict in VERDICTS}


def comment_by_code(typed: str) -> Comment:
    """The comment a receipt names. Raises NotFound."""
    code = read_code(typed)
    found = Comment.objects.select_related("document__place", *_WITH).filter(code=code).first() if code else None
    if found is None:
        raise NotFound(Text("没有找到这个编号的意见。", "No comment has this code."))
    return found


def comment_shown(comment: Comment) -> Shown:
    return _shown(comment)
