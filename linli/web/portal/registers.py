"""The public lists of a place: all of them, one of them with its basis, what must be disclosed and was; asking about it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.records.places import selectors as places
from linli.records.places.models import Place
from linli.records.places.selectors import ancestors
from linli.records.registers.book import Keeping, book
from linli.records.registers.permissions import ASK, READ_PUBLIC
from linli.records.registers.selectors import Totals, carrying_out, joined_lists, rows_of, said_on, seen_fields, totals
from linli.records.registers.services import enter_row
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.portal.clauses import said_above
from linli.web.portal.finding import person_of, place_named
from linli.web.shared import clock
from linli.web.shared.carried import round_table
from linli.web.shared.doors import Found, door
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.joined import joined_table
from linli.web.shared.register_pages import MOST, list_page, narrowed, with_asked
from linli.web.shared.rows import as_csv, sheet_of
from linli.web.shared.turned_down import ask_again


def list_named(request: HttpRequest, code: str, register: str) -> Found:
    """A public list of a place; others are not found here, whoever asks."""
    place = places.place(code)
    kept = book(place, clock.today()).get(register)
    if kept is None or kept.register.public != "public":
        raise NotFound
    return Found(kept, place)


def ledger_named(request: HttpRequest, code: str, register: str) -> Found:
    """A ledger into which residents may put something by the pack's own form."""
    found = list_named(request, code, register)
    if found.thing.register.answer is None or "community.resident" not in found.thing.form.filled_by:
        raise NotFound
    return found


@door(may=READ_PUBLIC, load=place_named)
def registers(request: HttpRequest, place: Place) -> HttpResponse:
    """Every public list of the place, and of the places above it whose lists hold here."""
    on = clock.today()
    shelves = [_shelf(each) for each in [place, *reversed(ancestors(place))]]
    context = {
        "place": place,
        "above": [*ancestors(place), place],
        "shelves": [each for each in shelves if each is not None],
        "joined": [joined_table(each, _own, staff=False) for each in joined_lists(place, on)],
        "rounds": carrying_out(place, on),
    }
    return render(request, "portal/registers.html", context)


@dataclass(frozen=True)
class OnShelf:
    title: Text
    url: str
    rows: int
    removed: int


@dataclass(frozen=True)
class Shelf:
    """The public lists of a place: those with something in them, then those still empty."""

    place: Place
    filled: list[OnShelf]
    empty: list[OnShelf]


def _shelf(place: Place) -> Shelf | None:
    on = clock.today()
    shelf = {id: kept for id, kept in book(place, on).items() if kept.register.public == "public"}
    if not shelf:
        return None
    sums = totals(place, on, shelf)
    found = [_on_shelf(kept, sums.get(id, Totals())) for id, kept in shelf.items()]
    return Shelf(place, [one for one in found if one.rows or one.removed], [one for one in found if not one.rows + one.removed])


def _on_shelf(kept: Keeping, sums: Totals) -> OnShelf:
    return OnShelf(kept.register.title, _own(kept), sums.rows, sums.removed)


def _own(kept: Keeping) -> str:
    return reverse("portal:register", args=[kept.place.code, kept.register.id])


@door(may=READ_PUBLIC, load=list_named)
def register(request: HttpRequest, kept: Keeping) -> HttpResponse:
    page = list_page(request, kept, staff=False)
    code, id = kept.place.code, kept.register.id
    asks = kept.register.answer is not None and "community.resident" in kept.form.filled_by
    context = {
        "kept": kept,
        "place": kept.place,
        "above": [*ancestors(kept.place), kept.place],
        "rules": kept.rules,
        "list": page,
        "answers": _answers(kept, page.page.items) if kept.register.answer else [],
        "ask_url": reverse("portal:register_ask", args=[code, id]) if asks else "",
        "print_url": with_asked(request, print="1"),
        "csv_url": reverse("portal:register_file", args=[code, id]) + with_asked(request),
        "shelf_url": reverse("portal:registers", args=[code]),
        "back": _own(kept) + with_asked(request),
    }
    return render(request, "portal/register_print.html" if request.GET.get("print") else "portal/register.html", context)


def _answers(kept: Keeping, rows: Any) -> list[dict[str, Any]]:
    """What was answered, beside what was asked: only the public words of it."""
    fields = [field for field in seen_fields(kept, staff=False) if field.type in ("text", "long_text")]
    data = said_on(rows, kept.on)
    entries = kept.verdicts.entries if kept.verdicts else {}
    return [
        {
            "row": row,
            "asked": [(field.title, data[row.pk][field.key]) for field in fields if data[row.pk].get(field.key)],
            "verdict": entries[row.verdict].title if row.verdict in entries else row.verdict,
            "late": row.late_on(kept.on),
        }
        for row in rows
    ]


@door(may=READ_PUBLIC, load=list_named)
def register_file(request: HttpRequest, kept: Keeping) -> HttpResponse:
    """The rows the filters leave, with their public fields, as CSV."""
    rows = list(narrowed(request, rows_of(kept.place, kept.register.id), kept, kept.on)[:MOST])
    said = said_on(rows, kept.on)
    sheet = sheet_of(kept, seen_fields(kept, staff=False), [(row, said[row.pk]) for row in rows], kept.on)
    name = f"{kept.place.code}-{kept.register.id}-{kept.on.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(sheet), content_type="text/csv; charset=utf-8", headers=headers)


@door(may=READ_PUBLIC, load=place_named)
def disclosures(request: HttpRequest, place: Place) -> HttpResponse:
    """What this place must disclose, what it has, and what is late."""
    rounds = carrying_out(place, clock.today())
    context = {
        "place": place,
        "above": [*ancestors(place), place],
        "rounds": [(each, round_table(each), _own(each.log), each.log.rules) for each in rounds],
        "shelf_url": reverse("portal:registers", args=[place.code]),
    }
    return render(request, "portal/disclosures.html", context)


@door(may=ASK, load=ledger_named, methods=["GET", "POST"])
def ask(request: HttpRequest, kept: Keeping) -> HttpResponse:
    """A resident asks; the community owes the answer from now on."""
    if request.method != "POST":
        return render(request, "portal/register_ask.html", _asking(request, kept))
    found = posted(kept.form, request.POST)
    person = person_of(request)
    assert person is not None
    try:
        data = {key: value for key, value in found.typed.items() if value not in ("", [], None)}
        enter_row(place=kept.place, register=kept.register.id, data=data, by=person, at=clock.now())
    except (Invalid, Refused) as turned_down:
        context = _asking(request, kept, found, turned_down)
        return ask_again(request, "portal/register_ask.html", context, turned_down)
    told.success(request, _("已收到。答复会写在这份台账里。"))
    return redirect(_own(kept))


def _asking(
    request: HttpRequest, kept: Keeping, found: Posted | None = None, turned_down: TurnedDown | None = None
) -> dict[str, Any]:
    item = {"item": request.GET.get("item", "")} if "item" in kept.form.fields else {}
    bound = BoundForm(kept.form, rules=kept.rules, on=kept.on, stored=item, posted=found, turned_down=turned_down)
    fields, clauses = said_above(bound.fields, (kept.register.answer.clause,) if kept.register.answer else ())
    return {
        "kept": kept,
        "place": kept.place,
        "above": [*ancestors(kept.place), kept.place],
        "rules": kept.rules,
        "bound": bound,
        "fields": fields,
        "clauses": clauses,
        "back": _own(kept),
    }
