"""`linli search rebuild`: every entry of the search made anew, after loading in bulk or when words of a pack have changed."""

import argparse
from datetime import UTC, datetime
from time import perf_counter

from linli.commands.records import start
from linli.commands.sizes import learn_sizes
from linli.rules.plain.days import day_in_china


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("search", help="检索：重建 · search: build it anew")
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    parts.add_parser("rebuild", help="从全部记录重建检索 · build it anew from all records").set_defaults(run=_rebuild)


def _rebuild(chosen: argparse.Namespace) -> int:
    start()
    from linli.records.reports.search.indexing import rebuild

    began = perf_counter()
    total = rebuild(day_in_china(datetime.now(UTC)))
    learn_sizes()
    print(f"检索已重建：{total} 条，{perf_counter() - began:.1f} 秒 · {total} entries in {perf_counter() - began:.1f} s")
    return 0
