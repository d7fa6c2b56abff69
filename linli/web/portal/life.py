"""The story of a case as its page tells it: every act with office, time, clause, papers, evidence and receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString

from linli.records.evidence.models import File, Piece
from linli.records.reports.story import CHECK, Chapter, Exhibit, Paper, Story
from linli.records.reports.visibility import shown_files
from linli.records.trail.models import Event
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.models import Field
from linli.rules.policy.rules import Rules
from linli.web.portal.saying import plain_words
from linli.web.shared.shapes import Link, MoneyLine, Photo
from linli.web.shared.tags.quick import address
from linli.web.shared.tags.rules import clauses

_MOMENTS = {"on_site_check": "before", "progress": "during", "acceptance": "after"}
_WRONG = ("refuse",)


@dataclass(frozen=True)
class Sheet:
    """A filled form on the page."""

    title: Text
    version: int
    locked: bool
    rows: list[tuple[Text, Any]]
    tables: list[tuple[Text, list[Text], list[list[Any]]]]
    amended: bool


@dataclass(frozen=True)
class Exhibited:
    """Evidence on the page. `hidden`: there is more that outsiders do not see; its digest is shown instead."""

    title: Text
    facts: list[tuple[Text, Any]]
    files: list[Link]
    summary: Text | None
    hidden: bool
    digest: str
    version: int


@dataclass(frozen=True)
class Step:
    """One act on the line: where it led, by whom, by which clauses."""

    title: Text
    at: datetime | None
    moved: bool
    note: str
    to: Text
    chips: SafeString
    state: str  # done or refused
    who: Text
    receipt: str
    sheets: Sequence[Sheet]
    exhibits: Sequence[Exhibited]

    @property
    def papers(self) -> int:
        return len(self.sheets) + len(self.exhibits)


def steps(told: Story) -> list[Step]:
    receipts = receipts_of(told)
    return [_step(chapter, told, receipts) for chapter in told.chapters]


def pending(told: Story) -> Step | None:
    """What was filed since the last act."""
    return _step(told.pending, told, {}) if told.pending else None


def receipts_of(told: Story) -> Mapping[str, str]:
    """Decision digest -> the receipt of the sealed act."""
    return {step.decision.digest: getattr(step, "receipt", None) or "" for step in told.standing.steps}


def receipt_of(event: Event) -> str:
    return f"{event.stream}/{event.seq}/{event.sha256[:16]}"


def _step(chapter: Chapter, told: Story, receipts: Mapping[str, str]) -> Step:
    entry = chapter.entry
    return Step(
        title=entry.title,
        at=entry.at,
        moved=entry.moved,
        note=entry.note,
        to=entry.state,
        chips=clauses(told.rules, entry.clause),
        state="refused" if entry.kind in _WRONG else "done",
        who=listed(entry.offices),
        receipt=receipts.get(entry.decision, ""),
        sheets=[_sheet(paper, told) for paper in chapter.papers],
        exhibits=[_exhibit(exhibit, told.rules) for exhibit in chapter.exhibits],
    )


def _sheet(paper: Paper, told: Story) -> Sheet:
    rows = [
        (field.title, field_words(told, field, value, day_in_china(paper.filling.filed_at)))
        for field, value in paper.rows
        if field.type != "lines"
    ]
    tables = [_table(told, field, value) for field, value in paper.rows if field.type == "lines" and isinstance(value, list)]
    filling = paper.filling
    return Sheet(paper.form.title, filling.version, filling.locked_at is not None, rows, tables, bool(filling.amended_by))


def _table(told: Story, field: Field, rows: list[Plain]) -> tuple[Text, list[Text], list[list[Any]]]:
    lines = [row for row in rows if isinstance(row, dict)]
    cells = [[plain_words(kind, row.get(key), told.places) for key, _, kind in field.columns] for row in lines]
    return field.title, [title for _, title, _ in field.columns], cells


def field_words(told: Story, field: Field, value: Plain, filed: date) -> Any:
    """A value as people read it; codes as the titles of their catalogue on the day it was filled in."""
    if not field.catalogue:
        return plain_words(field.type, value, told.places)
    catalogue = told.rules.catalogues(filed).get(field.catalogue)
    codes = value if isinstance(value, list) else [value]
    titles = [catalogue.entries[str(code)].title if catalogue and str(code) in catalogue.entries else str(code) for code in codes]
    return listed(titles)


def _exhibit(exhibit: Exhibit, rules: Rules) -> Exhibited:
    on = day_in_china(exhibit.piece.filed_at)
    return Exhibited(
        exhibit.title,
        [
            (title, _entry_words(rules, value, on) if kind == "entry" else plain_words(kind, value))
            for title, kind, value in exhibit.facts
        ],
        [link_to(file) for file in exhibit.files],
        exhibit.piece.said if exhibit.piece.summary and (exhibit.facts or exhibit.files) else None,
        exhibit.hidden,
        exhibit.piece.digest[:16],
        exhibit.piece.version,
    )


def _entry_words(rules: Rules, value: Plain, on: date) -> Any:
    """The title of an entry, in whichever catalogue it stands."""
    known = (catalogue.entries for catalogue in rules.catalogues(on).values())
    return next((entries[str(value)].title for entries in known if str(value) in entries), plain_words("entry", value))


def link_to(file: File) -> Link:
    return Link(file.name, address("portal:file", file.pk, file.name), file.kind)


def photos(told: Story) -> list[Photo]:
    """Before, during, after: from the checks on the spot, the progress, the acceptance."""
    found = [(_MOMENTS.get(each.piece.kind), each.piece, each.files) for each in _exhibits(told)]
    found += [("before", piece, files) for piece, files in _checks_on_the_spot(told)]
    return [_photo(moment, piece, file) for moment, piece, files in found if moment for file in files if file.kind == "photo"]


def _exhibits(told: Story) -> list[Exhibit]:
    chapters = [*told.chapters, *([told.pending] if told.pending else [])]
    return [exhibit for chapter in chapters for exhibit in chapter.exhibits]


def _checks_on_the_spot(told: Story) -> list[tuple[Piece, list[File]]]:
    """Photos of the needs it answers, as far as this reader sees them."""
    known = told.rules.procedures(day_in_china(told.case.opened_at)).get("need")
    slot = known.slots.get(CHECK) if known else None
    return [(piece, shown_files(piece, slot, told.insider, held)) for piece, held in told.checks]


def _photo(moment: Any, piece: Piece, file: File) -> Photo:
    url = address("portal:file", file.pk, file.name)
    return Photo(moment, url, file.name, day_in_china(piece.filed_at), url)


def money_of(told: Story) -> MoneyLine | None:
    """Budget, contract and settlement, as far as they exist."""
    case = told.case
    if case.amount_fen is None:
        return None
    return MoneyLine(
        case.amount_fen,
        _amount(told, "contract"),
        _amount(told, "settlement"),
        _source(told),
        address("portal:money", told.money.envelope.place_id) + f"?year={told.money.envelope.year}" if told.money else "",
        settled=True,
    )


def _amount(told: Story, slot: str) -> int | None:
    for exhibit in _exhibits(told):
        value = exhibit.piece.facts.get("amount")
        # Only what this reader sees: facts of the slot may be kept from outsiders.
        if exhibit.piece.slot == slot and exhibit.facts and isinstance(value, int):
            return value
    return None


def sources_of(told: Story) -> list[str]:
    """Where the money comes from: named sources, else the plan's, else the envelope it is promised from."""
    named = [one.source for one in told.sources]
    if named:
        return named
    planned = [
        str(row["source"])
        for chapter in told.chapters
        for paper in chapter.papers
        for field, value in paper.rows
        if field.key == "funding_sources" and isinstance(value, list)
        for row in value
        if isinstance(row, dict) and row.get("source")
    ]
    return planned or ([told.money.envelope.source] if told.money else [])


def _source(told: Story) -> Text:
    return listed(dict.fromkeys(sources_of(told)))
