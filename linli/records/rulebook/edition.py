"""The rules in force everywhere, held in memory until an adoption or a local value changes.

One small row carries a token that every change renews. Each question reads that row first, so that a change acts at
once in every process, and nothing else is read again while it stays the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from linli.records.places.models import Place
from linli.records.rulebook.models import Adoption, LocalSetting, RulesEdition
from linli.records.rulebook.values import value_from
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.library import Library
from linli.rules.policy.load import load_packs
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules


@lru_cache(maxsize=4)
def _library(folder: Path) -> Library:
    return load_packs(folder)


def library() -> Library:
    """Every pack of this installation, read once per process."""
    return _library(Path(settings.PACKS))


@dataclass
class Edition:
    """All adoptions and local values under one token. `_rules` fills as places are asked about."""

    token: str
    adoptions: dict[str, list[tuple[date, str]]]  # place -> (since, pack), oldest first
    local: dict[str, list[LocalValue]]  # place -> values
    _rules: dict[tuple[str, tuple[str, ...]], Rules] = field(default_factory=dict)

    def pack_at(self, line: Sequence[str], on: date | None = None) -> str:
        """The pack of the nearest place upward; on a day, the one adopted by then. Raises Refused."""
        for code in reversed(line):
            packs = [pack for since, pack in self.adoptions.get(code, ()) if on is None or since <= on]
            if packs:
                return packs[-1]
        raise Refused(Text("这里还没有采用任何办法，请先采用。", "No rules have been adopted here yet; adopt a pack first."))

    def rules(self, pack: str, line: Sequence[str]) -> Rules:
        """The pack with the local values of this line of places; places without values of their own share one copy."""
        setting = tuple(code for code in line if code in self.local)
        if (pack, setting) not in self._rules:
            rules = library().rules(pack)
            values = [value for code in setting for value in self.local[code]]
            self._rules[pack, setting] = rules.with_local(values) if values else rules
        return self._rules[pack, setting]


_held: dict[str, Edition] = {}


def edition() -> Edition:
    """The edition of this moment; one small query when nothing has changed."""
    token = RulesEdition.objects.values_list("token", flat=True).first() or ""
    held = _held.get(token)
    if held is None:
        held = _read(token)
        _held.clear()
        if token:  # without a token nothing says when it changes
            _held[token] = held
    return held


def _read(token: str) -> Edition:
    adoptions: dict[str, list[tuple[date, str]]] = {}
    for place, since, pack in Adoption.objects.order_by("since", "id").values_list("place_id", "since", "pack"):
        adoptions.setdefault(place, []).append((since, pack))
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
    now, line = edition(), place.ancestor_codes
    return now.rules(now.pack_at(line, on), line)


def rules_of_pack(pack: str, place: Place) -> Rules:
    """A pack as it reads at a place, adopted there or not."""
    return edition().rules(pack, place.ancestor_codes)
