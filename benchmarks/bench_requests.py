"""What a page costs: CPU and queries in process, requests a second and percentiles over the wire; both databases.

    python -m benchmarks.bench_requests                          # the district, on SQLite and on PostgreSQL if installed
    python -m benchmarks.bench_requests --scales district,city   # the city too (built first, about 20 minutes each)
    python -m benchmarks.bench_requests --on PostgreSQL          # one of the two alone
    LINLI_VAR=… python -m benchmarks.bench_requests --here       # what stands in this folder, nothing is built

Uncached figures are of the whole way through the application as the server calls it, for a reader who is not signed in unless
said. "CPU" is of the server's process, milliseconds of a request, the mean of the best of three rounds: other work on a shared
machine only ever adds. Percentiles are of the time that passed in all rounds.

What a process remembers between two requests is measured both ways. Unless said, it has shown the page before: every question is
asked, and where every row is the same the page is not composed again. "After an act": somebody sent a need just before, figures
are brought up to date, and the page is composed. "Counted": the figures of the page are counted as by a process that has just
begun. "All anew": the same, and every piece of the page is filled again.
"""

import argparse
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import quantiles
from threading import Thread
from typing import Any

from benchmarks.asking import Reader

KEPT = 64 * 1024 * 1024
ROUNDS = 3
AIMS = dict.fromkeys(("projects", "projects, a place", "projects, a district"), (6.0, 12)) | {"project": (5.0, 12)}


@dataclass(frozen=True)
class Ask:
    name: str
    do: Callable[[], Any]
    times: int
    kept: bool = False
    before: Callable[[], Any] | None = None  # done each time, and not measured


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scales", default="district")
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--on", default="SQLite,PostgreSQL", help="which databases")
    chosen = parser.parse_args()
    if chosen.here:
        return measure()
    for scale in chosen.scales.split(","):
        for name, address in databases():
            if name not in chosen.on.split(","):
                continue
            with address as url, tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
                told = {**os.environ, "LINLI_VAR": folder, "LINLI_DATABASE_URL": url, "LINLI_HOSTS": "*"}
                print(f"\n=== {scale} · {name}", flush=True)
                build = [sys.executable, "-m", "linli.commands.main", "demo", "--scale", scale]
                subprocess.run(build, env=told, check=True, stdout=subprocess.DEVNULL)
                subprocess.run([sys.executable, "-m", "benchmarks.bench_requests", "--here"], env=told, check=True)
    return 0


def databases() -> Iterator[tuple[str, Any]]:
    from tests.with_postgres import programs, server

    @contextmanager
    def embedded() -> Iterator[str]:
        yield ""

    yield "SQLite", embedded()
    if (found := programs()) is not None:
        yield "PostgreSQL", server(found)


# --- in process ----------------------------------------------------------------------------------------------------------
def measure() -> int:
    from linli.commands.records import prepare, start

    start()
    prepare()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    print(f"{_size()}\n")
    print(f"{'in process':32}{'CPU ms':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'queries':>9}{'aim':>14}")
    for ask in asks():
        _print(ask, *_run(ask))
    wire()
    return 0


def _size() -> str:
    from linli.records.cases.models import Case
    from linli.records.needs.models import Need
    from linli.records.trail.models import Event

    counts = [(model.objects.count(), name) for model, name in ((Need, "needs"), (Case, "matters"), (Event, "events"))]
    return ", ".join(f"{count:,} {name}" for count, name in counts)


def asks() -> Iterator[Ask]:
    plain, held = Reader(), _office()
    pages = addresses()
    for name, address in pages.items():
        yield Ask(name, lambda address=address: plain.get(address), 20)
    others, send = cycle(projects()), _sending(pages["raise need"])
    yield Ask("projects in turn", lambda: plain.get(f"/projects/{next(others)}/"), 40)
    for name in ("home", "projects", "projects, a district", "projects, filtered", "project"):
        yield Ask(f"{name}, after an act", lambda address=pages[name]: plain.get(address), 10, before=_composing(send))
    for name in ("projects", "projects, a district", "projects, filtered", "notices", "a district"):
        yield Ask(f"{name}, counted", lambda address=pages[name]: plain.get(address), 4, before=_nothing_counted)
    for name in ("home", "projects", "project", "notice"):
        yield Ask(f"{name}, all anew", lambda address=pages[name]: plain.get(address), 10, before=_all_anew)
    for name in ("home", "projects", "project"):
        yield Ask(f"{name}, kept", lambda address=pages[name]: plain.get(address), 200, kept=True)
    case = pages["project"].strip("/").split("/")[1]
    for name in ("projects", "project"):
        yield Ask(f"{name}, signed in", lambda address=pages[name]: held.get(address), 10)
    yield Ask("desk: to do", lambda: held.get("/desk/"), 10)
    yield Ask("desk: matters", lambda: held.get("/desk/cases/"), 10)
    yield Ask("desk: dossier", lambda: held.get(f"/desk/cases/{case}/"), 10)
    yield Ask("need sent", send, 10)
    for name in ("needs", "projects"):
        yield Ask(f"open data: {name}.csv", lambda name=name: plain.get(f"/api/data/{name}.csv"), 1)
    yield Ask("archive package", lambda: held.get(f"{pages['project']}archive.zip"), 1)


def projects() -> list[str]:
    """Codes of projects everybody may read, the newest first."""
    from linli.records.cases.models import Case

    found = Case.objects.filter(procedure="micro_project", public=True, passage__taken__gt=0).order_by("-pk")
    return list(found.values_list("code", flat=True)[:40])


def addresses() -> dict[str, str]:
    from django.db.models import Count

    from linli.records.cases.models import Case
    from linli.records.notices.models import Notice
    from linli.records.places.selectors import at_level, place

    case = Case.objects.filter(procedure="micro_project", passage__state="archived").select_related("place").latest("pk")
    busiest = Case.objects.filter(procedure="micro_project").values("place").annotate(n=Count("pk")).order_by("-n", "place")[0]
    community, notice = place(busiest["place"]), Notice.objects.latest("pk").pk
    district = at_level(community, "district") or community
    return {
        "home": f"/c/{community.pk}/",
        "a district": f"/c/{district.pk}/",
        "projects": "/projects/?place=",
        "projects, a place": f"/projects/?place={community.pk}",
        "projects, a district": f"/projects/?place={district.pk}",
        "projects, filtered": "/projects/?place=&state=archived&type=works",
        "project": f"/projects/{case.code}/",
        "notices": "/notices/?place=",
        "notice": f"/notices/{notice}/",
        "needs of a place": f"/c/{community.pk}/needs/",
        "raise need": f"/c/{community.pk}/needs/new/",
        "search": "/search/?q=路灯",
        "rules": "/rules/",
    }


def _office() -> Reader:
    """A community's Party committee, signed in."""
    from django.test import Client

    from linli.records.cases.models import Case
    from linli.records.people.models import Account

    case = Case.objects.filter(procedure="micro_project", passage__state="archived").latest("pk")
    account = Account.objects.filter(person__offices__place=case.place, person__offices__office="party_committee")[0]
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return Reader({name: morsel.value for name, morsel in client.cookies.items()})


def _sending(address: str) -> Callable[[], Any]:
    from django.test import Client

    number = iter(range(10**6))

    def send() -> Any:
        n, stamp = next(number), int(time.time() * 1000) % 10**7
        data = {"what": f"演示：楼道灯坏了 {stamp}-{n}", "where": "三栋", "contact": f"154{(stamp + n) % 10**8:08d}"}
        return Client(REMOTE_ADDR=f"10.{n // 250 % 250}.{n % 250}.{stamp % 250}").post(address, data)

    return send


def _run(ask: Ask) -> tuple[float, list[float], int]:
    from django.conf import settings
    from django.db import connection

    settings.KEPT_PAGES_BYTES = KEPT if ask.kept else 0
    for _ in range(2):
        answer = ask.do()
        assert answer.status_code in (200, 302), (ask.name, answer.status_code)
    asked: list[str] = []
    if ask.before:
        ask.before()
    with connection.execute_wrapper(lambda run, sql, *rest: (asked.append(sql), run(sql, *rest))[1]):
        ask.do()
    times, cpu = [], []
    for _ in range(ROUNDS):
        spent = 0.0
        for _ in range(ask.times):
            if ask.before:
                ask.before()
            began, at = time.process_time(), time.perf_counter()
            ask.do()
            times.append((time.perf_counter() - at) * 1000)
            spent += time.process_time() - began
        cpu.append(spent * 1000 / ask.times)
    return min(cpu), times, len(asked)


def _nothing_counted() -> None:
    from linli.records.cases.selectors import tally
    from linli.web.shared import as_read, counting

    tally.forget()
    counting.forget()
    as_read.forget()


def _composing(send: Callable[[], Any]) -> Callable[[], Any]:
    from linli.web.shared import as_read

    return lambda: (send(), as_read.forget())


def _all_anew() -> None:
    from linli.web.shared.tags import kept

    _nothing_counted()
    kept.forget()


def _print(ask: Ask, cpu: float, times: list[float], queries: int) -> None:
    p50, p95, p99 = _percentiles(times)
    aim = "≤ 0.5 ms" if ask.kept else ""
    if ask.name in AIMS:
        aim = f"≤ {AIMS[ask.name][0]:.0f} ms, {AIMS[ask.name][1]}"
    print(f"{ask.name:32}{cpu:8.2f}{p50:8.2f}{p95:8.2f}{p99:8.2f}{queries:9}{aim:>14}", flush=True)


def _percentiles(times: list[float]) -> tuple[float, float, float]:
    cuts = quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


# --- over the wire -------------------------------------------------------------------------------------------------------
def wire(seconds: float = 3.0) -> None:
    """The real server with two workers; two readers who ask without a pause, beside it on the same machine. What it does once
    a minute and once an hour is left out."""
    pages = addresses()
    print(f"\n{'over the wire':32}{'req/s':>8}{'p50':>8}{'p95':>8}{'p99':>8}")
    for kept in (False, True):
        with _served(kept) as port:
            for name in ("home", "projects", "project", "notice", *([] if kept else ["search"])):  # a search is never kept
                times = _load(port, pages[name], seconds)
                p50, p95, p99 = _percentiles(times)
                label = f"{name}{', kept' if kept else ''}"
                print(f"{label:32}{len(times) / seconds:8.0f}{p50:8.2f}{p95:8.2f}{p99:8.2f}", flush=True)


@contextmanager
def _served(kept: bool) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    told = {**os.environ, "LINLI_KEPT_PAGES_MB": "64" if kept else "0", "LINLI_HOSTS": "*", "LINLI_CLOCK": "0"}
    command = [sys.executable, "-m", "linli.commands.main", "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            if _get(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/rules/"):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _get(line: http.client.HTTPConnection, address: str) -> int:
    line.request("GET", _quoted(address), headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read()
    return answer.status


def _quoted(address: str) -> str:
    from urllib.parse import quote

    return re.sub(r"[^\x00-\x7f]+", lambda match: quote(match.group()), address)


def _load(port: int, address: str, seconds: float) -> list[float]:
    times: list[float] = []

    def read(until: float) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            at = time.perf_counter()
            assert _get(line, address) == 200, address
            times.append((time.perf_counter() - at) * 1000)

    for _ in range(12):  # both workers read the packs before the watch runs
        _get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), address)
    readers = [Thread(target=read, args=(time.perf_counter() + seconds,)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


if __name__ == "__main__":
    sys.exit(main())
