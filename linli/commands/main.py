"""`linli COMMAND …`: finds the commands of this package and hands over to one."""

import argparse
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

from linli import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 1 not in order, 2 called wrongly."""
    parser = argparse.ArgumentParser(prog="linli", description="邻里 · Linli")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in sorted(found.name for found in pkgutil.iter_modules(commands.__path__)):
        register = getattr(import_module(f"linli.commands.{module}"), "register", None)
        if register is not None:
            register(subparsers)
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen) or 0)


if __name__ == "__main__":
    sys.exit(main())
