"""Appends to the trail on SQLite as a site runs it, and the stand-alone verification of 1,000,000 events: under 60 seconds.

python -m benchmarks.bench_trail [EVENTS]
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

EVENTS, STREAMS, BETWEEN_CHECKPOINTS = 1_000_000, 100, 10_000
APPENDS, BULK = 2_000, 20_000
BOUND_SECONDS = 60
VERIFIER = Path(__file__).parents[1] / "linli" / "rules" / "proof" / "verifier.py"


def appends(folder: Path) -> None:
    """Through the real service, on a database file with full durability."""
    os.environ["LINLI_DATABASE_URL"] = f"sqlite:///{folder / 'trail.sqlite3'}"
    os.environ["LINLI_VAR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from linli.records.trail import event, services
    from linli.rules.plain.subjects import Subject
    from linli.rules.plain.texts import Text

    @event("benchmark.noted", title=Text("已记录", "Noted"))
    class Noted:
        words: str

    def add(count: int) -> None:
        for n in range(count):
            services.record(
                Noted(words=f"演示 {n}"), stream=f"44{n % STREAMS}", subject=Subject("need", str(n)), by="system", at=at
            )

    at = datetime(2021, 4, 8, tzinfo=UTC)
    call_command("migrate", "trail", verbosity=0, skip_checks=True)
    add(STREAMS)
    begun = time.perf_counter()
    add(APPENDS)
    print(f"appends, one transaction each   {APPENDS / (time.perf_counter() - begun):10,.0f} /s")
    begun = time.perf_counter()
    with transaction.atomic():
        add(APPENDS)
    print(f"appends, in one transaction     {APPENDS / (time.perf_counter() - begun):10,.0f} /s")
    begun = time.perf_counter()
    acts = [(Noted(words=f"演示 {n}"), Subject("need", str(n))) for n in range(BULK)]
    for first in range(0, BULK, 1_000):
        services.record_all(acts[first : first + 1_000], stream="440", by="system", at=at)
    print(f"appends, a thousand at a time   {BULK / (time.perf_counter() - begun):10,.0f} /s")
    begun = time.perf_counter()
    services.take_checkpoint(at=at)
    print(f"a checkpoint over {2 * APPENDS + BULK + STREAMS:,} new    {time.perf_counter() - begun:10.2f} s")


def generated(folder: Path, count: int) -> str:
    """An export of `count` events; its last checkpoint as an anchor."""
    from tests.rules.proof.histories import Sealer, contents

    sealer, checkpoint = Sealer(), {}
    with (folder / "events.jsonl").open("w") as events, (folder / "checkpoints.jsonl").open("w") as checkpoints:
        for n, content in enumerate(contents(count, STREAMS), start=1):
            events.write(json.dumps(sealer.event(content)) + "\n")
            if n % BETWEEN_CHECKPOINTS == 0 or n == count:
                checkpoint = sealer.checkpoint(str(content["at"]))
                checkpoints.write(json.dumps(checkpoint) + "\n")
    (folder / "export.json").write_text(json.dumps({"events": count}))
    anchor = folder / "anchor.json"
    anchor.write_text(json.dumps(checkpoint))
    return str(anchor)


def verification(folder: Path, count: int) -> float:
    begun = time.perf_counter()
    anchor = generated(folder, count)
    size = (folder / "events.jsonl").stat().st_size / 1e6
    print(f"{count:,} events made up, {size:,.0f} MB  {time.perf_counter() - begun:10.1f} s", flush=True)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-I", str(VERIFIER), str(folder), "--anchor", anchor], check=True)
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"verified, with an anchor        {seconds:10.1f} s   of which processor {used.ru_utime + used.ru_stime:.1f} s")
    print(f"                                {count / seconds:10,.0f} /s   memory {used.ru_maxrss / 1024:.0f} MB")
    return seconds


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    # First, while this process is small: a child's peak memory begins at its parent's.
    with tempfile.TemporaryDirectory() as folder:
        seconds = verification(Path(folder), count)
    with tempfile.TemporaryDirectory() as folder:
        appends(Path(folder))
    held = seconds < BOUND_SECONDS
    print(f"bound {BOUND_SECONDS} s: {'held' if held else 'MISSED'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
