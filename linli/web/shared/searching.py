"""What a page of the search shows, the same at the portal and at the desk: the question, its filters, what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from linli.records.places.models import Place
from linli.records.reports.search.finding import Asked, Found, find
from linli.records.reports.search.marking import Part, marked, snippet
from linli.records.reports.search.models import SearchEntry
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.shapes import Filter, Page, Stamp, Tone

LONGEST = 80
KINDS: Mapping[str, Text] = {
    "need": Text("需求", "Need"),
    "project": Text("项目", "Project"),
    "notice": Text("公示", "Notice"),
    "meeting": Text("会议", "Meeting"),
}
STATES: Mapping[str, Text] = {
    "running": Text("进行中", "Going on"),
    "done": Text("已办结", "Done"),
    "stopped": Text("未办成", "Ended without result"),
}
_TONES: Mapping[str, Tone] = {"running": "running", "done": "done", "stopped": "closed"}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; parts say what is to be marked."""

    entry: SearchEntry
    url: str
    kind: Text
    title: Sequence[Part]
    text: Sequence[Part]
    stamp: Stamp


def asked_of(request: HttpRequest, place: Place | None) -> Asked:
    """The question in the address; what cannot be read is left out."""
    asks = request.GET
    year = asks.get("year", "")
    return Asked(
        text=asks.get("q", "").strip()[:LONGEST],
        kind=asks.get("kind", "") if asks.get("kind", "") in KINDS else "",
        place=place,
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        state=asks.get("state", "") if asks.get("state", "") in STATES else "",
    )


def searched(request: HttpRequest, place: Place | None, address: Callable[[SearchEntry], str]) -> dict[str, Any]:
    """The context of the page. `address` says where a hit leads."""
    asked = asked_of(request, place)
    found = find(asked, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return {
        "asked": asked,
        "narrowed": bool(asked.kind or asked.state or asked.year or asked.place),
        "unreadable": bool(asked.text) and not asked.words,
        "filters": _filters(),
        "page": _page(found, asked, address),
    }


def _page(found: Found, asked: Asked, address: Callable[[SearchEntry], str]) -> Page:
    hits = [
        Hit(
            entry,
            address(entry),
            KINDS[entry.kind],
            marked(entry.title, asked.words),
            snippet(entry.text, asked.words),
            Stamp(Text(entry.word_zh, entry.word_en), _TONES[entry.state]),
        )
        for entry in found.entries
    ]
    return Page(hits, next=found.next, previous=found.previous)


def _filters() -> list[Filter]:
    years = [(str(year), Text(str(year), str(year))) for year in _years()]
    return [
        Filter("q", Text("找什么", "Looking for"), kind="text"),
        Filter("kind", Text("哪一类", "What kind"), list(KINDS.items())),
        Filter("state", Text("办到哪里", "How far"), list(STATES.items())),
        Filter("year", Text("年度", "Year"), years),
        Filter("place", Text("范围", "Where"), kind="hidden"),
    ]


def _years() -> Sequence[int]:
    """From the first day anything was found on to this year, the latest first."""
    first = SearchEntry.objects.order_by("pk").values_list("year", flat=True).first()
    this = clock.today().year
    return range(this, min(first or this, this) - 1, -1)
