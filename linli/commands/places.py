"""`linli places geometry FILE`: boundaries or points of places for the map, from GeoJSON."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from linli.commands.records import start


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("places", help="地方的边界和坐标 · boundaries and points of places")
    inside = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    geometry = inside.add_parser(
        "geometry", help="载入 GeoJSON，每个图形的 properties.code 是地方编码 · load GeoJSON by place code"
    )
    geometry.add_argument("file", type=Path)
    geometry.add_argument("--source", required=True, help="边界从哪里来，写在地图下面 · where the boundaries come from")
    geometry.add_argument("--demonstration", action="store_true", help="演示数据 · made up")
    geometry.set_defaults(run=_geometry)


def _geometry(chosen: argparse.Namespace) -> int:
    start()
    from linli.records.places.services import load_outlines
    from linli.rules.plain.refusals import Invalid

    try:
        text = chosen.file.read_text(encoding="utf-8")
        many = load_outlines(text=text, source=chosen.source, at=datetime.now(UTC), demonstration=chosen.demonstration)
    except (OSError, UnicodeDecodeError) as error:
        print(f"读不了文件 · cannot read the file: {error}")
        return 2
    except Invalid as wrong:
        print(f"{wrong.text.zh} · {wrong.text.en}")
        return 1
    print(f"已载入 {many} 个地方的边界或坐标 · outlines loaded: {many}")
    return 0
