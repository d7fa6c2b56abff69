"""What a form about a place means: read, said in a sentence, with what it touches and the deed. Raises Invalid."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.http import HttpRequest

from linli.records.people.services import places as keeping
from linli.records.places.models import LEVELS, Place
from linli.records.places.rows import COLUMNS
from linli.records.reports.places_touched import Touched, touched_by_end
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.web.desk.people_ground import chosen_of, day_of
from linli.web.desk.place_asks import inside_of
from linli.web.desk.sheets import typed
from linli.web.shared import clock

_MOST = 200_000  # characters of a table: some four thousand rows


@dataclass(frozen=True, slots=True)
class Meant:
    """What the form means: the sentence, what it touches, and the deed."""

    said: Text
    touched: list[Touched]
    do: Callable[..., object]


def _which(request: HttpRequest, place: Place, kind: str) -> Place:
    known = {each.pk: each for each in inside_of(place)}
    return known[chosen_of(request, kind, "which", known, Text("请选一个地方。", "Choose a place."))]


def _coded(request: HttpRequest, kind: str, key: str) -> list[Place]:
    """The places of the codes typed in. Raises Invalid."""
    codes = typed(request.POST, kind, key).replace("，", " ").replace(",", " ").split()
    known = Place.objects.select_related("parent").in_bulk(codes[:20])
    for code in codes[:20]:
        if code not in known:
            wrong = Text(f"没有编码是 {code} 的地方；新的请先新设。", f"No place has the code {code}; open a new one first.")
            raise Invalid(wrong, fields={key: wrong})
    return [known[code] for code in dict.fromkeys(codes[:20])]


def _new(request: HttpRequest, place: Place, kind: str) -> Meant:
    level = chosen_of(request, kind, "level", LEVELS, Text("请选层级。", "Choose the level."))
    code, name, since = typed(request.POST, kind, "code"), typed(request.POST, kind, "name"), day_of(request, kind)
    document = _document(request, kind)
    said = Text(f"{place.short_name}新设 {name}（{code}）", f"{name} ({code}) opened in {place.short_name}")
    do = partial(
        keeping.open_new, parent=place, code=code, name=name, level=level, since=since, document=document, at=clock.now()
    )
    return Meant(said, [], do)


def _rename(request: HttpRequest, place: Place, kind: str) -> Meant:
    which, name, since, document = (
        _which(request, place, kind),
        typed(request.POST, kind, "name"),
        day_of(request, kind),
        _document(request, kind),
    )
    said = Text(f"{which.name} 更名为 {name}", f"{which.name} is called {name}")
    do = partial(keeping.give_name, place=which, name=name, since=since, document=document, at=clock.now())
    return Meant(said, [], do)


def _end(request: HttpRequest, place: Place, kind: str) -> Meant:
    which, into, until, document = (
        _which(request, place, kind),
        _coded(request, kind, "into"),
        day_of(request, kind, "until"),
        _document(request, kind),
    )
    said = (
        Text(f"撤销{which.short_name}", f"{which.short_name} ends")
        if not into
        else _goes_on(which, into, Text("并入", "merges into"))
    )
    do = partial(keeping.close, place=which, into=into, until=until, document=document, at=clock.now())
    return Meant(said, touched_by_end(which, into, until), do)


def _split(request: HttpRequest, place: Place, kind: str) -> Meant:
    which, into, since, document = (
        _which(request, place, kind),
        _coded(request, kind, "into"),
        day_of(request, kind),
        _document(request, kind),
    )
    do = partial(keeping.divide, place=which, into=into, since=since, document=document, at=clock.now())
    return Meant(_goes_on(which, into, Text("拆出", "has split off")), [], do)


def _move(request: HttpRequest, place: Place, kind: str) -> Meant:
    which, since, document = _which(request, place, kind), day_of(request, kind), _document(request, kind)
    parents, code = _coded(request, kind, "parent"), typed(request.POST, kind, "code")
    if since.year < 1949:
        wrong = Text("日期太早，请核对。", "This day is too early.")
        raise Invalid(wrong, fields={"since": wrong})
    if len(parents) != 1:
        wrong = Text("请写一个地方的编码。", "Give the code of one place.")
        raise Invalid(wrong, fields={"parent": wrong})
    [parent] = parents
    said = Text(
        f"{which.short_name}划到{parent.short_name}，新编码 {code}", f"{which.short_name} moves to {parent.short_name} as {code}"
    )
    do = partial(keeping.move, place=which, parent=parent, code=code, since=since, document=document, at=clock.now())
    return Meant(said, touched_by_end(which, [which], since - timedelta(days=1)), do)


def _table(request: HttpRequest, place: Place, kind: str) -> Meant:
    source = typed(request.POST, kind, "source")
    try:
        rows = list(csv.DictReader(io.StringIO(table_text(request))))
    except csv.Error:
        rows = []
    if not rows or any(column not in rows[0] for column in COLUMNS):
        wrong = Text(
            "请选一个 CSV 文件，第一行是 code,name,level,parent，下面每行一个地方。",
            "Choose a CSV file whose first row is code,name,level,parent, one place a row.",
        )
        raise Invalid(wrong, fields={"file": wrong})
    known = dict(Place.objects.filter(pk__in=[row["code"] or "" for row in rows]).values_list("pk", "name"))
    renamed = sum(1 for row in rows if row["code"] in known and known[row["code"]] != (row["name"] or "").strip())
    new = sum(1 for row in rows if row["code"] not in known)
    said = Text(
        f"新设 {new} 个，更名 {renamed} 个，不变 {len(rows) - new - renamed} 个",
        f"{new} opened, {renamed} renamed, {len(rows) - new - renamed} as they were",
    )
    return Meant(said, [], partial(keeping.load_table, place=place, rows=rows, source=source, at=clock.now()))


def table_text(request: HttpRequest) -> str:
    """From the file, or as the preview carried it. Raises Invalid."""
    file = request.FILES.get("table-file")
    try:
        if file:
            file.seek(0)
        text = file.read(_MOST * 4 + 1).decode("utf-8-sig") if file else request.POST.get("table-rows", "")
    except UnicodeDecodeError:
        wrong = Text("文件要存成 UTF-8 的 CSV。", "The file has to be a CSV in UTF-8.")
        raise Invalid(wrong, fields={"file": wrong}) from None
    if len(text) > _MOST:
        wrong = Text(
            "表太大，请分几次，或请网站管理员用命令载入。",
            "The table is too large: in parts, or by the command of whoever keeps the site.",
        )
        raise Invalid(wrong, fields={"file": wrong})
    return str(text).replace("\r\n", "\n")


def _goes_on(which: Place, into: list[Place], how: Text) -> Text:
    names = "、".join(each.short_name for each in into), ", ".join(each.short_name for each in into)
    return Text(f"{which.short_name}{how.zh}{names[0]}", f"{which.short_name} {how.en} {names[1]}")


def _document(request: HttpRequest, kind: str) -> str:
    return typed(request.POST, kind, "document")[:200]


READ: dict[str, Callable[[HttpRequest, Place, str], Meant]] = {
    "new": _new,
    "rename": _rename,
    "end": _end,
    "split": _split,
    "move": _move,
    "table": _table,
}
