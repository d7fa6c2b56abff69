"""`linli verify EXPORT [--anchor ANCHOR]…`: the outsider's verifier, which also runs alone without Linli."""

import argparse

from linli.rules.proof import verifier


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("verify", help="核验导出的记录 · check an export of the trail")
    verifier.add_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    return verifier.run(args)
