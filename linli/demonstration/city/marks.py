"""Finding, in any value, what belongs to one community alone: its codes and name, its people, its rows, its digests."""

import json
import re
from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from linli.demonstration.city.template import FAR, ROOM, Bytes, Cell, Own, Row, Sealed, Template, Text
from linli.records.people.fields import EncryptedTextField
from linli.records.people.sealed import unseal

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


class Marks:
    """`own` are the digests, random ids and names that are this specimen's own; every value is read against them."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.own: set[str] = set()

    def cell(self, value: Any, one: "models.Field[Any, Any]", model: type[models.Model]) -> Cell:
        if value is None or isinstance(value, bool | float):
            return value
        if isinstance(value, date):
            return value if connection.vendor == "postgresql" else str(value)
        if isinstance(value, int):
            return Row(*divmod(value - FAR, ROOM)) if FAR < value < FAR + 999 * ROOM else value
        if isinstance(value, UUID):
            return Own(self.template.slot("uuid", value.hex)) if value.hex in self.own else value
        if isinstance(value, bytes | memoryview):
            return self._bytes(bytes(value))
        if isinstance(value, str) and isinstance(one, EncryptedTextField):
            return self._encrypted(value, f"{model._meta.db_table}.{one.column}")
        if isinstance(value, str) and isinstance(one, models.JSONField):
            # As letters, not as the escapes SQLite keeps, in which no name could be found.
            value = json.dumps(json.loads(value), ensure_ascii=False)
        return self.text(value) if isinstance(value, str) else value

    def _bytes(self, value: bytes) -> Cell:
        try:
            text = self.text(value.decode())
        except UnicodeDecodeError:
            return value
        return Bytes(text) if isinstance(text, Text) else value

    def _encrypted(self, token: str, place: str) -> Cell:
        text = self.text(unseal(token, place)) if token else ""
        return Sealed(text, place) if isinstance(text, Text) else token

    def text(self, text: str) -> str | Text:
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
            return self.template.slot("uuid", word) if word in self.own else None
        if kind == "uuid":
            bare = word.replace("-", "")
            return self.template.slot("dashed", bare) if bare in self.own else None
        if kind in ("hex", "name") and word not in self.own:
            return None
        if kind == "place" and word not in self.template.place.ancestor_codes[2:]:
            return None
        return self.template.slot(kind, word)

    def named_in(self, text: str) -> bool:
        """Whether there may be something to fill in."""
        return _TOKEN.search(text) is not None or self.template.place.short_name in text
