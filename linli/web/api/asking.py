"""What the address of a list asks: a page by cursor, a place, a year."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.rules.plain.texts import Text
from linli.web.api.shapes import Listed
from linli.web.api.turned_down import wrong
from linli.web.shared.paging import page_of, readable

SIZE = 50
_NO_PLACE = Text("没有这个地方代码。", "There is no place with this code.")
_NO_CURSOR = Text("请原样使用上一页给出的 next 或 previous。", "Use next or previous of a page as it was given.")

Row = TypeVar("Row")


def listed(
    rows: QuerySet[Any], request: HttpRequest, made: Callable[[Sequence[Any]], Sequence[Row]], *, by: Sequence[str] = ("-pk",)
) -> Listed[Row]:
    """One page of rows, made into what is answered. A cursor that cannot be read is refused, never ignored."""
    for name in ("after", "before"):
        if request.GET.get(name) and not readable(request.GET[name], rows, by):
            raise wrong(name, _NO_CURSOR)
    page = page_of(rows, request, by=by, size=SIZE)
    return Listed(items=list(made(page.items)), next=page.next, previous=page.previous)


def asked_place(code: str) -> Place | None:
    """None: everywhere. Raises Invalid."""
    if not code:
        return None
    found = Place.objects.filter(pk=code).first()
    if found is None:
        raise wrong("place", _NO_PLACE)
    return found


def around(place: Place) -> Q:
    """What concerns people of a place: in it, or in a larger place it lies in. The portal's lists read the same way."""
    return beneath(place, "place") | Q(place__in=place.ancestor_codes[:-1])
