"""Lists that belong together: a catalogue of the pack names one list for each of its entries, and they are read side by side."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform

from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.registers.book import Keeping, book
from linli.records.registers.models import Row
from linli.records.registers.selectors.totals import Totals, totals
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import Refused
from linli.rules.policy.models import Catalogue, Entry, Form, Register

COLUMN = "register"  # of a catalogue's entries: the list that belongs to the entry


@dataclass(frozen=True)
class Part:
    """One entry with its list. `kept` None: the list is kept at places beneath. `said`: entry of the common choice -> rows."""

    entry: Entry
    register: Register
    kept: Keeping | None
    totals: Totals
    said: Mapping[str, int]


@dataclass(frozen=True)
class Joined:
    """`choice` is the catalogue from which the rows of most of these lists choose (kept, merged, cut), if there is one."""

    catalogue: Catalogue
    parts: tuple[Part, ...]
    choice: Catalogue | None

    def sum_of(self, entry: str) -> int:
        """Rows of all the lists that chose this entry, those struck since with them."""
        return sum(part.said.get(entry, 0) for part in self.parts)


def joined_lists(place: Place, on: date) -> list[Joined]:
    """The lists that belong together and are kept at the place or beneath it; two queries for each such catalogue."""
    try:
        rules = rules_at(place, on)
    except Refused:
        return []
    registers, here = rules.registers(on), book(place, on)
    found = []
    for catalogue in rules.catalogues(on).values():
        named = {entry.key: entry.columns.get(COLUMN, "") for entry in catalogue.entries.values()}
        if len(named) > 1 and all(name in registers for name in named.values()):
            found.append(_joined(place, on, catalogue, registers, here, rules.forms(on), rules.catalogues(on)))
    return found


def _joined(
    place: Place,
    on: date,
    catalogue: Catalogue,
    registers: Mapping[str, Register],
    here: Mapping[str, Keeping],
    forms: Mapping[str, Form],
    catalogues: Mapping[str, Catalogue],
) -> Joined:
    ids = [entry.columns[COLUMN] for entry in catalogue.entries.values()]
    sums = totals(place, on, ids, inside=True)
    common, keys = _common([registers[id] for id in ids], forms)
    said = _said(place, on, keys)
    parts = tuple(
        Part(entry, registers[id], here.get(id), sums.get(id, Totals()), said.get(id, {}))
        for entry, id in zip(catalogue.entries.values(), ids, strict=True)
    )
    return Joined(catalogue, parts, catalogues.get(common))


def _common(registers: list[Register], forms: Mapping[str, Form]) -> tuple[str, dict[str, str]]:
    """The catalogue most of the lists choose one entry of, and for each of these lists the field that does."""
    choices = [
        (register.id, field.catalogue, field.key)
        for register in registers
        for field in forms[register.form].fields.values()
        if field.type == "choice" and field.catalogue
    ]
    counted = Counter(catalogue for _, catalogue, _ in choices).most_common(1)
    if not counted or counted[0][1] < 2:
        return "", {}
    common = counted[0][0]
    return common, {register: key for register, catalogue, key in choices if catalogue == common}


def _said(place: Place, on: date, keys: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Register -> entry -> rows, those struck since with them."""
    found: dict[str, dict[str, int]] = {}
    for key in sorted(set(keys.values())):
        names = [register for register, field in keys.items() if field == key]
        rows = Row.objects.filter(beneath(place, "place"), register__in=names, since__lte=on).order_by()
        chosen = rows.annotate(chosen=KeyTextTransform(key, "data")).values("register", "chosen").annotate(n=Count("pk"))
        for each in chosen:
            found.setdefault(each["register"], {})[each["chosen"] or ""] = each["n"]
    return found
