"""One change of the tree: filled in, previewed with all it touches, then recorded. The preview does it and takes it back."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.places.models import Place
from linli.rules.plain.refusals import NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.place_asks import ABOUT, asks_of
from linli.web.desk.place_meant import READ, Meant, table_text
from linli.web.desk.places import KINDS
from linli.web.desk.sheets import Tried, once_more, read, sheet, told
from linli.web.shared import clock
from linli.web.shared.doors import Found, door


def _found(request: HttpRequest, kind: str) -> Found:
    """The place whose inside is changed, and how. Raises NotFound."""
    found = place_here(request)
    if kind not in KINDS:
        raise NotFound
    return Found((found.thing, kind), found.place)


@door(may="people.keep_places", load=_found, methods=["GET", "POST"])
def change(request: HttpRequest, found: tuple[Place, str]) -> HttpResponse:
    place, kind = found
    if request.method != "POST" or request.POST.get("again"):
        tried = Tried(kind, request.POST, None) if request.method == "POST" else None
        return _page(request, place, kind, tried)
    try:
        meant = READ[kind](request, place, kind)
        with transaction.atomic():
            meant.do(by=me(request))
            transaction.set_rollback(request.POST.get("go") != "1")
    except TurnedDown as turned_down:
        return once_more(request, kind, lambda tried: _page(request, place, kind, tried), turned_down)
    if request.POST.get("go") == "1":
        told(request, Text(f"已登记：{meant.said.zh}", f"Recorded: {meant.said.en}"))
        return redirect(address("desk:places", place=place.pk))
    return _preview(request, place, kind, meant)


def _page(request: HttpRequest, place: Place, kind: str, tried: Tried | None = None) -> HttpResponse:
    start = {"since": clock.today().isoformat(), "until": clock.today().isoformat(), "which": request.GET.get("which", "")}
    form = sheet(
        kind,
        asks_of(place, kind),
        action=_here(place, kind),
        button=Text("先看会怎样", "See what it means"),
        tried=tried,
        start=start,
    )
    context = {"place": place, "kind": kind, "title": KINDS[kind], "form": form, "about": ABOUT[kind]}
    return render(request, "desk/people/place_change.html", context)


def _preview(request: HttpRequest, place: Place, kind: str, meant: Meant) -> HttpResponse:
    values = read(kind, asks_of(place, kind), request.POST)
    if kind == "table":
        values["rows"] = table_text(request)
    context = {
        "place": place,
        "kind": kind,
        "title": KINDS[kind],
        "said": meant.said,
        "touched": meant.touched,
        "values": values,
        "action": _here(place, kind),
    }
    return render(request, "desk/people/place_preview.html", context)


def _here(place: Place, kind: str) -> str:
    return f"{reverse('desk:place_change', args=[kind])}?place={place.pk}"
