"""`linli places`: loading the places of a region, changing single ones by a document, boundaries and points for the map.

`--dry-run` does everything, says what came of it, and takes it back.
"""

import argparse
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from linli.commands.records import prepare, start
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text

_SYSTEM = "system"
_Act = Callable[[argparse.Namespace, datetime], str]


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "places", help="地方：载入、新设、更名、拆分、撤销、边界 · places: load, add, rename, split, end, outlines"
    )
    inside = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    load = _act(inside, "load", _load, "载入 code,name,level,parent 表 · load a table of places")
    load.add_argument(
        "table", help="CSV 文件，或随项目带的表名，如 shenzhen · a CSV file, or a table that comes with the project"
    )
    load.add_argument("--source", required=True, help="表从哪里来 · where the table comes from")
    add = _act(inside, "add", _add, "新设一个地方 · open one place", document=True)
    for name, about in (("code", "编码"), ("name", "名称"), ("level", "层级，如 estate"), ("parent", "上级编码")):
        add.add_argument(name, help=f"{about} · {name}")
    rename = _act(inside, "rename", _rename, "更名 · a new name", document=True)
    rename.add_argument("code")
    rename.add_argument("name", help="新名称 · the new name")
    split = _act(
        inside, "split", _split, "一部分成了别的地方（先新设） · parts became places of their own, opened before", document=True
    )
    split.add_argument("code")
    split.add_argument("into", nargs="+", help="拆到哪些编码 · codes of the parts")
    end = _act(inside, "end", _end, "撤销，里面的先撤 · end a place; what is inside first", document=True)
    end.add_argument("code")
    end.add_argument("--into", nargs="*", default=[], help="并入哪些编码 · codes it goes on in")
    geometry = _act(
        inside, "geometry", _geometry, "载入 GeoJSON，每个图形的 properties.code 是地方编码 · load GeoJSON by place code"
    )
    geometry.add_argument("file", type=Path)
    geometry.add_argument("--source", required=True, help="边界从哪里来，写在地图下面 · where the boundaries come from")
    geometry.add_argument("--demonstration", action="store_true", help="演示数据 · made up")


def _act(
    inside: "argparse._SubParsersAction[argparse.ArgumentParser]", what: str, act: _Act, about: str, *, document: bool = False
) -> argparse.ArgumentParser:
    parser = inside.add_parser(what, help=about)
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不留下 · show what would come of it, keep nothing")
    if document:
        parser.add_argument("--document", required=True, help="依据的文件 · the document it rests on")
        parser.add_argument(
            "--day", type=date.fromisoformat, help="生效日，默认今天；撤销时是最后一天 · its day; today if not said"
        )
    parser.set_defaults(run=_run, act=act)
    return parser


def _run(chosen: argparse.Namespace) -> int:
    start()
    if chosen.what == "load":
        prepare()
    from django.db import transaction

    try:
        with transaction.atomic():
            print(chosen.act(chosen, datetime.now(UTC)))
            transaction.set_rollback(chosen.dry_run)
    except (OSError, UnicodeDecodeError) as error:
        print(f"读不了文件 · cannot read the file: {error}")
        return 2
    except NotFound:
        print("没有这个编码的地方 · no place has this code")
        return 1
    except TurnedDown as no:
        said = dict.fromkeys([no.text, *(list(no.fields.values())[:20] if isinstance(no, Invalid) else ())])
        print("\n".join(f"{text.zh} · {text.en}" for text in said))
        return 1
    if chosen.dry_run:
        print("只是试算，什么也没有留下。 · A dry run: nothing was kept.")
    return 0


def _load(chosen: argparse.Namespace, now: datetime) -> str:
    from linli.records.places.services import TABLES, load_places

    known = TABLES / f"{chosen.table}.csv"
    done = load_places(rows=known if known.is_file() else Path(chosen.table), source=chosen.source, at=now)
    return (
        f"新设 {done.created}，更名 {done.renamed}，不变 {done.unchanged} · "
        f"created {done.created}, renamed {done.renamed}, unchanged {done.unchanged}"
    )


def _add(chosen: argparse.Namespace, now: datetime) -> str:
    from linli.records.places.selectors import place
    from linli.records.places.services import add_place

    parent = place(chosen.parent)
    made = add_place(
        code=chosen.code,
        name=chosen.name,
        level=chosen.level,
        parent=parent,
        since=_day(chosen, now),
        document=_document(chosen),
        by=_SYSTEM,
        at=now,
    )
    return f"{parent.short_name}：新设 {made.code} {made.name} · opened"


def _rename(chosen: argparse.Namespace, now: datetime) -> str:
    from linli.records.places.selectors import place
    from linli.records.places.services import rename_place

    before = place(chosen.code)
    rename_place(place=before, name=chosen.name, since=_day(chosen, now), document=_document(chosen), by=_SYSTEM, at=now)
    return f"{chosen.code}：{before.name} → {chosen.name} · renamed"


def _split(chosen: argparse.Namespace, now: datetime) -> str:
    from linli.records.places.selectors import place
    from linli.records.places.services import split_place

    whole, parts = place(chosen.code), [place(code) for code in chosen.into]
    split_place(place=whole, into=parts, since=_day(chosen, now), document=_document(chosen), by=_SYSTEM, at=now)
    return f"{whole.short_name} → {'、'.join(part.short_name for part in parts)} · split"


def _end(chosen: argparse.Namespace, now: datetime) -> str:
    from linli.records.places.selectors import place
    from linli.records.places.services import end_place

    old, into, until = place(chosen.code), [place(code) for code in chosen.into], _day(chosen, now)
    end_place(place=old, until=until, document=_document(chosen), merged_into=into, by=_SYSTEM, at=now)
    return f"{old.short_name}：撤销，最后一天 {until} · ended, last day {until}"


def _geometry(chosen: argparse.Namespace, now: datetime) -> str:
    from linli.records.places.services import load_outlines

    text = chosen.file.read_text(encoding="utf-8")
    many = load_outlines(text=text, source=chosen.source, at=now, demonstration=chosen.demonstration)
    return f"已载入 {many} 个地方的边界或坐标 · outlines loaded: {many}"


def _day(chosen: argparse.Namespace, now: datetime) -> date:
    day: date = chosen.day or day_in_china(now)
    return day


def _document(chosen: argparse.Namespace) -> str:
    """Raises Invalid."""
    document: str = chosen.document.strip()
    if not document:
        raise Invalid(Text("请写依据的文件名称或文号。", "Name the document this rests on."))
    return document
