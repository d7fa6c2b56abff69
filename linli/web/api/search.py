"""The search of the portal, as JSON."""

from datetime import date

from django.http import HttpRequest
from ninja import Schema

from linli.records.reports.search.finding import Asked, find, readable
from linli.records.reports.search.models import KINDS, STATES, SearchEntry
from linli.rules.plain.texts import Text
from linli.web.api.asking import SIZE, asked_place
from linli.web.api.shapes import Listed, PlaceRef, Words, place_ref
from linli.web.api.site import reading
from linli.web.api.turned_down import wrong
from linli.web.shared.doors import PUBLIC

_UNKNOWN = Text("没有这个值。", "There is no such value.")
_NO_CURSOR = Text("请原样使用上一页给出的 next 或 previous。", "Use next or previous of a page as it was given.")


class HitOut(Schema):
    kind: str
    id: str
    title: str
    text: str
    place: PlaceRef
    on: date
    year: int
    state: str
    words: Words


@reading("/search", may=PUBLIC, answer=Listed[HitOut], tags=["search"])
def search(
    request: HttpRequest, q: str = "", kind: str = "", place: str = "", year: int | None = None, state: str = ""
) -> Listed[HitOut]:
    """Needs, projects, notices and meetings by their words: titles first, the latest first.

    `q`: words; two Chinese signs, a number, or pinyin initials. `kind`: need, project, notice or meeting.
    `place`: a place and everything in it. `state`: running, done or stopped.
    """
    for name, value, known in (("kind", kind, KINDS), ("state", state, STATES)):
        if value and value not in known:
            raise wrong(name, _UNKNOWN)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    for name, cursor in (("after", after), ("before", before)):
        if cursor and not readable(cursor):
            raise wrong(name, _NO_CURSOR)
    asked = Asked(q[:80], kind=kind, place=asked_place(place), year=year, state=state)
    found = find(asked, after=after, before=before, size=SIZE)
    return Listed(items=[_hit_out(entry) for entry in found.entries], next=found.next, previous=found.previous)


def _hit_out(entry: SearchEntry) -> HitOut:
    return HitOut(
        kind=entry.kind,
        id=entry.ref,
        title=entry.title,
        text=entry.text,
        place=place_ref(entry.place),
        on=entry.day,
        year=entry.year,
        state=entry.state,
        words=Words(zh=entry.word_zh, en=entry.word_en),
    )
