"""What of a record is looked through: exactly what its page shows to everybody. One function for each kind.

A need that was taken back, a project that is still a draft or not public: no entry. Names, phones, sealed fields,
objections, opinions and minutes are never read here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from linli.records.cases.models import Case
from linli.records.cases.selectors import rows, visible_to
from linli.records.meetings.models import AgendaItem, Meeting
from linli.records.needs.models import Need
from linli.records.notices.models import Notice, NoticeContent
from linli.records.places.models import Place
from linli.records.reports.search.models import SearchEntry
from linli.records.reports.search.tokens import grams, initials
from linli.records.rulebook.selectors import passages_of, procedures_of
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text

_TITLE, _TEXT = 120, 600
_FIRST_DAY, _NUMBER_BITS, _KIND_BITS = date(1900, 1, 1), 41, 3
# Of one day projects come first. Eight kinds have room; a number once given stays.
_RANKS = {"need": 0, "meeting": 1, "notice": 2, "project": 5}
_UNKNOWN = Text("状态不明", "state unknown")
_NOTICE = {True: Text("公示中", "On notice"), False: Text("已结束", "Over")}
_MEETING = {
    "called": (Text("将召开", "To be held"), "running"),
    "open": (Text("正在开", "In session"), "running"),
    "closed": (Text("已开完", "Held"), "done"),
    "cancelled": (Text("已取消", "Cancelled"), "stopped"),
}


def key_of(kind: str, number: int, day: date) -> int:
    """Later days first, then the kinds in their order, then the newer number: one number that sorts everything."""
    return (max(0, (day - _FIRST_DAY).days) << (_NUMBER_BITS + _KIND_BITS)) | (_RANKS[kind] << _NUMBER_BITS) | number


def entries_of(kind: str, numbers: Iterable[int], on: date) -> list[SearchEntry]:
    """The entries of these things as they stand on a day; those nobody outside may see have none."""
    return _MAKERS[kind](list(numbers), on)


def notices_over(on: date) -> "QuerySet[Any, int]":
    """Notices that are still said to run although their last day has passed."""
    running = SearchEntry.objects.filter(kind="notice", state="running").values("number")
    return Notice.objects.filter(pk__in=running, ends_on__lt=on).values_list("pk", flat=True)


def every_number(kind: str) -> "QuerySet[Any, int]":
    """The numbers of all there are of a kind, in order."""
    model = {"need": Need, "project": Case, "notice": Notice, "meeting": Meeting}[kind]
    return model._default_manager.order_by("pk").values_list("pk", flat=True)


def _needs(numbers: Sequence[int], on: date) -> list[SearchEntry]:
    found = Need.objects.filter(pk__in=numbers, withdrawn_at__isnull=True)
    needs = list(found.defer("asker_name", "contact", "sealed").select_related("place"))
    passages = passages_of("need", [str(need.pk) for need in needs])
    procedures = procedures_of(passages.values())
    made = []
    for need in needs:
        passage = passages.get(str(need.pk))
        state = procedures[passage.pk].states[passage.state] if passage else None
        made.append(
            _entry(
                "need",
                need.pk,
                need.code,
                place=need.place,
                day=day_in_china(need.raised_at),
                year=need.year,
                state=_general(state.end if state else ""),
                word=state.title if state else _UNKNOWN,
                title=need.what,
                text=need.where,
            )
        )
    return made


def _projects(numbers: Sequence[int], on: date) -> list[SearchEntry]:
    seen = visible_to(None, on).filter(pk__in=numbers)
    return [
        _entry(
            "project",
            row.case.pk,
            row.case.code,
            place=row.case.place,
            day=day_in_china(row.case.opened_at),
            year=row.case.year,
            state=_general(row.state.end),
            word=row.state.title,
            title=row.case.title,
            text=row.case.summary,
            more=(row.procedure.title.zh,),
        )
        for row in rows(seen)
    ]


def _notices(numbers: Sequence[int], on: date) -> list[SearchEntry]:
    latest = NoticeContent.objects.filter(notice=OuterRef("pk")).order_by("-number")
    found = Notice.objects.filter(pk__in=numbers).select_related("place")
    return [
        _entry(
            "notice",
            notice.pk,
            str(notice.pk),
            place=notice.place,
            day=day_in_china(notice.published_at),
            year=day_in_china(notice.published_at).year,
            state="done" if notice.late_on(on) else "running",
            word=_NOTICE[not notice.late_on(on)],
            title=notice.title,
            text=notice.body,
        )
        for notice in found.annotate(title=Subquery(latest.values("title")[:1]), body=Subquery(latest.values("body")[:1]))
    ]


def _meetings(numbers: Sequence[int], on: date) -> list[SearchEntry]:
    items = Prefetch("items", AgendaItem.objects.order_by("number"))
    found = Meeting.objects.filter(pk__in=numbers).select_related("place").prefetch_related(items)
    return [
        _entry(
            "meeting",
            meeting.pk,
            str(meeting.pk),
            place=meeting.place,
            day=day_in_china(meeting.convened_for),
            year=day_in_china(meeting.convened_for).year,
            state=_MEETING[meeting.state][1],
            word=_MEETING[meeting.state][0],
            title=meeting.title,
            text="；".join([*(item.title for item in meeting.items.all()), meeting.venue]),
        )
        for meeting in found
    ]


def _general(end: str) -> str:
    return {"": "running", "done": "done"}.get(end, "stopped")


def _entry(
    kind: str,
    number: int,
    ref: str,
    *,
    place: Place,
    day: date,
    year: int,
    state: str,
    word: Text,
    title: str,
    text: str,
    more: tuple[str, ...] = (),
) -> SearchEntry:
    """A title too long for a line goes on in the text."""
    head, text = title[:_TITLE], f"{title[_TITLE:]} {text}".strip()[:_TEXT]
    code = ref if not ref.isdecimal() else ""
    return SearchEntry(
        id=key_of(kind, number, day),
        kind=kind,
        number=number,
        ref=ref,
        place=place,
        day=day,
        year=year,
        state=state,
        word_zh=word.zh[:80],
        word_en=word.en[:120],
        title=head,
        text=text,
        title_grams=grams(head, code),
        text_grams=grams(text, place.short_name, *more),
        initials=initials(head),
        tags=" ".join((f"k{kind}", f"y{year}", f"s{state}", *(f"p{code}" for code in place.ancestor_codes))),
    )


_MAKERS: Mapping[str, Callable[[Sequence[int], date], list[SearchEntry]]] = {
    "need": _needs,
    "project": _projects,
    "notice": _notices,
    "meeting": _meetings,
}
