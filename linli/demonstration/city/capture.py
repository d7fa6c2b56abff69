"""Reading back what a specimen wrote, as a template: what of every value belongs to this community alone, and what may stay."""

import json
from collections.abc import Callable, Iterator
from functools import cached_property
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection, models

from linli.demonstration.city.apart import Apart, counts
from linli.demonstration.city.marks import Marks
from linli.demonstration.city.template import FAR, ROOM, Fill, Table, Template, Text
from linli.records.evidence.forms.facts import form_facts
from linli.records.evidence.models import Answers, Filling, Piece
from linli.records.evidence.sealing import digest_of
from linli.records.evidence.services.pieces import piece_body
from linli.records.meetings.models import Minutes
from linli.records.meetings.services.minutes import digest_of as minutes_digest
from linli.records.notices.models import Notice, NoticeContent
from linli.records.people.models import Person
from linli.records.people.sealed import unseal
from linli.records.places.models import Place
from linli.records.rulebook.models import DecisionRecord
from linli.records.rulebook.plainly import plain_of
from linli.records.trail.models import Event, Opening
from linli.records.trail.spelling import commitment
from linli.rules.proof.canonical import digest


def captured(place: Place, apart: Apart) -> Template:
    """The template of everything written since the rows were numbered apart."""
    return _Reader(place, apart).read()


class _Reader:
    def __init__(self, place: Place, apart: Apart) -> None:
        self.template, self.apart = Template(place), apart
        self.raw: dict[int, tuple[type[models.Model], list[str], list[list[Any]]]] = {}
        self.marks = Marks(self.template)

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
            cells = [
                [self.marks.cell(value, fields[name], model) for name, value in zip(columns, row, strict=True)] for row in rows
            ]
            self.template.tables[number] = Table(model, columns, cells, self._taken(model, columns, rows))
        return self.template

    def _rows(self, number: int, model: type[models.Model]) -> tuple[list[str], list[list[Any]]]:
        columns = [one.column for one in model._meta.local_concrete_fields]
        quote, pk = connection.ops.quote_name, model._meta.pk
        assert pk is not None
        sql = f"SELECT {', '.join(map(quote, columns))} FROM {quote(model._meta.db_table)}"
        far = isinstance(pk, models.IntegerField | models.ForeignKey)
        with connection.cursor() as cursor:
            if counts(model):
                cursor.execute(f"{sql} WHERE {quote(pk.column)} > %s ORDER BY {quote(pk.column)}", [FAR])
            else:
                cursor.execute(sql)
            rows = [list(row) for row in cursor.fetchall()]
        if counts(model):
            return columns, rows
        at, before = columns.index(pk.column), {_plain(key) for key in self.apart.before[number]}
        return columns, [row for row in rows if _plain(row[at]) not in before or (far and self._far(row[at]))]

    @staticmethod
    def _far(value: object) -> bool:
        return isinstance(value, int) and value > FAR

    @staticmethod
    def _taken(model: type[models.Model], columns: list[str], rows: list[list[Any]]) -> int:
        if not counts(model):
            return 0
        at = columns.index(model._meta.pk.column)
        return max(int(row[at]) % ROOM for row in rows) + 1

    def _own_ids(self) -> None:
        for model, columns, rows in self.raw.values():
            pk = model._meta.pk
            if isinstance(pk, models.UUIDField):
                self.marks.own.update(UUID(str(row[columns.index(pk.column)])).hex for row in rows)
            if model is Person:
                self.marks.own.update(row[columns.index("name")] for row in rows)

    # --- digests that change with the place -----------------------------------------------------------------------------
    def _digests(self) -> None:
        """In the order in which one can stand in another: words of notices, minutes, papers, evidence, decisions."""
        for paper in Filling.objects.filter(pk__gt=FAR):
            facts = plain_of(form_facts(paper))
            if (sealed := self._again(facts, digest)) is not None:
                # A decision holds the digest of each form it read.
                self.marks.own.add(digest(facts))
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
                    self.marks.own.add(row["digest"])
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
        body = piece_body(row["slot"], row["kind"], json.loads(row["facts"]), row["summary"], files, row["summary_en"])
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
        text = self.marks.text(json.dumps(body, ensure_ascii=False))
        return None if isinstance(text, str) else lambda values: taken(json.loads(text.filled(values)))

    def _decision(self, row: dict[str, Any]) -> Fill:
        text = self.marks.text(bytes(row["body"]).decode())
        assert isinstance(text, Text), "a decision names its subject"
        return lambda values: sha256(text.filled(values).encode()).hexdigest()

    # --- personal values that are sealed by commitment -------------------------------------------------------------------
    def _openings(self) -> None:
        """A commitment to words that name this community or its people is taken again over the words as filled in."""
        named = {word: text for word in self._every_text() if isinstance(text := self.marks.text(word), Text)}
        for row in self._named(Opening):
            salt, digest = bytes(row["salt"]), row["digest"]
            for word, text in named.items():
                if commitment(salt, word) == digest:
                    self.marks.own.add(digest)
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
            if isinstance(value, str) and 2 < len(value) < 400 and not value.startswith(("{", "[")) and not value.isdecimal()
        }
        return {text for text in texts if self.marks.named_in(text)}


def _committed(salt: bytes, text: Text) -> Fill:
    return lambda values: commitment(salt, text.filled(values))


def _plain(key: object) -> str:
    return key.hex if isinstance(key, UUID) else str(key).replace("-", "")
