"""What stands above and beside the course of a project, in plain values: told all it shows, the page fills it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.records.cases.models import Case
from linli.records.meetings.models import AgendaItem
from linli.records.reports.labels import known_of, labels
from linli.records.reports.story import Story
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.web.portal import life, matter
from linli.web.portal.listing import NeedCard, NoticeCard, ProjectCard, stamp_of
from linli.web.shared.archives import archive_meters
from linli.web.shared.rulebooks import rules_named
from linli.web.shared.shapes import ArchiveMeter, MoneyLine, Photo, RuleText, Stamp, Tab
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
    version: Text
    pack: str
    money: MoneyLine | None
    set_aside: SetAside | None
    reckons_money: bool
    takes_needs: bool
    rule_texts: list[RuleText]
    archives: list[ArchiveMeter]
    photos: list[Photo]
    needs: list[NeedCard]
    meetings: list[Sitting]
    notices: list[NoticeCard]
    changes: list[ProjectCard]


def top(told: Story, *, takes_needs: bool) -> Top:
    case = told.case
    own_words = [] if case.summary or takes_needs else matter.said(told)
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
    takes_needs: bool,
    rule_texts: list[RuleText],
    needs: list[NeedCard],
    meetings: Sequence[tuple[AgendaItem, Sequence[AgendaItem]]],
    notices: list[NoticeCard],
    changes: list[ProjectCard],
) -> Beside:
    held = told.money
    return Beside(
        code=told.case.code,
        version=rules_named(told.rules),
        pack=told.rules.pack.id,
        money=life.money_of(told),
        set_aside=SetAside(held.envelope.place.short_name, held.envelope.year, held.amount_fen) if held else None,
        reckons_money=matter.reckons_money(told.procedure, told.rules, on),
        takes_needs=takes_needs,
        rule_texts=rule_texts,
        archives=archive_meters(told.rules, told.archives),
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


def rule_texts(told: Story, on: date) -> tuple[list[RuleText], list[RuleText]]:
    """What the regulation wants said of this very matter, and what it wants said of every one."""
    known = known_of(told.case, needs=len(told.needs), sources=life.sources_of(told))
    of_this: list[RuleText] = []
    of_all: list[RuleText] = []
    for label in labels(told.rules, on, "project_page", known, told.procedure.id):
        shown = RuleText(label.title, label.body, clause(told.rules, label.clause))
        (of_this if label.of_this else of_all).append(shown)
    return of_this, of_all


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
