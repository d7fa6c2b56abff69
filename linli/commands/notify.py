"""`linli notify`: one round of notifications. Run it every minute; `linli tick` runs it too."""

import argparse
from datetime import UTC, datetime

from linli.commands.records import start


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("notify", help="通知与摘要：整理、发送 · notifications: read the trail, send")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    say(datetime.now(UTC))
    return 0


def say(at: datetime) -> None:
    from linli.web.shared.notifying import notify

    done = notify(at)
    print(
        f"通知 {done.told} 条，摘要 {done.digests} 份，发出 {done.left}，没发出 {done.failed} · notified, digests, sent, failed"
    )
