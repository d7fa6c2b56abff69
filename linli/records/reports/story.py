"""The whole story of a case for one reader: every act with its clause and its papers, the needs, the money, what is ahead."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from linli.records.cases.linked import needs_of
from linli.records.cases.models import Case
from linli.records.cases.permissions import may_see, require_seen
from linli.records.cases.selectors.completeness import Completeness, completeness, paper_lists
from linli.records.cases.selectors.lists import case_read, children_of
from linli.records.cases.selectors.timeline import Entry, persons_of, timeline_of
from linli.records.evidence import selectors as evidence
from linli.records.evidence.models import File, Filling, Piece
from linli.records.evidence.places_named import places_named
from linli.records.funds.models import Commitment, Contribution
from linli.records.funds.selectors import commitment_of, contributions
from linli.records.meetings.models import AgendaItem
from linli.records.meetings.selectors import items_about
from linli.records.needs.models import Need
from linli.records.notices.models import Notice
from linli.records.people.models import Person
from linli.records.reports.visibility import facts_shown, is_insider, shown_data, shown_files
from linli.records.rulebook.standing import Standing, standing_read
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field, Form, Procedure, State
from linli.rules.policy.rules import Rules

CHECK = "on_site_check"  # the slot of a need whose photos its project shows


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
    papers: list[Paper]
    exhibits: list[Exhibit]


@dataclass(frozen=True)
class Story:
    case: Case
    rules: Rules
    procedure: Procedure
    state: State
    insider: bool
    standing: Standing
    reader: Person | None
    on: date
    needs: list[Need]
    pieces: Sequence[Piece]  # what is there now, and what was voided
    checks: Sequence[tuple[Piece, Sequence[File]]]  # on the spot, of its needs
    fillings: Sequence[Filling]  # every version of every form, oldest first
    held: Mapping[int, list[File]]  # piece -> its files
    places: Mapping[str, str]  # code -> name of every place its forms name
    persons: Mapping[str, Person]  # by whom the acts were taken, where persons are named

    @cached_property
    def entries(self) -> list[Entry]:
        return timeline_of(self.standing, self.persons)

    @cached_property
    def ahead(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.at is None]

    @property
    def chapters(self) -> list[Chapter]:
        return self._course[0]

    @property
    def pending(self) -> Chapter | None:
        """Filed since the last act."""
        return self._course[1]

    @cached_property
    def _course(self) -> tuple[list[Chapter], Chapter | None]:
        past = [entry for entry in self.entries if entry.at is not None]
        papers, exhibits = _papers(self.fillings, self.standing, self.insider), _exhibits(self)
        return _chapters(self.standing, past, papers, exhibits)

    @cached_property
    def money(self) -> Commitment | None:
        return commitment_of(self.case.subject)

    @cached_property
    def sources(self) -> Sequence[Contribution]:
        return contributions(self.case.subject) if getattr(self.case, "has_sources", True) else ()

    @cached_property
    def notices(self) -> list[Notice]:
        found = Notice.objects.filter(subject_kind="case", subject_id=str(self.case.pk))
        return list(found.order_by("published_at"))

    @cached_property
    def meetings(self) -> list[AgendaItem]:
        return items_about(self.case.subject)

    @cached_property
    def children(self) -> list[Case]:
        """Those this reader may see."""
        return [child for child in children_of(self.case) if may_see(self.reader, child, self.on)]

    @cached_property
    def archives(self) -> Sequence[Completeness]:
        """How complete its archive is, where the procedure asks for one: everybody may know what is missing."""
        lists = paper_lists(self.standing)
        if not lists:
            return ()
        pieces = {piece.slot: piece for piece in self.pieces if piece.current}
        asked = any(not item.slot for each in lists for item in each.items.values())
        return completeness(self.standing, pieces, evidence.answers(self.case.subject) if asked else {})


def story(case: Case, reader: Person | None, at: datetime, *, named: bool = True) -> Story:
    """Raises NotFound for those who may not know of the case. A constant number of queries, fewer where less is asked for.

    Everything is read here; it is put in order when it is told. `named=False`: for a page that names offices and no persons.
    """
    on = day_in_china(at)
    case = require_seen(reader, case_read(case.code), on)
    assert case.passage is not None
    now = standing_read(case.passage, sealed=True)
    insider = is_insider(reader, case.place, on)
    needs = needs_of(case)
    pieces, checks = evidence.pieces_beside(case.subject, "need", [str(need.pk) for need in needs], CHECK)
    held = evidence.with_files([*pieces, *checks])
    fillings, forms = evidence.every_filling(case.subject), now.rules.forms(now.rules_on)
    return Story(
        case=case,
        rules=now.rules,
        procedure=now.procedure,
        state=now.procedure.states[now.passage.state],
        insider=insider,
        standing=now,
        reader=reader,
        on=on,
        needs=needs,
        pieces=pieces,
        checks=[(piece, held[piece.pk]) for piece in checks],
        fillings=fillings,
        held=held,
        places=places_named((forms[row.form], row.data) for row in fillings if row.form in forms),
        persons=persons_of(step.by for step in now.steps) if named else {},
    )


def _chapters(
    now: Standing, past: list[Entry], papers: list[Paper], exhibits: list[Exhibit]
) -> tuple[list[Chapter], Chapter | None]:
    """What was filed belongs to the first act taken at that moment or later; what no act has followed yet is left."""
    ends = [entry.at for entry in past if entry.at is not None]
    chapters = [Chapter(entry, [], []) for entry in [*past, past[-1] if past else _nothing(now)]]
    for paper in papers:
        chapters[bisect_left(ends, paper.filling.filed_at)].papers.append(paper)
    for each in exhibits:
        chapters[bisect_left(ends, each.piece.filed_at)].exhibits.append(each)
    left = chapters.pop()
    return chapters, left if left.papers or left.exhibits else None


def _nothing(now: Standing) -> Entry:
    state = now.procedure.states[now.passage.state].title
    return Entry(act="", title=state, state=state, kind="advance", clause=(), offices=())


def _papers(rows: Sequence[Filling], now: Standing, insider: bool) -> list[Paper]:
    """Every version of every form that the rules still know, oldest first."""
    on = now.rules_on
    forms = now.rules.forms(on)
    return [Paper(forms[row.form], row, shown_data(row, forms[row.form], insider)) for row in rows if row.form in forms]


def _exhibits(told: Story) -> list[Exhibit]:
    latest = {row.slot: row for row in told.pieces}
    kept = sorted(latest.values(), key=lambda row: (row.filed_at, row.pk))
    return [_exhibit(row, told.standing, told.insider, told.held[row.pk]) for row in kept]


def _exhibit(piece: Piece, now: Standing, insider: bool, held: Sequence[File]) -> Exhibit:
    slot = now.procedure.slots.get(piece.slot)
    kind = now.rules.vocabulary.evidence.get(piece.kind)
    files = shown_files(piece, slot, insider, held)
    title = slot.title if slot else kind.title if kind else Text(piece.slot, piece.slot)
    facts = _facts(piece, now) if facts_shown(slot, insider) else []
    return Exhibit(piece, title, facts, files, hidden=len(files) < len(held) or (bool(piece.facts) and not facts))


def _facts(piece: Piece, now: Standing) -> list[tuple[Text, str, Plain]]:
    vocabulary = now.rules.vocabulary
    kind = vocabulary.evidence.get(piece.kind)
    types = kind.facts if kind else {}
    return [(vocabulary.fact_title(name), types[name], value) for name, value in piece.facts.items() if name in types]
