"""Import 100,000 needs: under 60 s and 500 MB. `python -m benchmarks.bench_import [rows] [csv|xlsx]`.

Runs on a scratch SQLite database, or on an empty PostgreSQL database given by LINLI_DATABASE_URL.
"""

import csv
import io
import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime

TARGET_SECONDS, TARGET_MB = 60, 500
AT = datetime(2021, 4, 8, 2, tzinfo=UTC)
HEAD = ("需求内容", "具体位置", "姓名", "联系电话", "户号", "征集日期", "途径", "征集方式")
THINGS = (
    "路灯不亮",
    "楼道堆物",
    "电梯异响",
    "下水道堵塞",
    "健身器材损坏",
    "无障碍坡道",
    "充电桩太少",
    "树枝遮窗",
    "屋顶渗水",
    "长者饭堂",
)


def main(rows: int, kind: str) -> int:
    os.environ.setdefault("LINLI_VAR", tempfile.mkdtemp(prefix="linli-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    place, clerk = _community()
    content = _xlsx(rows) if kind == "xlsx" else _csv(rows)
    print(f"{rows:,} rows, {len(content) / 1e6:.1f} MB of {kind}, {rows // 100:,} of them with a mistake")
    seconds, batch = _import(place, clerk, content, kind)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.1f} s ({rows / seconds:,.0f} rows/s), peak memory {memory:.0f} MB")
    print(f"rows {batch.rows_in:,} = accepted {batch.accepted:,} + rejected {batch.rejected:,} + duplicates {batch.duplicates:,}")
    whole = batch.rows_in == rows == batch.accepted + batch.rejected + batch.duplicates
    good = whole and seconds < TARGET_SECONDS and memory < TARGET_MB
    print("within the target" if good else f"NOT within the target of {TARGET_SECONDS} s and {TARGET_MB} MB")
    return 0 if good else 1


def _community():  # type: ignore[no-untyped-def]
    from linli.records.people.models import OfficeHeld, Person
    from linli.records.places.models import Place
    from linli.records.places.services import load_places
    from linli.records.rulebook.services import adopt_pack

    names = (("44", "广东省", "province"), ("4403", "深圳市", "city"), ("440305", "南山区", "district"))
    names += (("440305001", "南头街道", "subdistrict"), ("440305001001", "南头城社区居委会", "community"))
    parents = ("", "44", "4403", "440305", "440305001")
    lines = [{"code": c, "name": n, "level": level, "parent": p} for (c, n, level), p in zip(names, parents, strict=True)]
    load_places(rows=lines, source="benchmark", at=AT)
    adopt_pack(place=Place.objects.get(pk="440305"), pack="nanshan", since=date(2017, 1, 1), by="system", at=AT)
    clerk = Person.objects.create(name="演示·录入员", kind="staff", demonstration=True)
    OfficeHeld.objects.create(person=clerk, office="residents_committee", place_id="440305001001", since=date(2020, 1, 1))
    return Place.objects.get(pk="440305001001"), clerk


def _rows(count: int):  # type: ignore[no-untyped-def]
    """Made-up needs (演示); every hundredth has a phone nobody can read any more."""
    draw = random.Random(2)
    for n in range(count):
        phone = "1.38E+10" if n % 100 == 0 else f"138{n:08d}"
        what = f"{n % 40 + 1}栋{draw.choice(THINGS)},希望尽快处理,已经反映第{draw.randint(1, 9)}次"
        yield (what, f"南头古城{n % 400 + 1}号", f"演示{n}", phone, "", "2021-04-06", "线下", "集中征集")


def _csv(count: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *_rows(count)])
    return out.getvalue().encode()


def _xlsx(count: int) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("需求")
        for line, cells in enumerate((HEAD, *_rows(count))):
            sheet.write_row(line, 0, cells)
    return out.getvalue()


def _import(place, clerk, content: bytes, kind: str):  # type: ignore[no-untyped-def]
    from linli.records.needs import services

    began, worked = time.perf_counter(), time.process_time()
    batch = services.import_needs(place=place, file_name=f"needs.{kind}", content=content, by=clerk, at=AT)
    seconds = time.perf_counter() - began
    print(f"the process itself worked {time.process_time() - worked:.1f} s")
    return seconds, batch


if __name__ == "__main__":
    arguments = sys.argv[1:]
    numbers = [int(one) for one in arguments if one.isdigit()]
    sys.exit(main(numbers[0] if numbers else 100_000, "xlsx" if "xlsx" in arguments else "csv"))
