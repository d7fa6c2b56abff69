"""The whole story of a case for one reader: every act with its clause and its papers, the needs, the money, what is ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from linli.records.cases.linked import linked_needs
from linli.records.cases.models import Case
from linli.records.cases.permissions import require_seen
from linli.records.cases.selectors.completeness import Completeness, completeness, paper_lists
from linli.records.cases.selectors.lists import visible_to
from linli.records.cases.selectors.timeline import Entry, timeline_of
from linli.records.evidence import selectors as evidence
from linli.records.evidence.models import File, Filling, Piece
from linli.records.funds.models import Commitment, Contribution
from linli.records.funds.selectors import commitment_of, contributions
from linli.records.meetings.models import AgendaItem
from linli.records.meetings.selectors import items_about
from linli.records.needs.models import Need
from linli.records.notices.models import Notice
from linli.records.people.models import Person
from linli.records.reports.visibility import facts_shown, is_insider, shown_data, shown_files
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field, Form, Procedure, State
from linli.rules.policy.rules import Rules


@dataclass(frozen=True)
class Paper:
    """A filled form as a reader sees it."""

    form: Form
    filling: Filling
    rows: list[tuple[Field, Plain]]


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence as a reader sees it; `hidden` says that there is more than is shown."""

    piece: Piece
    title: Text
    facts: list[tuple[Text, str, Plain]]  # title, type of the fact, value
    files: list[File]
    hidden: bool


@dataclass(frozen=True)
class Chapter:
    """One act with what was filed between the act before it and itself."""

    entry: Entry
    papers: Sequence[Paper] = ()
    exhibits: Sequence[Exhibit] = ()


@dataclass(frozen=True)
class Story:
    case: Case
    rules: Rules
    procedure: Procedure
    state: State
    insider: bool
    chapters: list[Chapter]
    ahead: list[Entry]
    pending: Chapter | None  # filed since the last act
    needs: list[Need]
    money: Commitment | None
    sources: Sequence[Contribution]
    notices: list[Notice]
    meetings: list[AgendaItem]
    children: list[Case]
    archives: Sequence[Completeness] = ()


def story(case: Case, reader: Person | None, at: datetime) -> Story:
    """Raises NotFound for those who may not know of the case. A constant number of queries."""
    on = day_in_china(at)
    require_seen(reader, case, on)
    now = standing(case.subject)
    insider = is_insider(reader, case.place, on)
    entries = timeline_of(now)
    past = [entry for entry in entries if entry.at is not None]
    chapters, pending = _chapters(case, now, past, insider)
    return Story(
        case=case,
        rules=now.rules,
        procedure=now.procedure,
        state=now.procedure.states[now.passage.state],
        insider=insider,
        chapters=chapters,
        ahead=[entry for entry in entries if entry.at is None],
        pending=pending,
        needs=list(linked_needs(case).select_related("place")),
        money=commitment_of(case.subject),
        sources=contributions(case.subject),
        notices=list(Notice.objects.filter(subject_kind="case", subject_id=str(case.pk)).order_by("published_at")),
        meetings=list(items_about(case.subject).select_related("meeting")),
        children=list(visible_to(reader, on).filter(parent=case).order_by("id")),
        archives=_archives(case, now),
    )


def _archives(case: Case, now: Standing) -> list[Completeness]:
    """How complete its archive is, where the procedure asks for one: everybody may know what is missing."""
    if not paper_lists(now):
        return []
    return completeness(now, evidence.pieces(case.subject), evidence.answers(case.subject))


def _chapters(case: Case, now: Standing, past: list[Entry], insider: bool) -> tuple[list[Chapter], Chapter | None]:
    papers, exhibits = _papers(case, now, insider), _exhibits(case, now, insider)
    chapters, since = [], None
    for entry in past:
        chapters.append(
            Chapter(
                entry,
                [paper for paper in papers if _between(paper.filling.filed_at, since, entry.at)],
                [each for each in exhibits if _between(each.piece.filed_at, since, entry.at)],
            )
        )
        since = entry.at
    left = Chapter(
        past[-1] if past else _nothing(now),
        [paper for paper in papers if _between(paper.filling.filed_at, since, None)],
        [each for each in exhibits if _between(each.piece.filed_at, since, None)],
    )
    return chapters, left if left.papers or left.exhibits else None


def _nothing(now: Standing) -> Entry:
    state = now.procedure.states[now.passage.state].title
    return Entry(act="", title=state, state=state, kind="advance", clause=(), offices=())


def _between(moment: datetime, after: datetime | None, until: datetime | None) -> bool:
    return (after is None or moment > after) and (until is None or moment <= until)


def _papers(case: Case, now: Standing, insider: bool) -> list[Paper]:
    """Every version of every form that the rules still know, oldest first."""
    on = now.rules_on
    forms = now.rules.forms(on)
    rows = (
        Filling.objects.filter(subject_kind="case", subject_id=str(case.pk)).select_related("filed_by").order_by("filed_at", "id")
    )
    return [Paper(forms[row.form], row, shown_data(row, forms[row.form], insider)) for row in rows if row.form in forms]


def _exhibits(case: Case, now: Standing, insider: bool) -> list[Exhibit]:
    rows = Piece.objects.filter(subject_kind="case", subject_id=str(case.pk)).select_related("filed_by")
    latest = {row.slot: row for row in rows.order_by("slot", "version")}
    kept = sorted(latest.values(), key=lambda row: (row.filed_at, row.pk))
    prefetch_related_objects(kept, "files__redacted_copies")
    return [_exhibit(row, now, insider) for row in kept]


def _exhibit(piece: Piece, now: Standing, insider: bool) -> Exhibit:
    slot = now.procedure.slots.get(piece.slot)
    kind = now.rules.vocabulary.evidence.get(piece.kind)
    files = shown_files(piece, slot, insider)
    title = slot.title if slot else kind.title if kind else Text(piece.slot, piece.slot)
    facts = _facts(piece, now) if facts_shown(slot, insider) else []
    return Exhibit(piece, title, facts, files, hidden=len(files) < len(piece.files.all()) or (bool(piece.facts) and not facts))


def _facts(piece: Piece, now: Standing) -> list[tuple[Text, str, Plain]]:
    vocabulary = now.rules.vocabulary
    kind = vocabulary.evidence.get(piece.kind)
    types = kind.facts if kind else {}
    return [(vocabulary.fact_title(name), types[name], value) for name, value in piece.facts.items() if name in types]
