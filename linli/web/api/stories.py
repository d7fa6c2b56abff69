"""The story of a case as JSON: acts, papers, evidence, money. Made from what an outsider may see; no names of people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ninja import Schema

from linli.records.cases.selectors import Entry
from linli.records.reports.story import Chapter, Exhibit, Paper, Story
from linli.rules.policy.models import Field
from linli.web.api.shapes import PlaceRef, Standing, Words, place_ref, words

# What such a field holds is a reference to somebody.
_OF_PEOPLE = ("person", "phone")


class FieldOut(Schema):
    key: str
    title: Words
    type: str
    clause: str
    value: Any


class FormOut(Schema):
    id: str
    title: Words
    version: int
    filed_at: datetime
    locked: bool
    digest: str
    fields: list[FieldOut]


class FileOut(Schema):
    id: int
    name: str
    sha256: str
    size: int
    mime: str


class FactOut(Schema):
    title: Words
    type: str
    value: Any


class EvidenceOut(Schema):
    slot: str
    kind: str
    title: Words
    version: int
    filed_at: datetime
    digest: str
    facts: list[FactOut]
    files: list[FileOut]
    withheld: bool  # there is more than outsiders are shown


class ActOut(Schema):
    act: str
    title: Words
    state: Words
    kind: str
    at: datetime | None
    clauses: list[str]
    offices: list[Words]
    note: str
    rules: str
    decision: str  # digest of the sealed decision
    forms: list[FormOut]
    evidence: list[EvidenceOut]


class StoryOut(Schema):
    code: str
    title: str
    place: PlaceRef
    procedure: str
    procedure_title: Words
    state: Standing
    rules: str
    year: int
    type: str
    category: str
    amount_fen: int | None
    demonstration: bool
    acts: list[ActOut]
    since_last_act: ActOut | None
    ahead: list[ActOut]
    needs: list[str]
    notices: list[int]
    meetings: list[int]
    children: list[str]
    committed_fen: int | None
    sources: list[dict[str, str | int]]


def story_out(told: Story) -> StoryOut:
    case, state = told.case, told.state
    return StoryOut(
        code=case.code,
        title=case.title,
        place=place_ref(case.place),
        procedure=told.procedure.id,
        procedure_title=words(told.procedure.title),
        state=Standing(id=state.id, title=words(state.title), end=state.end),
        rules=told.rules.version,
        year=case.year,
        type=case.type,
        category=case.category,
        amount_fen=case.amount_fen,
        demonstration=case.demonstration,
        acts=[_chapter(chapter) for chapter in told.chapters],
        since_last_act=_chapter(told.pending) if told.pending else None,
        ahead=[_act(entry, (), ()) for entry in told.ahead],
        needs=[need.code for need in told.needs],
        notices=[notice.pk for notice in told.notices],
        meetings=list(dict.fromkeys(item.meeting_id for item in told.meetings)),
        children=[child.code for child in told.children],
        committed_fen=told.money.amount_fen if told.money else None,
        sources=[{"source": one.source, "amount_fen": one.amount_fen} for one in told.sources],
    )


def _chapter(chapter: Chapter) -> ActOut:
    return _act(chapter.entry, chapter.papers, chapter.exhibits)


def _act(entry: Entry, papers: Sequence[Paper], exhibits: Sequence[Exhibit]) -> ActOut:
    return ActOut(
        act=entry.act,
        title=words(entry.title),
        state=words(entry.state),
        kind=entry.kind,
        at=entry.at,
        clauses=list(entry.clause),
        offices=[words(office) for office in entry.offices],
        note=entry.note,
        rules=entry.rules_version,
        decision=entry.decision,
        forms=[_form(paper) for paper in papers],
        evidence=[_evidence(exhibit) for exhibit in exhibits],
    )


def _form(paper: Paper) -> FormOut:
    filling = paper.filling
    return FormOut(
        id=paper.form.id,
        title=words(paper.form.title),
        version=filling.version,
        filed_at=filling.filed_at,
        locked=filling.locked_at is not None,
        digest=filling.digest,
        fields=[_field(field, value) for field, value in paper.rows if field.type not in _OF_PEOPLE],
    )


def _field(field: Field, value: Any) -> FieldOut:
    return FieldOut(key=field.key, title=words(field.title), type=field.type, clause=field.clause, value=value)


def _evidence(exhibit: Exhibit) -> EvidenceOut:
    piece = exhibit.piece
    return EvidenceOut(
        slot=piece.slot,
        kind=piece.kind,
        title=words(exhibit.title),
        version=piece.version,
        filed_at=piece.filed_at,
        digest=piece.digest,
        facts=[FactOut(title=words(title), type=type, value=value) for title, type, value in exhibit.facts],
        files=[FileOut(id=file.pk, name=file.name, sha256=file.sha256, size=file.size, mime=file.mime) for file in exhibit.files],
        withheld=exhibit.hidden,
    )
