"""The lists a place keeps, and one list: its rows, its sums, what it asks for and what was done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.people.access import may
from linli.records.places import selectors as places
from linli.records.places.models import Place
from linli.records.registers.book import Keeping, keeping
from linli.records.registers.models import Row
from linli.records.registers.permissions import READ_HERE, READ_REGISTERS, may_keep
from linli.records.registers.selectors import (
    Totals,
    carrying_out,
    joined_lists,
    rows_of,
    said_on,
    seen_fields,
    seen_registers,
    totals,
)
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.inside import inside
from linli.web.desk.loaders import address, held_offices, places_held, reader_person
from linli.web.shared import clock
from linli.web.shared.carried import round_table
from linli.web.shared.doors import Found, door
from linli.web.shared.joined import JoinedTable, joined_table
from linli.web.shared.register_pages import MOST, list_page, narrowed, with_asked
from linli.web.shared.rows import as_csv, as_xlsx, sheet_of
from linli.web.shared.shapes import Column, Filter, Link, Stamp, Tab, Table

_COLUMNS = (
    Column(Text("清单", "List"), "link"),
    Column(Text("有效", "In force"), "number"),
    Column(Text("已移出", "Struck"), "number"),
    Column(Text("待答复", "Waiting"), "number"),
    Column(Text("逾期", "Late"), "number"),
    Column(Text("公开", "Public"), "stamp"),
)
_PUBLIC = {
    "public": Stamp(Text("公开", "Public"), "done"),
    "staff": Stamp(Text("内部", "Internal"), "closed"),
}
_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def list_here(request: HttpRequest, code: str, register: str) -> Found:
    """A list of a place, for its offices and those above. Everybody else does not learn here that it exists."""
    place = places.place(code)
    if not may(reader_person(request), READ_HERE, place, clock.today()):
        raise NotFound
    return Found(keeping(place, register, clock.today()), place)


@door(may=READ_REGISTERS)
def registers(request: HttpRequest) -> HttpResponse:
    """Every list of one place of the reader's offices, or of a place beneath."""
    held = places_held(held_offices(request))
    known = [
        each
        for each in inside(held, request.GET.get("place", ""))
        if each.level in ("province", "city", "district", "subdistrict", "community")
    ]
    place, on = _chosen(request, held, known), clock.today()
    shelf, sums = seen_registers(reader_person(request), place, on), totals(place, on)
    staff = may(reader_person(request), READ_HERE, place, on)
    room = "desk:register" if staff else "portal:register"  # councils and delegates read where everybody reads
    context = {
        "place": place,
        "tabs": [Tab(each.short_name, address("desk:registers", place=each.code), each == place) for each in held],
        "filters": [Filter("place", Text("地方", "Place"), [(each.code, each.short_name) for each in known])],
        "many_places": len(known) > 1,
        "joined": _joined(place, room, staff=staff),
        "table": _shelf_table(shelf, sums, place, room) if shelf else None,
    }
    return render(request, "desk/registers/list.html", context)


def _chosen(request: HttpRequest, held: list[Place], known: list[Place]) -> Place:
    code = request.GET.get("place", "")
    found = next((each for each in known if each.code == code), None)
    if code and found is None:
        raise NotFound
    return found or held[0]


def _joined(place: Place, room: str, *, staff: bool) -> list[JoinedTable]:
    def url(kept: Keeping) -> str:
        return address(room, kept.place.code, kept.register.id)

    return [joined_table(each, url, staff=staff) for each in joined_lists(place, clock.today())]


def _shelf_table(shelf: Any, sums: dict[str, Totals], place: Place, room: str) -> Table:
    rows = []
    for id, kept in shelf.items():
        one, ledger = sums.get(id, Totals()), kept.register.answer is not None
        note = Text(f"待补全 {one.incomplete} 条", f"{one.incomplete} incomplete") if one.incomplete else ""
        link = Link(kept.register.title, address(room, place.code, id), note)
        counts = [one.rows, one.removed, one.unanswered if ledger else None, one.overdue if ledger else None]
        rows.append([link, *counts, _PUBLIC[kept.register.public]])
    return Table(Text("清单和台账", "Lists and ledgers"), _COLUMNS, rows, hide_caption=True)


@door(may=READ_HERE, load=list_here)
def register(request: HttpRequest, kept: Keeping) -> HttpResponse:
    code, id = kept.place.code, kept.register.id
    page = list_page(request, kept, staff=True, url=lambda row: address("desk:register_row", row.pk))
    rounds = [each for each in carrying_out(kept.place, page.on) if id in (each.log.register.id, each.of.register.id)]
    context = {
        "kept": kept,
        "place": kept.place,
        "rules": kept.rules,
        "list": page,
        "may_keep": may_keep(reader_person(request), kept),
        "rounds": [(each, round_table(each)) for each in rounds],
        "below": _below(kept),
        "new_url": address("desk:register_new", code, id),
        "import_url": address("desk:register_import", code, id),
        "shelf_url": address("desk:registers", place=code),
        "files": [(kind, address("desk:register_file", code, id, kind) + with_asked(request)) for kind in ("xlsx", "csv")],
    }
    return render(request, "desk/registers/register.html", context)


def _below(kept: Keeping) -> Table | None:
    """Of a list that places beneath carry out: how each of them stands."""
    logs = [each.id for each in kept.rules.registers(kept.on).values() if each.carries_out == kept.register.id]
    if not logs:
        return None
    rows = []
    for place in places.descendants(kept.place, "community").filter(pk__in=_busy(kept, logs))[:200]:
        for each in carrying_out(place, kept.on):
            link = Link(place.short_name, address("desk:register", place.code, each.log.register.id))
            rows.append([link, len(each.items), each.done, each.overdue])
    columns = (
        Column(Text("地方", "Place"), "link"),
        Column(Text("应公开", "Items"), "number"),
        Column(Text("本期已办", "Done"), "number"),
        Column(Text("逾期", "Late"), "number"),
    )
    return Table(Text("各地落实情况", "How each place stands"), columns, rows) if rows else None


def _busy(kept: Keeping, logs: list[str]) -> Any:
    """Communities that have written in these logs at all."""
    found = Row.objects.filter(places.beneath(kept.place, "place"), register__in=logs)
    return found.order_by().values("place").distinct()


@door(may=READ_HERE, load=lambda request, code, register, kind: _file_of(request, code, register, kind))
def register_file(request: HttpRequest, asked: tuple[Keeping, str]) -> HttpResponse:
    """The rows the filters leave, as a spreadsheet; `template` is the same sheet without rows, for filling in."""
    kept, kind = asked
    fields = seen_fields(kept, staff=True)
    if kind == "template":
        return file_answer(as_xlsx([[each.title.zh for each in fields]], kept.register.title.zh), kept, "xlsx")
    rows = list(narrowed(request, rows_of(kept.place, kept.register.id), kept, kept.on)[:MOST])
    said = said_on(rows, kept.on)
    sheet = sheet_of(kept, fields, [(row, said[row.pk]) for row in rows], kept.on)
    return file_answer(as_csv(sheet) if kind == "csv" else as_xlsx(sheet, kept.register.title.zh), kept, kind)


def _file_of(request: HttpRequest, code: str, register: str, kind: str) -> Found:
    if kind not in ("csv", "xlsx", "template"):
        raise NotFound
    found = list_here(request, code, register)
    return Found((found.thing, kind), found.place)


def file_answer(content: bytes, kept: Keeping, kind: str) -> HttpResponse:
    name = f"{kept.place.code}-{kept.register.id}-{kept.on.isoformat()}.{kind}"
    return HttpResponse(content, content_type=_TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
