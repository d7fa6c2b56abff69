"""Loads a country of 665,276 synthetic places into an empty database: under 90 seconds, in bounded memory.

python -m benchmarks.bench_places
"""

import csv
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

# As many as the statistical codes of 2023 know (see tests/records/places).
SIZES = {"province": 31, "city": 342, "district": 2_978, "subdistrict": 41_352, "community": 620_573}
DIGITS = {"province": 2, "city": 4, "district": 6, "subdistrict": 9, "community": 12}
BOUND_SECONDS = 90
BOUND_MEGABYTES = 500


def country() -> Iterator[tuple[str, str, str, str]]:
    """code, name, level, parent; by level and code, as the statistical tables come; children spread evenly."""
    parents = [""]
    for level, size in SIZES.items():
        codes = []
        for rank, parent in enumerate(parents):
            for own in range(1, size // len(parents) + (rank < size % len(parents)) + 1):
                codes.append(parent + str(own).zfill(DIGITS[level] - len(parent)))
                yield codes[-1], f"演示{level}{len(codes)}", level, parent
        parents = codes


def write_table(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", "name", "level", "parent"))
        writer.writerows(country())


def main() -> None:
    scratch = Path(tempfile.mkdtemp(prefix="linli-places-"))
    os.environ["LINLI_VAR"] = str(scratch)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    os.environ["LINLI_DATABASE_URL"] = f"sqlite:///{scratch / 'places.sqlite3'}"
    import django

    django.setup()
    from django.core.management import call_command

    from linli.records.places.selectors import descendants, place
    from linli.records.places.services import load_places

    call_command("migrate", verbosity=0, skip_checks=True)
    table = scratch / "country.csv"
    write_table(table)
    before = _megabytes()
    for title in ("first load", "second load, nothing new"):
        began = time.perf_counter()
        loaded = load_places(rows=table, source="演示全国", at=datetime(2023, 6, 30, tzinfo=UTC))
        seconds = time.perf_counter() - began
        verdict = "ok" if seconds < BOUND_SECONDS and _megabytes() < BOUND_MEGABYTES else "TOO MUCH"
        print(
            f"{title}: {loaded.created:,} created, {loaded.unchanged:,} as they were, {seconds:.1f} s of {BOUND_SECONDS}, "
            f"peak {_megabytes():.0f} MB ({before:.0f} MB before) of {BOUND_MEGABYTES}: {verdict}"
        )
    began = time.perf_counter()
    inside = descendants(place("01"), "community").count()
    print(f"the {inside:,} communities of one province counted in {(time.perf_counter() - began) * 1000:.0f} ms")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
