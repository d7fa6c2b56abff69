"""The money of the year, place by place: what is set, what is promised, what is left; setting it, by finance."""

from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.funds.models import Envelope
from linli.records.funds.permissions import READ_FUNDS, SET_ENVELOPE
from linli.records.funds.selectors import envelope_of, envelopes_in, proposed_amount
from linli.records.funds.services import set_envelope
from linli.records.people.access import may
from linli.records.places import selectors as places
from linli.records.places.models import Place
from linli.rules.plain.money import fen_from_yuan
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.loaders import address, chosen_place, held_offices, places_held, reader_person
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.shapes import Column, Link, Tab, Table
from linli.web.shared.turned_down import ask_again

_FIRST_YEAR = 2015
_FLAGS = {"yes": True, "no": False}
_COLUMNS = (
    Column(Text("地方", "Place"), "link"),
    Column(Text("核定（元）", "Set (yuan)"), "money"),
    Column(Text("已列支（元）", "Promised (yuan)"), "money"),
    Column(Text("还剩（元）", "Left (yuan)"), "money"),
    Column(Text("来源", "Source"), "text"),
)


def _place(request: HttpRequest, code: str) -> Found:
    place = places.place(code)
    return Found(place, place)


@door(may=READ_FUNDS)
def funds(request: HttpRequest) -> HttpResponse:
    held = places_held(held_offices(request))
    here, year = chosen_place(request, held), _year(request)
    rows = list(envelopes_in(here, year))
    sets = may(reader_person(request), SET_ENVELOPE, here, clock.today())
    context = {
        "here": here,
        "year": year,
        "table": Table(_("各地经费"), _COLUMNS, [_row(row, sets) for row in rows], hide_caption=True) if rows else None,
        "total": _total(rows),
        "place_tabs": [Tab(each.short_name, address("desk:funds", place=each.code, year=year), each == here) for each in held],
        "year_tabs": [
            Tab(str(each), address("desk:funds", place=here.code, year=each), each == year) for each in _years(clock.today().year)
        ],
        "unset": _unset(here, rows, year) if sets else [],
    }
    return render(request, "desk/funds/list.html", context)


@door(may=SET_ENVELOPE, load=_place, methods=["GET", "POST"])
def envelope(request: HttpRequest, place: Place) -> HttpResponse:
    """Set or change the money of one place for one year."""
    year = _year(request)
    if request.method != "POST":
        return render(request, "desk/funds/envelope.html", _one(place, year, _stored(place, year)))
    try:
        _set(request, place, year)
    except (Invalid, Refused) as turned_down:
        return _again(request, place, year, turned_down)
    told.success(request, _("已设定，并作为这一年的预算记录归档。"))
    return redirect(address("desk:funds", year=year))


def _set(request: HttpRequest, place: Place, year: int) -> None:
    typed = request.POST
    set_envelope(
        place=place,
        year=year,
        amount_fen=_amount(typed.get("amount", "")),
        source=typed.get("source", ""),
        document=typed.get("document", ""),
        dedicated=_FLAGS.get(typed.get("dedicated", "")),
        approved=_FLAGS.get(typed.get("approved", "")),
        by=reader_person(request),
        at=clock.now(),
    )


def _amount(text: str) -> int | None:
    """In fen; None where what was typed is no amount."""
    try:
        return fen_from_yuan(text)
    except ValueError:
        return None


def _again(request: HttpRequest, place: Place, year: int, turned_down: TurnedDown) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    context = {**_one(place, year, request.POST), "errors": errors}
    return ask_again(request, "desk/funds/envelope.html", context, turned_down)


def _one(place: Place, year: int, typed: Any) -> dict[str, Any]:
    return {
        "here": place,
        "year": year,
        "typed": typed,
        "envelope": envelope_of(place, year),
        "proposed": proposed_amount(place, clock.today()),
    }


def _stored(place: Place, year: int) -> dict[str, object]:
    row = envelope_of(place, year)
    if row is None:
        return {"dedicated": "yes", "approved": "no"}
    flags = {"dedicated": "yes" if row.dedicated else "no", "approved": "yes" if row.approved else "no"}
    return {"amount": f"{row.amount_fen / 100:.2f}", "source": row.source, "document": row.document, **flags}


def _row(row: Envelope, sets: bool) -> list[object]:
    """To the form for finance; for others, to where everybody reads where the money went."""
    link = Link(row.place.short_name, address("desk:envelope" if sets else "portal:money", row.place_id, year=row.year))
    return [link, row.amount_fen, row.promised_fen, row.left_fen, row.source]


def _total(rows: list[Envelope]) -> dict[str, int]:
    """Communities only: a district's own line is not added to those of its communities."""
    communities = [row for row in rows if row.place.level == "community"] or rows
    return {
        "places": len(communities),
        "amount": sum(row.amount_fen for row in communities),
        "promised": sum(row.promised_fen for row in communities),
        "left": sum(row.left_fen for row in communities),
    }


def _unset(here: Place, rows: list[Envelope], year: int) -> list[Link]:
    """Communities without money for the year, for whoever may set it."""
    known = {row.place_id for row in rows}
    beneath = [here] if here.level == "community" else places.descendants(here, "community")
    return [Link(each.short_name, address("desk:envelope", each.code, year=year)) for each in beneath if each.code not in known]


def _years(this: int) -> range:
    return range(this - 2, this + 2)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    if not text:
        return clock.today().year
    if not text.isdigit() or not _FIRST_YEAR <= int(text) <= clock.today().year + 2:
        raise NotFound
    return int(text)
