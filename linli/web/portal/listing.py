"""Rows for lists: each list asks the database a fixed number of times, however long it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from linli.records.cases.models import Case
from linli.records.cases.selectors import rows as case_rows
from linli.records.meetings.models import Meeting
from linli.records.needs.models import Need
from linli.records.notices.models import Notice, NoticeContent
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import passages_of, procedures_of
from linli.rules.plain.texts import Text
from linli.rules.policy.models import State
from linli.web.shared.shapes import Stamp, Tone

_TONES: Mapping[str, Tone] = {"done": "done", "refused": "refused", "failed": "refused", "withdrawn": "closed"}
_UNKNOWN = Text("状态不明", "state unknown")


def stamp_of(state: State) -> Stamp:
    return Stamp(state.title, _TONES.get(state.end, "running"))


@dataclass(frozen=True, slots=True)
class NeedRow:
    need: Need
    stamp: Stamp


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
class CaseRow:
    case: Case
    stamp: Stamp
    stage: Text
    since: datetime | None


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


def around(place: Place, through: str = "place") -> Q:
    """What concerns people of a place: in it, or in a larger place it lies in."""
    return beneath(place, through) | Q(**{f"{through}__in": place.ancestor_codes[:-1]})


def coming_meetings(place: Place, at: datetime) -> QuerySet[Meeting]:
    """Called and not yet held, the next first."""
    found = Meeting.objects.filter(around(place), state="called", convened_for__gte=at)
    return found.select_related("place").order_by("convened_for", "pk")
