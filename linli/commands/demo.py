"""`linli demo`: the demonstration district, built once. A second run finds it, keeps everything in it, and only reports.

`--scale city` builds all communities of the city instead; one that was stopped goes on where it was.
"""

import argparse
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from time import perf_counter

from linli.commands.records import prepare, start
from linli.commands.sizes import learn_sizes
from linli.rules.plain.days import day_in_china


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("demo", help="建演示区（演示数据） · build the demonstration district")
    parser.add_argument("--anchor", type=date.fromisoformat, help="按哪一天来建，默认今天 · the day it is built for")
    parser.add_argument("--seed", type=int, default=2018, help="同一天、同一数字，内容相同 · same day and seed, same content")
    parser.add_argument("--scale", choices=("district", "town", "city"), default="district", help="规模 · how much is built")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    began = perf_counter()
    prepare()
    _line("数据库", "ready", perf_counter() - began)
    from django.conf import settings

    if not settings.DEMONSTRATION:
        print("这是正式站点（LINLI_DEMONSTRATION=0），不建演示数据。 · This is a real site: no demonstration is built.")
        return 1
    from linli.demonstration import build
    from linli.demonstration.city import ground

    anchor = chosen.anchor or day_in_china(datetime.now(UTC))
    if ground.laid() or chosen.scale != "district":
        return _city(chosen.scale, anchor, chosen.seed)
    if build.standing():
        print("演示区已经建好，数据保持不变。 · The demonstration is there already; nothing is changed.")
    else:
        _build(anchor, chosen.seed)
    _report()
    return 0


def _build(anchor: date, seed: int) -> None:
    from django.conf import settings

    from linli.demonstration import accounts
    from linli.demonstration.build import build

    began = perf_counter()
    world = build(anchor=anchor, seed=seed, password=settings.DEMONSTRATION_PASSWORD, say=_line)
    accounts.note_codes(world, settings.VAR)
    _make_quick(anchor)
    _line("合计", f"{len(world.cases)} matters", perf_counter() - began)


def _city(name: str, anchor: date, seed: int) -> int:
    from django.conf import settings

    from linli.demonstration import build as district
    from linli.demonstration.city import build, ground
    from linli.demonstration.city.scale import SCALES

    if district.standing():
        print(
            "这里已有演示区；请用另一个 LINLI_VAR 建全市。 · The district is here already: build the city in another LINLI_VAR."
        )
        return 1
    scale = SCALES.get(name)
    if scale is None or (not build.waiting(scale) and ground.laid()):
        print("全市演示已经建好，数据保持不变。 · The city is there already; nothing is changed.")
        return 0
    began = perf_counter()
    written = build.build(scale=scale, anchor=anchor, seed=seed, password=settings.DEMONSTRATION_PASSWORD, say=_line)
    _make_quick(anchor)
    for table, label in _COUNTED.items():
        _line(label, f"{written[table]:,}", perf_counter() - began)
    print(f"\n工作人员账号：地点代码.岗位，如 {ground.EXAMPLE} · staff accounts: place code, dot, post")
    print(f"密码 · password: {settings.DEMONSTRATION_PASSWORD}")
    return 0


_COUNTED = {"needs.Need": "需求", "cases.Case": "项目等事项", "rulebook.DecisionRecord": "决定", "trail.Event": "存证事件"}


def _make_quick(on: date) -> None:
    """The index of the search, and what the database knows about its tables."""
    from linli.records.reports.search.indexing import rebuild

    began = perf_counter()
    _line("检索", f"{rebuild(on)} entries", perf_counter() - began)
    learn_sizes()


def _line(what: str, how_many: str, seconds: float) -> None:
    print(f"· {_padded(what, 14)}{how_many:<34}{seconds:6.1f} s", flush=True)


def _report() -> None:
    from django.conf import settings

    from linli.demonstration import accounts

    print(f"\n演示账号 · accounts of the demonstration   密码 · password: {settings.DEMONSTRATION_PASSWORD}\n")
    _table(("单位 office", "地点 place", "账号 user"), [(row.office, row.place, row.user) for row in accounts.officers()])
    print("\n居民用手机验证码登录，验证码在 /outbox/ 页面上 · residents sign in by phone; codes are shown on the outbox page\n")
    _table(("居民 resident", "社区 community", "电话 phone"), [(row.about, row.place, row.phone) for row in accounts.residents()])
    codes = accounts.noted_codes(settings.VAR)
    if codes:
        print("\n或用纸上的户码 · or by the code on paper\n")
        _table(("户 household", "社区 community", "户码 code"), codes[:1])
    print(flush=True)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        print("  " + "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns in a terminal: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
