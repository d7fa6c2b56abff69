"""`linli tick`: what the calendar does by itself, at once: checkpoints, duties of the year, late rows, notifications, what
nobody came back to, what can be searched. `linli serve` does it every hour unless LINLI_CLOCK=0."""

import argparse

from linli.commands import rounds
from linli.commands.records import start


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "tick", help="整点事务：存证检查点、年度义务、逾期台账 · hourly: checkpoint, duties of the year, late rows of ledgers"
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    return max(say("hour"), say("minute"))


def say(name: str) -> int:
    """One turn by hand; what came of it, line by line. Returns 1 if a step failed."""
    done = rounds.run(name)
    if done is None:
        print("另一个进程正在做，不重复。 · another process is at it")
        return 0
    for text in done.said:
        print(f"{text.zh} · {text.en}")
    for text in done.failed:
        print(f"没有做成：{text.zh} · failed: {text.en}")
    return 1 if done.failed else 0
