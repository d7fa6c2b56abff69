"""`linli trail export TARGET` and `linli trail checkpoint`: what an outsider needs to check this site."""

import argparse
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import django


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("trail", help="记录：导出、检查点 · the trail: export, checkpoint")
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    export = parts.add_parser("export", help="导出全部记录，供他人核验 · export everything for others to check")
    export.add_argument("target", type=Path, help="文件夹或 .zip · a folder or a .zip")
    export.set_defaults(run=_export)
    checkpoint = parts.add_parser("checkpoint", help="做一个检查点并打印 · take a checkpoint and print it")
    checkpoint.set_defaults(run=_checkpoint)


def _export(args: argparse.Namespace) -> int:
    _set_up()
    from linli.records.trail.export import write_trail

    write_trail(args.target)
    return 0


def _checkpoint(args: argparse.Namespace) -> int:
    _set_up()
    from linli.records.trail import selectors, services

    checkpoint = services.take_checkpoint(at=datetime.now(UTC))
    if checkpoint is None:
        print("还没有任何记录。 · There is nothing on record yet.")
        return 1
    print(json.dumps(selectors.checkpoint_file(checkpoint)))
    return 0


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
