"""`linli translations`: the English texts, merged from their parts and compiled."""

import argparse

from linli.commands.records import start
from linli.web.shared import translations


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("translations", help="编译英文文本 · compile the English texts")
    parser.add_argument("--check", action="store_true", help="缺译即报错 · fail where a sentence has no English")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    if not chosen.check:
        return translations.main([])
    start()  # the templates are read with Django's own engine
    return translations.main(["--check"])
