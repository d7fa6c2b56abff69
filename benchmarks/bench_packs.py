"""How long 500 parameters take to load, and what one reading costs: `python -m benchmarks.bench_packs`."""

import shutil
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from linli.rules.policy.load import load_packs
from linli.rules.policy.rules import Rules

PACKS = Path(__file__).resolve().parents[1] / "packs"
PARAMETERS = 500
LOAD_LIMIT = 0.5  # seconds
READS = 100_000

_ONE = """p{n}:
  title: {{zh: 参数{n}, en: Parameter {n}}}
  unit: yuan
  by: kinds
  lower_levels_may: lower
  set_by: [district.civil_affairs]
  exception: {{by: [district.civil_affairs], clause: open}}
  values:
    2017-01-01: {{service: {n}000, goods: 500000, works: 500000, clause: open}}
    2020-11-05: {{service: 500000, goods: null, works: unlimited, clause: open}}
"""
_KINDS = """kinds:
  title: {zh: 类型, en: Kinds}
  entries:
    service: {title: {zh: 服务, en: Service}, clause: open}
    goods: {title: {zh: 货物, en: Goods}, clause: open}
    works: {title: {zh: 工程, en: Works}, clause: open}
"""


def synthetic(folder: Path) -> None:
    """A packs folder with the real vocabulary and one pack of many parameters."""
    shutil.copytree(PACKS / "vocabulary", folder / "vocabulary")
    (folder / "sources.yaml").write_text("{}\n")
    pack = folder / "many"
    for name in ("parameters", "catalogues"):
        (pack / name).mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: many\ntitle: {zh: 多, en: Many}\nlevel: city\nversion: 1.0.0\n")
    (pack / "catalogues" / "all.yaml").write_text(_KINDS)
    (pack / "parameters" / "all.yaml").write_text("".join(_ONE.format(n=n + 1) for n in range(PARAMETERS)))


def reading_costs(rules: Rules) -> tuple[float, float]:
    """Microseconds of a first and of a repeated reading."""
    days = [date(2017 + year, month, 1) for year in range(8) for month in range(1, 13)]
    names = [f"p{n + 1}" for n in range(10)]
    first = perf_counter()
    for name in names:
        for day in days:
            rules.read(name, on=day, key="works")
    again = perf_counter()
    for _ in range(READS):
        rules.read("p1", on=days[50], key="works")
    done = perf_counter()
    return (again - first) / (len(names) * len(days)) * 1e6, (done - again) / READS * 1e6


def main() -> int:
    with TemporaryDirectory() as name:
        folder = Path(name) / "packs"
        synthetic(folder)
        start = perf_counter()
        library = load_packs(folder)
        taken = perf_counter() - start
        first, again = reading_costs(library.rules("many"))
    start = perf_counter()
    load_packs(PACKS)
    real = perf_counter() - start
    print(f"{PARAMETERS} parameters loaded and checked in {taken:.3f} s (limit {LOAD_LIMIT} s)")
    print(f"the real packs loaded and checked in {real:.3f} s")
    print(f"one reading: {first:.1f} µs the first time, {again:.2f} µs again")
    return 0 if taken < LOAD_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
