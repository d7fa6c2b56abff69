"""A line of a to-do list with words for what it is about and one link to the very place where it is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from linli.records.cases.models import Case
from linli.records.duties.models import Duty, Reply
from linli.records.duties.selectors import Todo
from linli.records.meetings.models import Opinion
from linli.records.needs.models import Need
from linli.records.notices.models import NoticeContent, Objection
from linli.records.places.models import Place
from linli.records.prepared import Prepared
from linli.records.registers.models import Row
from linli.records.scorecards.owing import SOURCE as SCORING
from linli.records.texts.models import Comment, Question
from linli.rules.plain.texts import Text
from linli.web.desk.loaders import address
from linli.web.desk.spans import span_of

_REPLIES = {
    "need": Text("答复居民需求", "Answer a resident's need"),
    "objection": Text("答复公示异议", "Answer an objection"),
    "opinion": Text("答复会上的意见", "Answer an opinion given at a meeting"),
    "comment": Text("答复征集意见", "Answer a comment"),
    "query": Text("答复询问", "Answer a query"),
    "red_flag": Text("核实预警", "Look into a warning"),
}


@dataclass(frozen=True)
class Line:
    """`about` says which matter; `url` is where it is done, `action` what to do there."""

    todo: Todo
    title: Text
    about: Text | str
    url: str
    action: Text
    unset_url: str = ""
    alike: "tuple[Line, ...]" = ()  # more of the same kind, owed by the same desk until the same day

    @property
    def owed(self) -> Duty | Reply:
        return self.todo.owed


GO = Text("去办理", "Go there")
SAY_DONE = Text("去登记办结", "Say how it was done")
ANSWER = Text("去答复", "Answer it")
SCORE = Text("去评分", "Score it")
WRITE = Text("去填报", "Write it")


@dataclass
class Things:
    """Everything the lines speak of, read at once: one query for each kind of thing, however many lines."""

    cases: Mapping[str, Case] = field(default_factory=dict)
    needs: Mapping[str, Need] = field(default_factory=dict)
    objections: Mapping[str, Objection] = field(default_factory=dict)
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    comments: Mapping[str, Comment] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    rows: Mapping[str, Row] = field(default_factory=dict)


FOLDED_FROM = 3


def lines_of(groups: Iterable[Sequence[Todo]]) -> list[list[Line]]:
    """In their order; many answers of one kind that fall due together are one line with the others folded into it."""
    found = [list(group) for group in groups]
    things = _things([todo for group in found for todo in group])
    return [_folded([_line(todo, things) for todo in group]) for group in found]


def _folded(found: list[Line]) -> list[Line]:
    groups: dict[object, list[Line]] = {}
    for line in found:
        owed = line.owed
        together = (owed.kind, owed.office, owed.place_id, owed.due_on) if isinstance(owed, Reply) else id(line)
        groups.setdefault(together, []).append(line)
    shown: list[Line] = []
    for alike in groups.values():
        shown += [replace(alike[0], alike=tuple(alike[1:]))] if len(alike) >= FOLDED_FROM else alike
    return shown


def _things(todos: list[Todo]) -> Things:
    ids: dict[str, set[str]] = {}
    for todo in todos:
        ids.setdefault(todo.owed.subject_kind, set()).add(todo.owed.subject_id)
    places = {id.partition("/")[0] for id in ids.get("place_year", ())}
    return Things(
        cases=_by_id(_CASES, ids.get("case")),
        needs=_by_id(_NEEDS, ids.get("need")),
        objections=_by_id(_OBJECTIONS, ids.get("objection")),
        opinions=_by_id(_OPINIONS, ids.get("opinion")),
        rows=_by_id(_ROWS, ids.get("register_row")),
        comments=_by_id(_COMMENTS, ids.get("comment")),
        questions=_by_id(_QUESTIONS, ids.get("question")),
        places={place.code: place for place in _PLACES(sorted(places))},
    )


def _objections() -> QuerySet[Objection]:
    """Each with the title of its notice as it reads now."""
    latest = NoticeContent.objects.filter(notice=OuterRef("notice")).order_by("-number").values("title")[:1]
    return Objection.objects.annotate(title=Subquery(latest))


_CASES = Prepared(lambda ids: Case.objects.filter(pk__in=ids).only("code", "title"))
_NEEDS = Prepared(lambda ids: Need.objects.filter(pk__in=ids).order_by().only("code", "what"))
_OBJECTIONS = Prepared(lambda ids: _objections().filter(pk__in=ids))
_OPINIONS = Prepared(lambda ids: Opinion.objects.filter(pk__in=ids).select_related("meeting"))
_ROWS = Prepared(lambda ids: Row.objects.filter(pk__in=ids))
_COMMENTS = Prepared(lambda ids: Comment.objects.filter(pk__in=ids).select_related("document"))
_QUESTIONS = Prepared(lambda ids: Question.objects.filter(pk__in=ids).defer("contact"))
_PLACES = Prepared(lambda codes: Place.objects.filter(pk__in=codes))


def _by_id(those: Prepared[Any], ids: set[str] | None) -> dict[str, Any]:
    return {str(row.pk): row for row in those(sorted(int(id) for id in ids))} if ids else {}


def _line(todo: Todo, things: Things) -> Line:
    owed = todo.owed
    about, url = _about(owed, things)
    if isinstance(owed, Reply):
        return Line(todo, _REPLIES[owed.kind], about, url, ANSWER)
    unset = address("desk:local_setting", owed.unset) if owed.unset else ""
    if isinstance(owed, Duty) and owed.source == SCORING:
        return Line(todo, owed.title, about, address("desk:scoring", int(owed.source_key)), SCORE, unset)
    if owed.subject_kind == "place_year":
        year_url, action = _way_of_year(owed)
        return Line(todo, owed.title, _spanned(about, span_of(owed)), year_url, action, unset)
    return Line(todo, owed.title, about, url, GO, unset)


def _about(owed: Duty | Reply, things: Things) -> tuple[Text | str, str]:
    id = owed.subject_id
    match owed.subject_kind:
        case "case" if case := things.cases.get(id):
            url = address("desk:dossier", case.code)
            through = isinstance(owed, Duty) and owed.through_kind == "form" and owed.through_id
            return f"{case.code} {case.title}", address("desk:form", case.code, through) if through else url
        case "need" if need := things.needs.get(id):
            return f"{need.code} {need.what[:40]}", address("desk:need", need.code)
        case "objection" if objection := things.objections.get(id):
            about: Any = objection
            said = Text(f"{about.title} 异议 {objection.shown_code}", f"{about.title} objection {objection.shown_code}")
            return said, address("desk:notice", objection.notice_id) + "#objections"
        case "opinion" if opinion := things.opinions.get(id):
            return f"{opinion.topic} {opinion.text[:30]}", address("desk:meeting", opinion.meeting_id)
        case "register_row" if row := things.rows.get(id):
            return row.words[:40] or row.key, address("desk:register_row", row.pk)
        case "comment" if comment := things.comments.get(id):
            zh, en = f"第 {comment.number} 号意见", f"comment {comment.number}"
            return Text(f"{comment.document.title} {zh}", f"{comment.document.title}, {en}"), address(
                "desk:text", comment.document_id
            )
        case "question" if question := things.questions.get(id):
            return question.words[:40], address("desk:questions", place=question.place_id)
        case "place_year":
            code, _, year = id.partition("/")
            name = things.places[code].short_name if code in things.places else code
            return Text(f"{name} {year} 年度", f"{name}, {year}"), address("desk:obligations", place=code, year=year)
    return "", ""


def _spanned(about: Text | str, span: Text | None) -> Text | str:
    if span is None or isinstance(about, str):
        return about
    return Text(f"{about.zh} · {span.zh}", f"{about.en} · {span.en}")


def _way_of_year(owed: Duty) -> tuple[str, Text]:
    """What a procedure discharges is begun at the new matter; the rest is said done at the calendar itself."""
    code, _, year = owed.subject_id.partition("/")
    if owed.through_kind == "register":
        return address("desk:register", code, owed.through_id.partition(":")[0]), GO
    if owed.through_kind == "procedure":
        return address("desk:new_case", place=code, procedure=owed.through_id, year=year), GO
    if owed.through_kind == "scorecard":
        return address("desk:open_scoring", place=code, card=owed.through_id), GO
    if owed.through_kind == "form":
        return address("desk:owed_paper", owed.pk), WRITE
    return address("desk:obligation", owed.pk), SAY_DONE
