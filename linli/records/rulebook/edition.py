"""The rules in force everywhere, held in memory until an adoption or a local value changes.

One small row carries a token that every change renews. Each question reads that row first, so that a change acts at
once in every process, and nothing else is read again while it stays the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet, Subquery

from linli.records.places.models import Place
from linli.records.prepared import Prepared
from linli.records.reading import once
from linli.records.rulebook.kept import kept_rules
from linli.records.rulebook.models import Adoption, LocalSetting, RulesEdition
from linli.records.rulebook.values import value_from
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.files import Files
from linli.rules.policy.library import Library
from linli.rules.policy.load import load_with_files
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules

M = TypeVar("M", bound=Model)


@lru_cache(maxsize=4)
def _on_disk(folder: str | Path) -> tuple[Library, Files]:
    return load_with_files(Path(folder))


def library() -> Library:
    """Every pack of this installation as its files say it now, read once per process."""
    return _on_disk(settings.PACKS)[0]


def library_files() -> Files:
    """The very files the library was read from."""
    return _on_disk(settings.PACKS)[1]


@dataclass
class Edition:
    """All adoptions and local values under one token. `_rules` fills as places are asked about."""

    token: str
    adoptions: dict[str, list[tuple[date, str, str]]]  # place -> (since, pack, digest of its edition), oldest first
    local: dict[str, list[LocalValue]]  # place -> values
    _rules: dict[tuple[str, str, tuple[str, ...]], Rules] = field(default_factory=dict)

    def pack_at(self, line: Sequence[str], on: date | None = None) -> str:
        """The pack of the nearest place upward; on a day, the one adopted by then. Raises Refused."""
        return self._adopted(line, on)[0]

    def rules_in(self, line: Sequence[str], on: date | None = None) -> Rules:
        """The rules of the nearest place upward, in the edition adopted there by that day. Raises Refused."""
        pack, digest = self._adopted(line, on)
        return self._read(pack, digest, line)

    def rules(self, pack: str, line: Sequence[str], *, digest: str = "", on: date | None = None) -> Rules:
        """A pack at a line of places: in the edition of this digest, else in the one adopted there last (by that day)."""
        return self._read(pack, digest or self._digest(pack, line, on), line)

    def _adopted(self, line: Sequence[str], on: date | None) -> tuple[str, str]:
        for code in reversed(line):
            found = [(pack, digest) for since, pack, digest in self.adoptions.get(code, ()) if on is None or since <= on]
            if found:
                return found[-1]
        raise Refused(Text("这里还没有采用任何办法，请先采用。", "No rules have been adopted here yet; adopt a pack first."))

    def _digest(self, pack: str, line: Sequence[str], on: date | None) -> str:
        """The edition of a pack adopted on the line, the nearest place upward first; "" where it never was."""
        for code in reversed(line):
            found = [digest for since, id, digest in self.adoptions.get(code, ()) if id == pack and (on is None or since <= on)]
            if found:
                return found[-1]
        return ""

    def _read(self, pack: str, digest: str, line: Sequence[str]) -> Rules:
        """With the local values of this line of places; places without values of their own share one copy."""
        setting = tuple(code for code in line if code in self.local)
        if (pack, digest, setting) not in self._rules:
            rules = kept_rules(pack, digest, library())
            values = [value for code in setting for value in self.local[code]]
            self._rules[pack, digest, setting] = rules.with_local(values) if values else rules
        return self._rules[pack, digest, setting]


_held: dict[str, Edition] = {}
_NOW = "the edition of the rules"
_TOKEN = Prepared(lambda: RulesEdition.objects.order_by("id")[:1])


def edition() -> Edition:
    """The edition of this moment; one small query when nothing has changed, and one only while a page is read."""
    return once(_NOW, _edition)


def with_token(rows: "QuerySet[M]") -> "QuerySet[M]":
    """With the token read in the same question (`rules_token`): a page begins with its matter and need not ask again."""
    read: QuerySet[M] = rows.annotate(rules_token=Subquery(RulesEdition.objects.order_by("id").values("token")[:1]))
    return read


def token_was_read(token: str | None) -> None:
    """While a page is read: the edition of this moment is the one of this token."""
    once(_NOW, lambda: _held_by(token or ""))


def _edition() -> Edition:
    row = _TOKEN.first()
    return _held_by(row.token if row else "")


def _held_by(token: str) -> Edition:
    held = _held.get(token)
    if held is None:
        held = _read(token)
        _held.clear()
        if token:  # without a token nothing says when it changes
            _held[token] = held
    return held


def _read(token: str) -> Edition:
    adoptions: dict[str, list[tuple[date, str, str]]] = {}
    rows = Adoption.objects.order_by("since", "id").values_list("place_id", "since", "pack", "edition__digest")
    for place, since, pack, digest in rows:
        adoptions.setdefault(place, []).append((since, pack, digest or ""))
    local: dict[str, list[LocalValue]] = {}
    for row in LocalSetting.objects.select_related("place").order_by("since", "id"):
        local.setdefault(row.place_id, []).append(local_value(row))
    return Edition(token, adoptions, local)


def local_value(row: LocalSetting) -> LocalValue:
    return LocalValue(
        parameter=row.parameter,
        key=row.key,
        value=value_from(row.value, row.unit),
        since=row.since,
        until=row.until,
        place=row.place_id,
        level=row.place.level,
        set_by=row.set_by,
        document=row.document,
        demonstration=row.demonstration,
    )


def rules_at(place: Place, on: date | None = None) -> Rules:
    """The rules of the nearest place upward that has adopted some, with every local value of the line. Raises Refused."""
    return edition().rules_in(place.ancestor_codes, on)


def rules_of_pack(pack: str, place: Place, *, digest: str = "", on: date | None = None) -> Rules:
    """A pack as it reads at a place, adopted there or not: in the edition of this digest, else in the one adopted last."""
    return edition().rules(pack, place.ancestor_codes, digest=digest, on=on)
