"""`linli serve`: the pages, on this machine. Behind a front server it is the same command with --host and --port."""

import argparse
import contextlib
import os
import sys

from linli.commands.clock import turning
from linli.commands.records import prepare, start


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("serve", help="启动网站 · serve the pages")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    start()
    prepare()
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    print(f"邻里 · Linli  http://{chosen.host}:{chosen.port}/   (Ctrl-C 停止)", flush=True)
    server = Granian(
        "linli.config.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        # One thread per worker: a request owns its database connection, and SQLite has one writer anyway.
        blocking_threads=1,
        log_access=False,
    )
    sys.stdout.flush()
    connections.close_all()  # none is carried into another process
    with turning() if settings.CLOCK else contextlib.nullcontext():
        server.serve()
    return 0
