"""Rows for lists: each list asks the database a fixed number of times, however long it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from linli.records.cases.models import Case
from linli.records.cases.selectors import rows as case_rows
from linli.records.meetings.models import Meeting
from linli.records.needs.models import Need
from linli.records.notices.models import Notice, NoticeContent
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, within
from linli.records.rulebook.selectors import passages_of, procedures_of
from linli.rules.plain.texts import Text
from linli.rules.policy.models import State
from linli.web.shared.shapes import Stamp, Tone

_TONES: Mapping[str, Tone] = {"done": "done", "refused": "refused", "failed": "refused", "withdrawn": "closed"}
_UNKNOWN = Text("状态不明", "state unknown")


def stamp_of(state: State) -> Stamp:
    return Stamp(state.title, _TONES.get(state.end, "running"))


@dataclass(frozen=True, slots=True)
class NeedCard:
    """All that a card of a need shows. `together`: the title of needs said to be the same."""

    code: str
    what: str
    where: str
    raised_at: datetime
    together: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class NeedRow:
    need: Need
    stamp: Stamp

    @property
    def card(self) -> NeedCard:
        need = self.need
        together = need.cluster.title if need.cluster else ""
        return NeedCard(need.code, need.what, need.where, need.raised_at, together, self.stamp)


def need_rows(needs: Iterable[Need]) -> Sequence[NeedRow]:
    """Needs with where each stands."""
    page = list(needs)
    passages = passages_of("need", [str(need.pk) for need in page])
    procedures = procedures_of(passages.values())
    found = []
    for need in page:
        passage = passages.get(str(need.pk))
        state = procedures[passage.pk].states[passage.state] if passage else None
        found.append(NeedRow(need, stamp_of(state) if state else Stamp(_UNKNOWN, "closed")))
    return found


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """All that a card of a project shows."""

    code: str
    title: str
    stamp: Stamp
    amount_fen: int | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CaseRow:
    case: Case
    stamp: Stamp
    stage: Text
    since: datetime | None

    @property
    def card(self) -> ProjectCard:
        return ProjectCard(self.case.code, self.case.title, self.stamp, self.case.amount_fen, self.since)


def project_rows(cases: Iterable[Case]) -> Sequence[CaseRow]:
    """Cases with where each stands, and since when."""
    return [
        CaseRow(row.case, stamp_of(row.state), row.stage.title, row.case.passage.entered_at if row.case.passage else None)
        for row in case_rows(cases)
    ]


def _now_running(on: date) -> Q:
    return Q(taken_down_at__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def running_notices(on: date) -> QuerySet[Notice]:
    """Notices that hang and whose time is not over."""
    return Notice.objects.filter(_now_running(on))


def past_notices(on: date) -> QuerySet[Notice]:
    return Notice.objects.exclude(_now_running(on))


def titled(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """With what each says now (`title`), and how many objections came and wait (`objected`, `waiting`)."""
    latest = NoticeContent.objects.filter(notice=OuterRef("pk")).order_by("-number").values("title")[:1]
    return notices.select_related("place").annotate(
        title=Subquery(latest),
        objected=Count("objections"),
        waiting=Count("objections", filter=Q(objections__isnull=False, objections__closing__isnull=True)),
    )


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """All that a card of a notice shows: how many objections came and how many wait."""

    pk: int
    title: str
    place: str
    published_at: datetime
    ends_on: date | None
    down: bool
    objected: int
    waiting: int


def notice_cards(notices: Iterable[Notice]) -> list[NoticeCard]:
    """Of notices as `titled` reads them."""
    return [_notice_card(one) for one in notices]


def _notice_card(one: Any) -> NoticeCard:
    down = one.taken_down_at is not None
    return NoticeCard(one.pk, one.title, one.place.short_name, one.published_at, one.ends_on, down, one.objected, one.waiting)


def around(place: Place, through: str = "place") -> Q:
    """What concerns people of a place: in it, or in a larger place it lies in."""
    return beneath(place, through) | Q(**{f"{through}__in": place.ancestor_codes[:-1]})


def near(path: str, until: str, above: Sequence[str], *, through: str = "place") -> Q:
    """The same of a small place by plain values, for a prepared question."""
    return within(path, until, through, small=True) | Q(**{f"{through}__in": above})


def coming_meetings(where: Q, at: datetime) -> QuerySet[Meeting]:
    """Called and not yet held, the next first."""
    found = Meeting.objects.filter(where, state="called", convened_for__gte=at)
    return found.select_related("place").order_by("convened_for", "pk")
