"""An act on many rows: each row in a transaction of its own together with the note of what came of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.workbench.models import BulkRow, BulkRun
from linli.rules.plain.refusals import TurnedDown
from linli.rules.plain.texts import Text

Act = Callable[[str, Mapping[str, str]], Text]


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as it was previewed: `why_not` says why it is left out, None that it may be done."""

    code: str
    title: str
    why_not: Text | None = None


@transaction.atomic
def begin_run(*, act: str, place: Place, rows: Sequence[Planned], data: Mapping[str, str], by: Person, at: datetime) -> BulkRun:
    """Write down what is about to be done, before any of it is."""
    run = BulkRun.objects.create(act=act, place=place, by=by, data=json.dumps(dict(data), ensure_ascii=False), begun_at=at)
    BulkRow.objects.bulk_create([_row(run, row) for row in rows])
    return run


def _row(run: BulkRun, row: Planned) -> BulkRow:
    why = row.why_not or Text("", "")
    state = "left_out" if row.why_not else "waiting"
    return BulkRow(run=run, code=row.code, title=row.title[:120], state=state, zh=why.zh[:600], en=why.en[:900])


def go_on(*, run: BulkRun, act: Act, at: datetime) -> BulkRun:
    """Do every row that waits. Stopped in the middle, call it again: what is done stays done and is not done twice."""
    data: dict[str, str] = json.loads(run.data.open())
    for pk in list(run.rows.filter(state="waiting").values_list("pk", flat=True)):
        _one(pk, act, data, at)
    BulkRun.objects.filter(pk=run.pk, done_at__isnull=True).update(done_at=at)
    run.refresh_from_db()
    return run


def _one(pk: int, act: Act, data: Mapping[str, str], at: datetime) -> None:
    try:
        with transaction.atomic():
            row = BulkRow.objects.select_for_update().get(pk=pk)
            if row.state != "waiting":
                return
            _note(row, "done", act(row.code, data), at)
    except TurnedDown as refused:
        _note(BulkRow.objects.get(pk=pk), "refused", refused.text, at)


def _note(row: BulkRow, state: str, text: Text, at: datetime) -> None:
    row.state, row.zh, row.en, row.at = state, text.zh[:600], text.en[:900], at
    row.save(update_fields=["state", "zh", "en", "at"])
