"""What stands above and beside the course of a project, in plain values: told all it shows, the page fills it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from linli.records.cases.models import Case
from linli.records.cases.selectors.completeness import Completeness
from linli.records.meetings.models import AgendaItem
from linli.records.reports.labels import Label, known_of, labels
from linli.records.reports.story import Story
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.portal import life, matter
from linli.web.portal.listing import NeedCard, NoticeCard, ProjectCard, stamp_of
from linli.web.shared.shapes import MoneyLine, Photo, Stamp, Tab
from linli.web.shared.tags.rules import clause

ENDED_BADLY = ("refused", "withdrawn", "failed")


@dataclass(frozen=True)
class Top:
    """What it is and where it stands, before anything else."""

    stamp: Stamp
    amount_fen: int | None
    needs: int
    facts: list[tuple[Text, Text]]
    procedure: Text
    summary: str
    why_not: str
    said: list[tuple[Text, Any]]


@dataclass(frozen=True)
class Wording:
    """A text the regulation wants shown, with the chip of its clause."""

    title: Text
    body: Text
    chip: SafeString


@dataclass(frozen=True)
class Papers:
    """How complete an archive is; what is missing with those who file it."""

    title: Text
    there: int
    parts: int
    missing: list[tuple[Text, tuple[Text, ...]]]
    chip: SafeString


@dataclass(frozen=True)
class Sitting:
    """A meeting it was about; votes as (for, against, abstained)."""

    pk: int
    title: str
    day: date
    cancelled: bool
    votes: list[tuple[int, int, int]]


@dataclass(frozen=True)
class SetAside:
    """Money of a year that is kept for it."""

    place: str
    year: int
    fen: int


@dataclass(frozen=True)
class Beside:
    code: str
    version: str
    pack: str
    money: MoneyLine | None
    set_aside: SetAside | None
    reckons_money: bool
    takes_needs: bool
    wordings: list[Wording]
    archives: list[Papers]
    photos: list[Photo]
    needs: list[NeedCard]
    meetings: list[Sitting]
    notices: list[NoticeCard]
    changes: list[ProjectCard]


def top(told: Story, on: date) -> Top:
    case = told.case
    own_words = [] if case.summary or matter.takes_needs(told, on) else matter.said(told)
    return Top(
        stamp=stamp_of(told.state),
        amount_fen=case.amount_fen,
        needs=len(told.needs),
        facts=_facts(told),
        procedure=told.procedure.title,
        summary=case.summary,
        why_not=_why_not(told),
        said=own_words,
    )


def beside(
    told: Story,
    on: date,
    *,
    needs: list[NeedCard],
    meetings: Sequence[tuple[AgendaItem, Sequence[AgendaItem]]],
    notices: list[NoticeCard],
    changes: list[ProjectCard],
) -> Beside:
    held = told.money
    return Beside(
        code=told.case.code,
        version=told.rules.version,
        pack=told.rules.pack.id,
        money=life.money_of(told),
        set_aside=SetAside(held.envelope.place.short_name, held.envelope.year, held.amount_fen) if held else None,
        reckons_money=matter.reckons_money(told.procedure, told.rules, on),
        takes_needs=matter.takes_needs(told, on),
        wordings=[wording(told.rules, one) for one in wordings(told, on) if one.of_this],
        archives=[_papers(told.rules, one) for one in told.archives],
        photos=life.photos(told),
        needs=needs,
        meetings=[_sitting(item, votes) for item, votes in meetings],
        notices=notices,
        changes=changes,
    )


def ways(known: Beside) -> list[Tab]:
    """The parts of the page that are there."""
    parts = [
        (Text("经过", "What happened"), "course", True),
        (Text("钱", "Money"), "money", known.money is not None or known.reckons_money),
        (Text("需求", "Needs"), "needs", bool(known.needs) or known.takes_needs),
        (Text("会议", "Meetings"), "meetings", bool(known.meetings)),
        (Text("公示", "Notices"), "notices", bool(known.notices)),
        (Text("自己核对", "Check it yourself"), "check", True),
    ]
    return [Tab(title, f"#{part}") for title, part, there in parts if there]


def wordings(told: Story, on: date) -> list[Label]:
    known = known_of(told.case, needs=len(told.needs), sources=life.sources_of(told))
    return labels(told.rules, on, "project_page", known, told.procedure.id)


def wording(rules: Rules, label: Label) -> Wording:
    return Wording(label.title, label.body, clause(rules, label.clause))


def _papers(rules: Rules, found: Completeness) -> Papers:
    known = found.checklist
    missing = [(part.text, part.by) for part in found.missing]
    return Papers(known.title, found.there, len(found.parts), missing, clause(rules, known.clause))


def _sitting(item: AgendaItem, votes: Sequence[Any]) -> Sitting:
    meeting = item.meeting
    counted = [(vote.votes_for, vote.votes_against, vote.votes_abstain) for vote in votes]
    return Sitting(meeting.pk, meeting.title, day_in_china(meeting.convened_for), meeting.state == "cancelled", counted)


def _why_not(told: Story) -> str:
    """The reason given with the act that ended it without result."""
    if told.state.end not in ENDED_BADLY or not told.chapters:
        return ""
    return told.chapters[-1].entry.note


def _facts(told: Story) -> list[tuple[Text, Text]]:
    """Type and category in words, as the procedure of the case sorts them."""
    found: list[tuple[Text, Text]] = []
    case: Case = told.case
    catalogues = told.rules.catalogues(day_in_china(case.opened_at))
    for name, code in ((told.procedure.type_catalogue, case.type), (told.procedure.category_catalogue, case.category)):
        known = catalogues.get(name)
        if known and code in known.entries:
            found.append((known.title, known.entries[code].title))
    return found
