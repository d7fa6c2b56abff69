"""`linli clock`: when what runs by itself last ran. And the process beside the server that makes it run."""

import argparse
import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

from linli.commands import rounds
from linli.commands.records import start

log = logging.getLogger(__name__)
FIRST, PAUSE = 3.0, 10.0  # seconds: before the first look, and between looks
_PATIENCE = 15.0  # for a step that is running when the server stops


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "clock", help="定时事务上次何时做的 · when the hourly and minutely work was last done; 1 if it stands still"
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    from linli.records.clockwork.selectors import stands_still, turns

    now, wrong = datetime.now(UTC), False
    for name, turn in turns().items():
        still = stands_still(turn, name, now)
        wrong = wrong or still or bool(turn and turn.failed)
        print(f"{_NAMES[name]}  {_when(turn.done_at if turn else None)}{'  停了 · stands still' if still else ''}")
        for text in [*(turn.results if turn else ())]:
            print(f"  {text.zh} · {text.en}")
        for text in turn.failures if turn else ():
            print(f"  没有做成：{text.zh} · failed: {text.en}")
    return 1 if wrong else 0


_NAMES = {"minute": "每分钟 · every minute", "hour": "每小时 · every hour"}


def _when(moment: datetime | None) -> str:
    from linli.rules.plain.days import SHANGHAI

    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else "还没有做过 · never"


@contextlib.contextmanager
def turning() -> Iterator[None]:
    """A process beside the server, which goes when the server goes. A thread would be copied, mid-work, into every new worker."""
    beside = multiprocessing.Process(target=_turn, args=(os.getpid(),), name="linli-clock", daemon=True)
    beside.start()
    try:
        yield
    finally:
        beside.terminate()
        beside.join(_PATIENCE)
        if beside.is_alive():
            beside.kill()


def _turn(server: int) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the server, which ends this process in good order
    with contextlib.suppress(OSError):
        os.nice(5)  # readers first
    start()
    pause = FIRST
    while not stop.wait(pause) and os.getppid() == server:
        pause = PAUSE
        look(stop)


def look(stop: threading.Event) -> None:
    """Do what is due. Whatever goes wrong, the clock goes on."""
    from django.db import connections

    from linli.records.clockwork.selectors import EVERY, due

    try:
        for name, every in EVERY.items():
            if not stop.is_set() and due(name, datetime.now(UTC)):
                rounds.run(name, every=every, stopping=stop.is_set)
    except Exception:
        log.exception("the clock missed a turn")
    finally:
        # One opened anew costs nothing once in ten seconds; one that broke with its database would fail for ever.
        connections.close_all()
