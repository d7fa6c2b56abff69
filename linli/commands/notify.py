"""`linli notify`: one round of notifications, at once. `linli serve` does it every minute unless LINLI_CLOCK=0."""

import argparse

from linli.commands import tick
from linli.commands.records import start


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("notify", help="通知与摘要：整理、发送 · notifications: read the trail, send")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    return tick.say("minute")
