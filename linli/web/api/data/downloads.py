"""A table as CSV or JSON, written while it is read. A file ends after some thousand rows and says where the next begins."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse

from linli.records.trail.models import Checkpoint
from linli.records.trail.selectors import latest_checkpoint
from linli.rules.plain.texts import Text
from linli.web.api.asking import asked_place
from linli.web.api.data.columns import AS_OF, columns
from linli.web.api.data.datasets import DATASETS, Dataset
from linli.web.api.turned_down import nowhere, wrong
from linli.web.shared import clock

ROWS_AT_MOST = 20_000
_CHUNK = 500
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
_YEARS = range(1900, 2201)
_NO_YEAR = Text(
    f"年度写四位数字，{_YEARS[0]} 到 {_YEARS[-1]}。", f"A year has four digits and lies between {_YEARS[0]} and {_YEARS[-1]}."
)
_NOT_BY_YEAR = Text("这张表不分年度。", "This table is not by year.")
_NO_AFTER = Text("请原样使用上一个文件给出的 after。", "Use `after` as the file before gave it.")


@dataclass(frozen=True)
class Part:
    """One file: rows after a key, up to and with another; `next` is the key the following file starts after."""

    dataset: Dataset
    rows: QuerySet[Any]
    after: Any
    last: Any
    checkpoint: Checkpoint | None

    @property
    def as_of(self) -> str:
        return self.checkpoint.short_code if self.checkpoint else ""


def download(request: HttpRequest, name: str, form: str) -> StreamingHttpResponse:
    """`?place=` a place and everything in it, `?year=`, `?after=` where the file before ended."""
    if name not in DATASETS or form not in _TYPES:
        raise nowhere()
    part = _part(request, DATASETS[name])
    answer = StreamingHttpResponse(_csv(part) if form == "csv" else _json(part), content_type=_TYPES[form])
    file = f"{name}-{clock.today():%Y%m%d}{f'-{part.as_of}' if part.as_of else ''}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if part.checkpoint is not None:
        answer.headers["Linli-Checkpoint"] = f"{part.checkpoint.number} {part.checkpoint.sha256}"
    if part.last is not None:
        asked = request.GET.copy()
        asked["after"] = str(part.last)
        answer.headers["Link"] = f'<{reverse("api:download", args=[name, form])}?{asked.urlencode()}>; rel="next"'
    return answer


def _part(request: HttpRequest, dataset: Dataset) -> Part:
    rows = dataset.rows(asked_place(request.GET.get("place", "")), _year(request, dataset)).order_by("pk")
    after: Any = request.GET.get("after", "") or None
    try:
        found = rows.filter(pk__gt=after) if after is not None else rows
        # The last of this file, if there is another row behind it.
        ends = list(found.values_list("pk", flat=True)[ROWS_AT_MOST - 1 : ROWS_AT_MOST + 1])
    except (ValueError, OverflowError) as error:
        raise wrong("after", _NO_AFTER) from error
    return Part(dataset, rows, after, ends[0] if len(ends) == 2 else None, latest_checkpoint())


def _year(request: HttpRequest, dataset: Dataset) -> int | None:
    asked = request.GET.get("year", "")
    if asked and not dataset.by_year:
        raise wrong("year", _NOT_BY_YEAR)
    if asked and not (asked.isascii() and asked.isdecimal() and int(asked[:5]) in _YEARS):
        raise wrong("year", _NO_YEAR)
    return int(asked) if asked else None


def _chunks(part: Part) -> Iterator[Sequence[Any]]:
    after = part.after
    rows = part.rows.filter(pk__lte=part.last) if part.last is not None else part.rows
    while some := list((rows.filter(pk__gt=after) if after is not None else rows)[:_CHUNK]):
        yield part.dataset.made(some)
        after = some[-1].pk


class _Line:
    """What csv writes into; it hands back the line."""

    def write(self, line: str) -> str:
        return line


def _csv(part: Part) -> Iterator[str]:
    """With the mark that makes spreadsheets read UTF-8."""
    writer, shown = csv.writer(_Line()), columns(part.dataset.shape)
    yield "\ufeff" + writer.writerow([column.name for column in shown])
    for rows in _chunks(part):
        yield "".join(
            writer.writerow([column.cell(row) if column.path != (AS_OF,) else part.as_of for column in shown]) for row in rows
        )


def _json(part: Part) -> Iterator[str]:
    yield json.dumps(_head(part), ensure_ascii=False)[:-1] + ', "rows": [\n'
    between = ""
    for rows in _chunks(part):
        for row in rows:
            yield between + row.model_dump_json()
            between = ",\n"
    yield "\n]}\n"


def _head(part: Part) -> dict[str, Any]:
    checkpoint = part.checkpoint
    return {
        "dataset": part.dataset.id,
        "made_at": clock.now().isoformat(),
        "checkpoint": {
            "number": checkpoint.number,
            "at": checkpoint.at.isoformat(),
            "size": checkpoint.size,
            "sha256": checkpoint.sha256,
            "sm3": checkpoint.sm3,
            "short_code": checkpoint.short_code,
        }
        if checkpoint
        else None,
        "dictionary": reverse("api:dictionary"),
        "next": str(part.last) if part.last is not None else "",
    }
