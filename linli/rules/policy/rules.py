"""The rules of a place: one pack over all it extends, with the values the place has set itself.

Everything is a function of the day. Nothing here reads a clock or a disk.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from linli.rules.plain.days import Calendar
from linli.rules.plain.texts import Text
from linli.rules.policy import models as m
from linli.rules.policy.lookup import entry, row_in_force
from linli.rules.policy.overlay import Layers
from linli.rules.policy.pieces import Pack
from linli.rules.policy.reading import LocalValue, Reading
from linli.rules.policy.texts import ClauseTexts
from linli.rules.policy.values import may_replace
from linli.rules.policy.vocabulary import Vocabulary

_REMEMBERED = 100_000  # readings kept; a process reads far fewer different ones


class Rules:
    """`chain` begins with the law above. Constructs raise KeyError when none of that id is in force on the day."""

    def __init__(self, layers: Layers, texts: ClauseTexts, calendar: Calendar, local: Sequence[LocalValue] = ()) -> None:
        self._layers, self._texts = layers, texts
        self.chain: tuple[Pack, ...] = layers.chain
        self.vocabulary: Vocabulary = layers.vocabulary
        self.calendar = calendar
        self.version = "+".join(f"{pack.id}@{pack.version}" for pack in self.chain)
        self.digest = sha256("".join(pack.digest for pack in self.chain).encode()).hexdigest()
        self._chain_ids = tuple(pack.id for pack in self.chain)
        self.local = tuple(local)
        self._local = self._from_the_top(self.local)
        self._readings: dict[tuple[str, date, str], Reading] = {}
        self._supposed: dict[str, m.Parameter] = {}

    @property
    def clause_texts(self) -> ClauseTexts:
        """The register of clauses, one for all rules read together."""
        return self._texts

    @property
    def pack(self) -> Pack:
        """The pack whose rules these are."""
        return self.chain[-1]

    def with_local(self, values: Iterable[LocalValue]) -> "Rules":
        """The same rules at a place that has set these values (its own and those of the places above it)."""
        return Rules(self._layers, self._texts, self.calendar, tuple(values))

    def supposing(self, parameter: str, value: m.Value, key: str = "") -> "Rules":
        """The same rules as if one parameter had this value on every day: for trying a change before it is made.

        Only the entry named changes; a value set locally for it no longer speaks. KeyError for an unknown parameter.
        """
        known = self.parameter(parameter)
        row = m.Dated(date.min, None, {key: value}, m.OPEN, pack=self.pack.id)
        kept = [local for local in self.local if local.parameter != parameter or local.key not in (key, "")]
        tried = self.with_local(kept)
        # The last row of a pack that names an entry has the last word.
        tried._supposed = {**self._supposed, parameter: replace(known, values=(*known.values, row))}
        return tried

    # ── constructs ──────────────────────────────────────────────────────────────────────────────────────────────

    def _at(self, kind: str, on: date) -> Mapping[str, Any]:
        return self._layers.at(kind, self._layers.epoch(on))

    def procedures(self, on: date) -> Mapping[str, m.Procedure]:
        return self._at("procedures", on)

    def procedure(self, id: str, on: date) -> m.Procedure:
        """With the patches in force on that day."""
        return self.procedures(on)[id]

    def forms(self, on: date) -> Mapping[str, m.Form]:
        return self._at("forms", on)

    def form(self, id: str, on: date) -> m.Form:
        return self.forms(on)[id]

    def checklists(self, on: date) -> Mapping[str, m.Checklist]:
        return self._at("checklists", on)

    def checklist(self, id: str, on: date) -> m.Checklist:
        return self.checklists(on)[id]

    def catalogues(self, on: date) -> Mapping[str, m.Catalogue]:
        return self._at("catalogues", on)

    def catalogue(self, id: str, on: date) -> m.Catalogue:
        return self.catalogues(on)[id]

    def entry_titles(self, parameter: m.Parameter, on: date) -> Mapping[str, Text]:
        """What its values are written for: entries of a catalogue or items of a scorecard; {} for a single value."""
        if not parameter.by:
            return {}
        if parameter.by in self.scorecards(on):
            return {key: item.title for key, item in self.scorecard(parameter.by, on).items.items()}
        return self.titles_in(parameter.by, on)

    def titles_in(self, catalogue: str, on: date) -> Mapping[str, Text]:
        return {key: entry.title for key, entry in self.catalogue(catalogue, on).entries.items()}

    def scorecards(self, on: date) -> Mapping[str, m.Scorecard]:
        return self._at("scorecards", on)

    def scorecard(self, id: str, on: date) -> m.Scorecard:
        return self.scorecards(on)[id]

    def sessions(self, on: date) -> Mapping[str, m.Session]:
        return self._at("sessions", on)

    def session(self, id: str, on: date) -> m.Session:
        return self.sessions(on)[id]

    def bodies(self, on: date) -> Mapping[str, m.BodyKind]:
        return self._at("bodies", on)

    def body(self, id: str, on: date) -> m.BodyKind:
        return self.bodies(on)[id]

    def registers(self, on: date) -> Mapping[str, m.Register]:
        return self._at("registers", on)

    def register(self, id: str, on: date) -> m.Register:
        return self.registers(on)[id]

    def holds(self, on: date) -> Mapping[str, m.HoldKind]:
        return self._at("holds", on)

    def hold(self, id: str, on: date) -> m.HoldKind:
        return self.holds(on)[id]

    def obligations(self, on: date) -> Mapping[str, m.Obligation]:
        return self._at("obligations", on)

    def obligation(self, id: str, on: date) -> m.Obligation:
        return self.obligations(on)[id]

    def grants(self, on: date) -> Mapping[str, m.Grant]:
        return self._at("grants", on)

    def selections(self, on: date) -> Mapping[str, m.Selection]:
        return self._at("selections", on)

    def quotas(self, on: date) -> Mapping[str, m.Quota]:
        return self._at("quotas", on)

    def wordings(self, on: date) -> Mapping[str, m.Wording]:
        return self._at("texts", on)

    def wording(self, id: str, on: date) -> m.Wording:
        return self.wordings(on)[id]

    def responsibilities(self, on: date) -> tuple[m.Responsibility, ...]:
        return tuple(self._at("responsibilities", on).values())

    def documents(self) -> tuple[m.Document, ...]:
        """The documents of all packs of the chain, the law above first."""
        return tuple(document for pack in self.chain for document in pack.documents)

    def parameters(self, on: date | None = None) -> Mapping[str, m.Parameter]:
        """Every parameter with all its dated values; the day does not matter, `read` takes one."""
        return {id: self.parameter(id) for id in self._layers.pieces["parameters"]}

    def parameter(self, id: str, on: date | None = None) -> m.Parameter:
        found = self._supposed.get(id) or self._layers.parameter(id)
        if found is None:
            raise KeyError(id)
        return found

    def days_of_change(self) -> tuple[date, ...]:
        """The days on which a construct or a value of the packs begins or ends."""
        values = [row for id in self._layers.pieces["parameters"] for row in self.parameter(id).values]
        ends = [date.fromordinal(row.until.toordinal() + 1) for row in values if row.until]
        return tuple(sorted({*self._layers.epochs[1:], *(row.since for row in values), *ends}))

    # ── values ──────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, parameter: str, *, on: date, key: str = "") -> Reading:
        """The value in force on a day, with where it comes from. KeyError for an unknown parameter."""
        known = self._readings.get((parameter, on, key))
        if known is None:
            if len(self._readings) > _REMEMBERED:
                self._readings.clear()
            known = self._readings[parameter, on, key] = self._read(self.parameter(parameter), on, key)
        return known

    def _read(self, parameter: m.Parameter, on: date, key: str) -> Reading:
        row = row_in_force(parameter, self._chain_ids, on, key)
        value = above = None if row is None else entry(row, key)
        chosen: LocalValue | None = None
        for local in self._local.get(parameter.id, ()):
            if chosen is not None and local.place != chosen.place:
                above = value  # a place's own earlier value is not the law above its later one
            if (
                local.key in (key, "")
                and _in_force(local, on)
                and may_replace(above, local.value, parameter.lower_levels_may, named=local.set_by in parameter.set_by)
            ):
                value, chosen = local.value, local
        return self._reading(parameter, key, on, value, row, chosen)

    def _reading(
        self, parameter: m.Parameter, key: str, on: date, value: m.Value | None, row: m.Dated | None, local: LocalValue | None
    ) -> Reading:
        version = {pack.id: pack.version for pack in self.chain}
        pack = row.pack if row else parameter.pack
        return Reading(
            parameter=parameter.id,
            key=key,
            on=on,
            state=_state(value),
            value=None if isinstance(value, m.Special) else value,
            unit=parameter.unit,
            clause=row.clause if row else m.OPEN,
            pack=pack,
            version=f"{pack}@{version[pack]}",
            since=local.since if local else row.since if row else None,
            set_by=parameter.set_by,
            local=local,
        )

    def _from_the_top(self, values: Sequence[LocalValue]) -> Mapping[str, list[LocalValue]]:
        """Local values by parameter, farthest place first, so that the nearest one has the last word."""
        found: dict[str, list[LocalValue]] = {}
        for value in sorted(values, key=lambda value: (self.vocabulary.depth(value.level), value.since)):
            found.setdefault(value.parameter, []).append(value)
        return found

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────────────

    def clause_text(self, clause: str) -> str:
        """The paragraph of the regulation in which the clause's words stand; "" for open and template."""
        return self._texts.clause_text(clause)

    def clause_title(self, clause: str) -> Text:
        """How a clause is called: source and place; what `open` and `template` mean in words."""
        return self._texts.clause_title(clause)

    def office_title(self, office: str) -> Text:
        """What people of this place call an office: as the nearest pack says it, else as everybody does."""
        for pack in reversed(self.chain):
            if office in pack.office_titles:
                return pack.office_titles[office]
        return self.vocabulary.office_title(office)


def _in_force(local: LocalValue, on: date) -> bool:
    return local.since <= on and (local.until is None or on <= local.until)


def _state(value: m.Value | None) -> Any:
    if value is None:
        return "none_in_force"
    return value.value if isinstance(value, m.Special) else "known"
