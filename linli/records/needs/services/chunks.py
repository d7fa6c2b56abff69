"""One chunk of rows: read, told apart, written. Every row ends as accepted, rejected or duplicate."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.records.needs import events, gate, owing
from linli.records.needs.askers import who_of
from linli.records.needs.codes import new_code
from linli.records.needs.form import TEXTS
from linli.records.needs.intake.columns import Headers
from linli.records.needs.intake.rows import ReadRow, RowReader, Wrong
from linli.records.needs.intake.sheets import SheetRow
from linli.records.needs.models import ImportBatch, ImportRow, Need
from linli.records.needs.sources import fingerprint, source_key
from linli.records.people.models import Household, Person, Residency
from linli.records.people.phones import phone_index
from linli.records.people.sealed import blind_index
from linli.records.people.selectors import holding
from linli.records.places.selectors import beneath
from linli.records.rulebook.bulk import insert_alike
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text

_BATCH = 1_000
# Everything a row of the spreadsheet, or the roll, says; place, batch, clerk and the moment are the same for a chunk.
_DIFFER = (
    *("code", "year", *TEXTS, "asker_name", "contact", "person", "household", "source", "beneficiaries", "more", "sealed"),
    *("paper_ref", "collected_on", "fingerprint", "batch_row"),
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A data row with its running number in the file and the headers of its sheet."""

    number: int
    row: SheetRow
    headers: Headers


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of a row; `need` is the new one, the one that was there, or its number."""

    row: Numbered
    read: ReadRow
    outcome: str
    need: Need | int | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the roll knows about the askers of a chunk."""

    households: dict[str, UUID]  # by label
    persons: dict[str, UUID]  # by phone index, where exactly one resident has it
    homes: dict[UUID, UUID]  # person -> household
    indexes: dict[str, str]  # phone -> its keyed digest


class Chunk:
    """Takes the rows of one chunk inside the caller's transaction."""

    def __init__(self, batch: ImportBatch, reader: RowReader, by: Person, at: datetime) -> None:
        self._batch, self._reader, self._by, self._at = batch, reader, by, at
        self._today = day_in_china(at)

    def take(self, rows: Sequence[Numbered]) -> events.RowsImported:
        read = [self._reader.read(one.row, one.headers) for one in rows]
        known = self._known(read)
        taken = self._sort(rows, read, [self._draft(one.number, row, known) for one, row in zip(rows, read, strict=True)])
        self._write([one.need for one in taken if one.outcome == "accepted" and isinstance(one.need, Need)])
        others = [self._row(one) for one in taken if one.outcome != "accepted"]
        ImportRow.objects.bulk_create(others, batch_size=_BATCH)
        outcomes = Counter(one.outcome for one in taken)
        return events.RowsImported(
            first=rows[0].number,
            last=rows[-1].number,
            accepted=outcomes["accepted"],
            rejected=outcomes["rejected"],
            duplicates=outcomes["duplicate"],
            rows_digest=_digest(taken),
        )

    def _known(self, read: Iterable[ReadRow]) -> _Known:
        good = [row for row in read if row.wish is not None and not row.wrong]
        labels = {row.household for row in good if row.household}
        indexes = {row.wish.contact: phone_index(row.wish.contact) for row in good if row.wish}
        households = Household.objects.filter(beneath(self._batch.place, "place"), holding(self._today), label__in=labels)
        people = Person.objects.filter(
            phone_index__in=[index for index in indexes.values() if index], kind="resident", erased_at__isnull=True
        )
        found = list(people.values_list("phone_index", "pk"))
        times = Counter(index for index, _ in found)
        persons = {index: person for index, person in found if times[index] == 1}
        homes = Residency.objects.filter(holding(self._today), person__in=list(persons.values()), place=self._batch.place)
        return _Known(
            dict(households.values_list("label", "pk")),
            persons,
            {person: home for person, home in homes.values_list("person_id", "household_id") if home},
            indexes,
        )

    def _draft(self, number: int, row: ReadRow, known: _Known) -> Need | None:
        """The need a row would become; None when something is wrong with it."""
        if row.wrong or row.wish is None:
            return None
        if row.household and row.household not in known.households:
            row.wrong.append(Wrong("household", "", _NO_HOUSEHOLD))
            return None
        wish, index = row.wish, known.indexes[row.wish.contact]
        person = known.persons.get(index)
        household = known.households.get(row.household) or (known.homes.get(person) if person else None)
        source = source_key(f"person:{person}" if person else "", index)
        who = who_of(source, f"household:{household}" if household else "", row.name, row.paper_ref)
        day = row.collected_on or self._today
        place = self._batch.place
        return Need(
            code=new_code(),
            place=place,
            year=day.year,
            **wish.columns,
            beneficiaries=wish.beneficiaries,
            contact=wish.contact,
            more=wish.more,
            sealed=wish.sealed_text,
            asker_name=row.name,
            person_id=person,
            household_id=household,
            source=source,
            paper_ref=row.paper_ref,
            entered_by=self._by,
            batch=self._batch,
            batch_row=number,
            collected_on=day,
            raised_at=self._at,
            fingerprint=fingerprint(place.pk, day.year, who, wish.columns["what"], wish.columns["where"]),
        )

    def _sort(self, rows: Sequence[Numbered], read: Sequence[ReadRow], drafts: Sequence[Need | None]) -> list[_Taken]:
        """New wishes, and those that are there already: from before, or from further up in the file."""
        seen: dict[tuple[int, str], Need | int] = dict(self._there([draft for draft in drafts if draft]))
        taken = []
        for one, row, draft in zip(rows, read, drafts, strict=True):
            if draft is None:
                taken.append(_Taken(one, row, "rejected", None))
                continue
            before = seen.get((draft.year, draft.fingerprint))
            if before is None:
                seen[draft.year, draft.fingerprint] = draft
            taken.append(_Taken(one, row, "duplicate" if before is not None else "accepted", before or draft))
        return taken

    def _there(self, drafts: Sequence[Need]) -> list[tuple[tuple[int, str], int]]:
        standing = Need.objects.filter(
            place=self._batch.place,
            year__in={draft.year for draft in drafts},
            fingerprint__in=[draft.fingerprint for draft in drafts],
            withdrawn_at__isnull=True,
        )
        return [((year, mark), number) for year, mark, number in standing.values_list("year", "fingerprint", "pk")]

    def _write(self, needs: list[Need]) -> None:
        insert_alike(needs, _DIFFER)
        rows = {need.batch_row: need for need in needs}
        for number, row in Need.objects.filter(batch=self._batch, batch_row__in=rows).values_list("pk", "batch_row"):
            rows[row].pk = number
        owing.owe_many(needs, gate.begin_many(needs, by=self._by, at=self._at), at=self._at)

    def _row(self, one: _Taken) -> ImportRow:
        rejected = one.outcome == "rejected"
        return ImportRow(
            batch=self._batch,
            number=one.row.number,
            sheet=one.row.row.sheet[:60],
            line=one.row.row.line,
            outcome=one.outcome,
            need_id=one.need.pk if isinstance(one.need, Need) else one.need,
            faults=[_fault(wrong) for wrong in one.read.wrong] if rejected else [],
            original=json.dumps(one.read.original, ensure_ascii=False) if rejected else "",
        )


_NO_HOUSEHOLD = Text("名册里没有这个户号，请核对。", "The community keeps no household of this number; please check.")


def _fault(wrong: Wrong) -> dict[str, str]:
    return {"key": wrong.key, "column": wrong.column, "zh": wrong.text.zh, "en": wrong.text.en}


def _digest(taken: Iterable[_Taken]) -> str:
    """Keyed, over every row in order with what became of it."""
    rows = [[one.row.number, one.outcome, one.read.original] for one in taken]
    return blind_index(json.dumps(rows, ensure_ascii=False, sort_keys=True), "import rows")
