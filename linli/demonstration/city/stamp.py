"""Stamping a template out for another community: new numbers, codes, people and names; every digest taken again; every event
sealed into the community's own chain. What a database would refuse for the specimen it refuses here too: rows go in as rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models

from linli.demonstration.city.template import FAR, ROOM, Bytes, Own, Row, Sealed, Table, Template, Text
from linli.demonstration.names import Names
from linli.records.cases.codes import hold_series
from linli.records.needs.codes import new_code as need_code
from linli.records.needs.models import Need
from linli.records.needs.sources import fingerprint
from linli.records.people.models import Person
from linli.records.people.phones import phone_index
from linli.records.people.sealed import seal
from linli.records.places.models import Place
from linli.records.trail.models import Event, Stream
from linli.records.trail.services.heads import locked_head
from linli.rules.proof.digests import linked


@dataclass
class Counters:
    """Where the next row of each table, the next number of each district's year and the next telephone begin."""

    starts: dict[str, int]
    phones: int
    random: Random
    names: Names
    codes: dict[tuple[str, int], list[Any]] = field(default_factory=dict)  # (district, year) -> [prefix, last, series]

    @classmethod
    def read(cls, tables: Iterable[type[models.Model]], seed: int) -> "Counters":
        starts = {
            model._meta.label: (model._default_manager.aggregate(top=models.Max("pk"))["top"] or 0) + 1
            for model in tables
            if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
        }
        known = list(Person.objects.values_list("name", flat=True))
        names = Names(seed + len(known), known)
        return cls(starts, len(known), Random(f"{seed}/{len(known)}"), names)

    def next_code(self, district: Place, year: int) -> str:
        known = self.codes.get((district.pk, year))
        if known is None:
            series = hold_series(district, year)
            known = self.codes[district.pk, year] = [series.prefix, series.last, series]
        known[1] += 1
        return f"{known[0]}-{year}-{known[1]:04d}"

    def save(self) -> None:
        """The numbers given out so far, in the transaction of the rows that bear them."""
        for prefix, last, series in self.codes.values():
            type(series).objects.filter(pk=series.pk).update(prefix=prefix, last=last)


class Sheet:
    """Rows on their way into the database, table by table. `above` are events of chains that several communities share."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[Sequence[Any]]] = defaultdict(list)
        self.columns: dict[type[models.Model], list[str]] = {}
        self.above: list[list[Any]] = []

    def put(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        self.columns[table.model] = table.columns
        self.rows[table.model].extend(rows)

    def write(self) -> Counter[str]:
        self._seal_above()
        written: Counter[str] = Counter()
        for model, rows in self.rows.items():
            _insert(model._meta.db_table, self.columns[model], rows)
            written[model._meta.label] += len(rows)
        self.rows.clear()
        return written

    def _seal_above(self) -> None:
        """In the order of time, behind what stands in those chains already."""
        at = {name: number for number, name in enumerate(self.columns[Event])}
        heads: dict[str, Stream] = {}
        for row in sorted(self.above, key=lambda row: row[at["at"]]):
            head = heads.get(row[at["stream"]]) or heads.setdefault(row[at["stream"]], locked_head(row[at["stream"]]))
            sealed_behind(head, row, at)
            self.rows[Event].append(row)
        for head in heads.values():
            head.save()
        self.above.clear()


def sealed_behind(head: Stream, row: list[Any], at: dict[str, int]) -> None:
    """Put an event behind the head of its chain; its number in the body is the one it has now."""
    before, head.seq = head.digests, head.seq + 1
    body = row[at["body"]]
    if row[at["seq"]] != head.seq:
        row[at["body"]] = body = body.replace(f'"seq":{row[at["seq"]]},'.encode(), f'"seq":{head.seq},'.encode(), 1)
        row[at["seq"]] = head.seq
    now = linked(before, body)
    row[at["prev_sha256"]], row[at["prev_sm3"]] = before.sha256, before.sm3
    row[at["sha256"]], row[at["sm3"]] = head.sha256, head.sm3 = now.sha256, now.sm3


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(connection.ops.quote_name(one) for one in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(columns))
        # Past the layer that would look at every value once more: these are the database's own.
        cursor.connection.cursor().executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


class Press:
    """One template, made ready for stamping."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.words = sorted(template.slots.items(), key=lambda one: one[0])
        self.events = template.of(Event)
        self.tables = [table for table in template.tables.values() if table.model is not Event]
        self.labels = {number: table.model._meta.label for number, table in template.tables.items()}
        self._ready = {id(table): [_split(row) for row in table.rows] for table in template.tables.values()}

    def stamp(self, place: Place, district: Place, counters: Counters, sheet: Sheet) -> None:
        """Everything of the template, for this place."""
        values = self._values(place, district, counters)
        for slot, again in self.template.derived:
            values[slot] = again(values)
        starts = [counters.starts.get(self.labels.get(number, ""), 0) for number in range(max(self.labels) + 1)]
        head = Stream(code=place.pk)
        seals: dict[int, str] = {}
        assert self.events is not None
        sheet.put(self.events, self._sealed(values, starts, head, sheet.above, seals))
        for (kind, word), slot in self.words:
            if kind == "receipt":
                seq = int(word.split("/")[1])
                values[slot] = f"{place.pk}/{seq}/{seals[seq][:16]}"
        for table in self.tables:
            sheet.put(table, self._rows(table, values, starts, counters, place))
        for number, table in self.template.tables.items():
            if (label := self.labels[number]) in counters.starts:
                counters.starts[label] += table.count
        head.save(force_insert=True)

    # --- what stands in the places to fill in ---------------------------------------------------------------------------
    def _values(self, place: Place, district: Place, counters: Counters) -> list[str]:
        values = [""] * len(self.words)
        codes = dict(zip(self.template.place.ancestor_codes[2:], place.ancestor_codes[2:], strict=True))
        ids: dict[str, UUID] = {}
        for (kind, word), slot in self.words:
            match kind:
                case "uuid" | "dashed":
                    own = ids.setdefault(word, UUID(int=counters.random.getrandbits(128), version=4))
                    values[slot] = own.hex if kind == "uuid" else str(own)
                case "row":
                    table, offset = divmod(int(word) - FAR, ROOM)
                    values[slot] = str(counters.starts[self.labels[table]] + offset)
                case "place":
                    values[slot] = codes[word]
                case "short":
                    values[slot] = place.short_name
                case "full":
                    values[slot] = place.name
                case "name":
                    values[slot] = counters.names.person()
                case "need":
                    values[slot] = need_code()
                case "case":
                    values[slot] = counters.next_code(district, int(word.split("-")[1]))
        return values

    # --- the chain ------------------------------------------------------------------------------------------------------
    def _sealed(
        self, values: list[str], starts: list[int], head: Stream, above: list[list[Any]], seals: dict[int, str]
    ) -> Iterator[list[Any]]:
        assert self.events is not None
        at = {name: number for number, name in enumerate(self.events.columns)}
        for row, change in self._ready[id(self.events)]:
            made = _filled(row, change, values, starts)
            if made[at["stream"]] != head.code:
                above.append(made)
                continue
            sealed_behind(head, made, at)
            seals[head.seq] = head.sha256
            yield made

    # --- the rows -------------------------------------------------------------------------------------------------------
    def _rows(self, table: Table, values: list[str], starts: list[int], counters: Counters, place: Place) -> Iterator[list[Any]]:
        at = {name: number for number, name in enumerate(table.columns)}
        for row, change in self._ready[id(table)]:
            made = _filled(row, change, values, starts)
            if table.model is Person and made[at["phone"]]:
                counters.phones += 1
                number = f"1542{counters.phones:07d}"
                made[at["phone"]], made[at["phone_index"]] = seal(number, "people_person.phone"), phone_index(number)
            elif table.model is Need:
                asked = (made[at["source"]], made[at["what"]], made[at["where"]])
                made[at["fingerprint"]] = fingerprint(place.pk, made[at["year"]], *asked)
            yield made


def _split(row: list[Any]) -> tuple[list[Any], list[tuple[int, Any]]]:
    """What stays, and what changes where."""
    return row, [(number, cell) for number, cell in enumerate(row) if isinstance(cell, Text | Bytes | Sealed | Row | Own)]


def _filled(row: list[Any], change: list[tuple[int, Any]], values: list[str], starts: list[int]) -> list[Any]:
    made = row.copy()
    for number, cell in change:
        match cell:
            case Row(table, offset):
                made[number] = starts[table] + offset
            case Text():
                made[number] = cell.filled(values)
            case Bytes(text):
                made[number] = text.filled(values).encode()
            case Own(slot):
                made[number] = UUID(values[slot])
            case Sealed(text, place):
                made[number] = seal(text.filled(values), place)
    return made
