"""Reading back what a specimen wrote, as templates: what of every value belongs to this community alone, and what may stay.

While a specimen lives its rows are numbered far apart from all others (13 digits), so that a number of a row is known for one
wherever it stands: in a column, in a sealed body, in the facts of a decision.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from operator import itemgetter
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from linli.records.evidence.forms.facts import form_facts
from linli.records.evidence.models import Answers, Filling, Piece
from linli.records.evidence.sealing import digest_of
from linli.records.evidence.services.pieces import piece_body
from linli.records.meetings.models import Minutes
from linli.records.meetings.services.minutes import digest_of as minutes_digest
from linli.records.notices.models import Notice, NoticeContent
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.people.sealed import unseal
from linli.records.places.models import Place
from linli.records.rulebook.models import DecisionRecord
from linli.records.rulebook.plainly import plain_of
from linli.records.trail.models import Event, Opening
from linli.records.trail.spelling import commitment
from linli.rules.proof.canonical import digest

FAR = 7_000_000_000_000
_ROOM = 1_000_000_000
# What the whole site shares, what belongs to one browser or telephone, and what is written after the stamping.
_SHARED = {
    "trail.stream", "trail.checkpoint", "trail.leaf", "trail.tile", "places.place", "places.placechange", "cases.series",
    "rulebook.rulesedition", "people.outboxmessage", "people.smsday", "people.phonegate", "people.phonecode", "people.turns",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<receipt>(?<!\d)\d{12}/\d+/[0-9a-f]{16})"
    r"|(?P<hex>(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-f]))"
    r"|(?P<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    r"|(?P<row>(?<!\d)7\d{12}(?!\d))"
    r"|(?P<need>(?<![0-9A-Z])[2-9A-Z]{5}-[2-9A-Z]{5}(?![0-9A-Z]))"
    r"|(?P<case>(?<![0-9A-Z])[A-Z]{1,4}\d?-\d{4}-\d{4,}(?!\d))"
    r"|(?P<place>(?<!\d)44\d{4}(?:\d{3}(?:\d{3})?)?(?!\d))"
    r"|(?P<name>[\u4e00-\u9fff]{3}（演示）)"
)

Fill = Callable[[Sequence[str]], str]
Derive = tuple[int, Callable[[Sequence[str]], str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with places to fill in: `form % pick(values)`."""

    form: str
    pick: Callable[[Sequence[str]], Any]

    def filled(self, values: Sequence[str]) -> str:
        return str(self.form % self.pick(values))


@dataclass(frozen=True, slots=True)
class Bytes:
    text: Text


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text kept encrypted; `place` is the table and column it is bound to."""

    text: Text
    place: str


@dataclass(frozen=True, slots=True)
class Row:
    """The number of a row of the specimen: how many places after the first of its table."""

    table: int
    offset: int


@dataclass(frozen=True, slots=True)
class Own:
    """An id that is random."""

    slot: int


Cell = Any  # a plain value, or one of the five above


@dataclass
class Table:
    model: type[models.Model]
    columns: list[str]
    rows: list[list[Cell]]
    count: int  # how many numbers its rows take


@dataclass
class Template:
    """Everything one specimen wrote. `slots` are its tokens as they read in the specimen, by kind."""

    place: Place
    tables: dict[int, Table] = field(default_factory=dict)
    slots: dict[tuple[str, str], int] = field(default_factory=dict)
    derived: list[Derive] = field(default_factory=list)

    def slot(self, kind: str, word: str) -> int:
        return self.slots.setdefault((kind, word), len(self.slots))

    def of(self, model: type[models.Model]) -> Table | None:
        return next((table for table in self.tables.values() if table.model is model), None)


@dataclass(frozen=True)
class Apart:
    """Where the numbers of each table begin, and which random ids were there before."""

    tables: Mapping[int, type[models.Model]]
    before: Mapping[int, frozenset[object]]


def numbered_apart() -> Apart:
    """From now on new rows are numbered far apart, until the transaction is taken back."""
    numbered = dict(enumerate(tables(), start=1))
    before = {}
    for number, model in numbered.items():
        if _counts(model):
            _begin_at(model, FAR + number * _ROOM)
        else:
            before[number] = frozenset(model._default_manager.values_list("pk", flat=True))
    return Apart(numbered, before)


def tables() -> list[type[models.Model]]:
    """What a community writes into."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    ours = [model for model in found if model.__module__.startswith("linli.") and model._meta.app_label != "reports"]
    return sorted((model for model in ours if model._meta.label_lower not in _SHARED), key=lambda model: model._meta.label)


def _counts(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def _begin_at(model: type[models.Model], first: int) -> None:
    table, pk = model._meta.db_table, model._meta.pk
    assert pk is not None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, pk.column, first])
            return
        cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [first, table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])


def captured(place: Place, apart: Apart) -> Template:
    """The template of everything written since the rows were numbered apart."""
    return _Reader(place, apart).read()


class _Reader:
    def __init__(self, place: Place, apart: Apart) -> None:
        self.template, self.apart = Template(place), apart
        self.raw: dict[int, tuple[type[models.Model], list[str], list[list[Any]]]] = {}
        self.words: set[str] = set()  # digests, random ids and names that are this specimen's own

    def read(self) -> Template:
        for number, model in self.apart.tables.items():
            columns, rows = self._rows(number, model)
            if rows:
                self.raw[number] = (model, columns, rows)
        self._own_ids()
        self._digests()
        self._openings()
        for number, (model, columns, rows) in self.raw.items():
            fields = {one.column: one for one in model._meta.local_concrete_fields}
            cells = [[self._cell(value, fields[name], model) for name, value in zip(columns, row, strict=True)] for row in rows]
            self.template.tables[number] = Table(model, columns, cells, self._taken(model, columns, rows))
        return self.template

    def _rows(self, number: int, model: type[models.Model]) -> tuple[list[str], list[list[Any]]]:
        columns = [one.column for one in model._meta.local_concrete_fields]
        quote, pk = connection.ops.quote_name, model._meta.pk
        assert pk is not None
        sql = f"SELECT {', '.join(map(quote, columns))} FROM {quote(model._meta.db_table)}"
        far = isinstance(pk, models.IntegerField | models.ForeignKey)
        with connection.cursor() as cursor:
            if _counts(model):
                cursor.execute(f"{sql} WHERE {quote(pk.column)} > %s ORDER BY {quote(pk.column)}", [FAR])
            else:
                cursor.execute(sql)
            rows = [list(row) for row in cursor.fetchall()]
        if _counts(model):
            return columns, rows
        at, before = columns.index(pk.column), {_plain(key) for key in self.apart.before[number]}
        return columns, [row for row in rows if _plain(row[at]) not in before or (far and self._far(row[at]))]

    @staticmethod
    def _far(value: object) -> bool:
        return isinstance(value, int) and value > FAR

    @staticmethod
    def _taken(model: type[models.Model], columns: list[str], rows: list[list[Any]]) -> int:
        if not _counts(model):
            return 0
        at = columns.index(model._meta.pk.column)
        return max(int(row[at]) % _ROOM for row in rows) + 1

    def _own_ids(self) -> None:
        for model, columns, rows in self.raw.values():
            pk = model._meta.pk
            if isinstance(pk, models.UUIDField):
                self.words.update(UUID(str(row[columns.index(pk.column)])).hex for row in rows)
            if model is Person:
                self.words.update(row[columns.index("name")] for row in rows)

    # --- digests that change with the place -----------------------------------------------------------------------------
    def _digests(self) -> None:
        """In the order in which one can stand in another: words of notices, minutes, papers, evidence, decisions."""
        for paper in Filling.objects.filter(pk__gt=FAR):
            facts = plain_of(form_facts(paper))
            if (sealed := self._again(facts, digest)) is not None:
                # A decision holds the digest of each form it read.
                self.words.add(digest(facts))
                self.template.derived.append((self.template.slot("hex", digest(facts)), sealed))
        for model, again in (
            (NoticeContent, self._notice),
            (Minutes, self._minutes),
            (Filling, self._filling),
            (Answers, self._answers),
            (Piece, self._piece),
            (DecisionRecord, self._decision),
        ):
            for row in self._named(model):
                if (made := again(row)) is not None:
                    self.words.add(row["digest"])
                    self.template.derived.append((self.template.slot("hex", row["digest"]), made))

    def _named(self, model: type[models.Model]) -> Iterator[dict[str, Any]]:
        for found, columns, rows in self.raw.values():
            if found is model:
                yield from (dict(zip(columns, row, strict=True)) for row in rows)

    def _notice(self, row: dict[str, Any]) -> Fill | None:
        notice = next(one for one in self._named(Notice) if one["id"] == row["notice_id"])
        body = {
            "subject": f"{notice['subject_kind']}:{notice['subject_id']}",
            "point": notice["point"],
            "place": notice["place_id"],
            "title": row["title"],
            "body": row["body"],
            "amount": row["amount_fen"],
        }
        return self._again(body, lambda made: digest_of(made))

    def _minutes(self, row: dict[str, Any]) -> Fill | None:
        return self._again(row["text"], minutes_digest)

    def _filling(self, row: dict[str, Any]) -> Fill | None:
        sealed = json.loads(unseal(row["sealed"], "evidence_filling.sealed")) if row["sealed"] else {}
        body = {"form": row["form"], "data": json.loads(row["data"]), "sealed": sealed}
        return self._again(body, lambda made: digest_of(made, salt=row["salt"]))

    def _answers(self, row: dict[str, Any]) -> Fill | None:
        body = {"checklist": row["checklist"], "answers": json.loads(row["answers"]), "reasons": json.loads(row["reasons"])}
        return self._again(body, lambda made: digest_of(made, salt=row["salt"]))

    def _piece(self, row: dict[str, Any]) -> Fill | None:
        files = self._files.get(row["id"], [])
        body = piece_body(row["slot"], row["kind"], json.loads(row["facts"]), row["summary"], files)
        return self._again(body, lambda made: digest_of(made, salt=row["salt"]))

    @cached_property
    def _files(self) -> dict[int, list[Any]]:
        through = Piece.files.through
        rows = list(through._default_manager.filter(piece_id__gt=FAR).values_list("piece_id", "file__sha256"))
        found: dict[int, list[Any]] = {}
        for piece, content in rows:
            found.setdefault(piece, []).append(SimpleNamespace(sha256=content))
        return found

    def _again(self, body: object, taken: Callable[[Any], str]) -> Fill | None:
        """How the digest is taken again from the filled-in body; None if nothing in it is of this community."""
        text = self._text(json.dumps(body, ensure_ascii=False))
        return None if isinstance(text, str) else lambda values: taken(json.loads(text.filled(values)))

    def _decision(self, row: dict[str, Any]) -> Fill:
        text = self._text(bytes(row["body"]).decode())
        assert isinstance(text, Text), "a decision names its subject"
        return lambda values: sha256(text.filled(values).encode()).hexdigest()

    # --- personal values that are sealed by commitment -------------------------------------------------------------------
    def _openings(self) -> None:
        """A commitment to words that name this community or its people is taken again over the words as filled in."""
        named = {word: text for word in self._every_text() if isinstance(text := self._text(word), Text)}
        for row in self._named(Opening):
            salt, digest = bytes(row["salt"]), row["digest"]
            for word, text in named.items():
                if commitment(salt, word) == digest:
                    self.words.add(digest)
                    self.template.derived.append((self.template.slot("hex", digest), _committed(salt, text)))
                    break

    def _every_text(self) -> set[str]:
        """Short texts of the rows: whatever may have been sealed as personal stands in one of them."""
        skip = (Event, DecisionRecord, Opening)
        texts = {
            value
            for model, _, rows in self.raw.values()
            if model not in skip
            for row in rows
            for value in row
            if isinstance(value, str) and 2 < len(value) < 400 and not value.startswith(("{", "["))
        }
        return {text for text in texts if _TOKEN.search(text) or self.template.place.short_name in text}

    # --- one value ---------------------------------------------------------------------------------------------------------
    def _cell(self, value: Any, one: "models.Field[Any, Any]", model: type[models.Model]) -> Cell:
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, date):
            return value if connection.vendor == "postgresql" else str(value)
        if isinstance(value, int):
            return Row(*divmod(value - FAR, _ROOM)) if FAR < value < FAR + 999 * _ROOM else value
        if isinstance(value, UUID):
            return Own(self.template.slot("uuid", value.hex)) if value.hex in self.words else value
        if isinstance(value, bytes | memoryview):
            return self._bytes(bytes(value))
        if isinstance(value, str) and isinstance(one, EncryptedTextField):
            return self._encrypted(value, f"{model._meta.db_table}.{one.column}")
        if isinstance(value, str) and isinstance(one, models.JSONField):
            # As letters, not as the escapes SQLite keeps, in which no name could be found.
            value = json.dumps(json.loads(value), ensure_ascii=False)
        return self._text(value) if isinstance(value, str) else value

    def _bytes(self, value: bytes) -> Cell:
        try:
            text = self._text(value.decode())
        except UnicodeDecodeError:
            return value
        return Bytes(text) if isinstance(text, Text) else value

    def _encrypted(self, token: str, place: str) -> Cell:
        text = self._text(unseal(token, place)) if token else ""
        return Sealed(text, place) if isinstance(text, Text) else token

    def _text(self, text: str) -> str | Text:
        """The text itself, or with the places to fill in."""
        slots: list[int] = []
        form, end = [], 0
        for first, last, slot in self._tokens(text):
            form.append(text[end:first].replace("%", "%%"))
            slots.append(slot)
            end = last
        if not slots:
            return text
        form.append(text[end:].replace("%", "%%"))
        return Text("%s".join(form), itemgetter(*slots))

    def _tokens(self, text: str) -> Iterator[tuple[int, int, int]]:
        found = [(*match.span(), slot) for match in _TOKEN.finditer(text) if (slot := self._slot(match)) is not None]
        place = self.template.place
        for kind, word in (("short", place.short_name), ("full", place.name)):
            for match in re.finditer(re.escape(word), text):
                found.append((*match.span(), self.template.slot(kind, word)))
        end = 0
        for first, last, slot in sorted(found, key=lambda one: (one[0], -one[1])):
            if first >= end:
                yield first, last, slot
                end = last

    def _slot(self, match: "re.Match[str]") -> int | None:
        kind, word = str(match.lastgroup), match.group()
        if kind == "hex" and len(word) == 32:
            return self.template.slot("uuid", word) if word in self.words else None
        if kind == "uuid":
            bare = word.replace("-", "")
            return self.template.slot("dashed", bare) if bare in self.words else None
        if kind in ("hex", "name") and word not in self.words:
            return None
        if kind == "place" and word not in self.template.place.ancestor_codes[2:]:
            return None
        return self.template.slot(kind, word)


def _committed(salt: bytes, text: Text) -> Fill:
    return lambda values: commitment(salt, text.filled(values))


def _plain(key: object) -> str:
    return key.hex if isinstance(key, UUID) else str(key).replace("-", "")
